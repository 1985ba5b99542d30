"""The tables as the migrations leave them, kept for the next new database: migrating takes half a minute.

`python -m demo.kept_tables` makes a database's tables: a new one's from what was kept, any other's by
migrating. Whatever the migrations are made of is in the name of the file, so a change makes a new one.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg

from . import postgres

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "tables"
OTHERS = ("portal/municipalities/**/*.py", "portal/settings/*.py", "requirements/demo.txt")
"""What migrations read besides themselves."""
VERSIONS = 4  # that are kept: of several branches


def main() -> int:
    """Set up Django first; migrations are known to it."""
    django.setup()
    from django.core.management import call_command

    owner = os.environ["DATABASE_OWNER_URL"]
    if not _is_new(owner):
        call_command("migrate", verbosity=0)
        return 0
    with only_one():
        if not restore(owner):
            call_command("migrate", verbosity=0)
            keep(owner)
    return 0


@contextmanager
def only_one() -> Iterator[None]:
    """Who comes first migrates; the others, of this checkout, wait and take what it made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def restore(owner: str) -> bool:
    """Make the tables of an empty database; False when nothing is kept. Takes its owner's address."""
    file = _file()
    if not file.exists():
        return False
    try:
        _run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-1", "-o", os.devnull, "-f", str(file), "-d", owner)
    except subprocess.CalledProcessError:
        file.unlink(missing_ok=True)  # it was cut off; in one transaction, so nothing of it is there
        return False
    return True


def keep(owner: str) -> None:
    """Keep the tables of a database that was just migrated."""
    file = _file()
    part = file.with_suffix(f".{os.getpid()}")
    # The owner sees no municipality's rows, and there are none yet.
    _run("pg_dump", "--no-owner", "--enable-row-security", "-f", str(part), "-d", owner)
    part.replace(file)
    for old in sorted(KEPT.glob("*.sql"), key=lambda one: one.stat().st_mtime)[:-VERSIONS]:
        old.unlink(missing_ok=True)


def _is_new(owner: str) -> bool:
    with psycopg.connect(owner) as connection:
        row = connection.execute("SELECT to_regclass('django_migrations')").fetchone()
    return row == (None,)


def _file() -> Path:
    from django.apps import apps

    from portal.municipalities.postgresql.roles import from_url

    made_of = hashlib.sha256()
    migrations = [
        file
        for app in apps.get_app_configs()
        for file in sorted((Path(app.path) / "migrations").glob("*.py"))
    ]
    for file in [*migrations, *sorted(file for one in OTHERS for file in ROOT.glob(one))]:
        made_of.update(f"{file.name}\0".encode() + file.read_bytes())
    for role in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        made_of.update(str(from_url(os.environ[role])["USER"]).encode())
    return KEPT / f"{made_of.hexdigest()[:32]}.sql"


def _run(program: str, *arguments: str) -> None:
    subprocess.run([postgres.binaries() / program, *arguments], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    sys.exit(main())
