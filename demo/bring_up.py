"""Brings the demo up in order; what does not wait for each other starts side by side.

All processes are started by the main thread: each ends when the thread that started it does.
"""

from collections.abc import Mapping, Sequence

from . import postgres, unchanged
from .parts import MADE, Demo, manage, write_wallets
from .postgres import Postgres
from .processes import Process, finish, python, start, stop, wait_until_healthy
from .progress import step
from .state import ROOT

REGISTERS = (
    "brp", "zaken", "zaken-2", "sociaal", "klantinteracties", "objecten", "taken", "berichten",
    "reisdocumenten", "woz", "kvk", "scanner", "bekendmakingen",
)  # fmt: skip


class Running:
    """What runs so far, so that it can be stopped at any moment."""

    def __init__(self, demo: Demo) -> None:
        self.demo = demo
        self.processes: dict[str, Process] = {}
        self.postgres: Postgres | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        """What portal, worker and Django's commands read."""
        assert self.postgres is not None
        return self.demo.environment(self.postgres)

    def start(self, *names: str) -> None:
        """Start parts; they are not ready yet."""
        for name in names:
            self._run(name, self.demo.part(name).command, self.environment if self.postgres else {})

    def ready(self, *names: str) -> None:
        """Wait for parts that were started. Raises DemoFailed."""
        for name in names:
            part = self.demo.part(name)
            if part.ready_url:
                wait_until_healthy(self.processes[name], part.ready_url, part.patience)

    def begin(self, name: str, command: Sequence[str], *, as_owner: bool = False) -> None:
        """Start something that ends by itself."""
        owner = {"DATABASE_OWNER_URL": self.postgres.owner_url()} if as_owner and self.postgres else {}
        self._run(name, command, {**self.environment, **owner})

    def done(self, name: str) -> None:
        """Wait for what ends by itself. Raises DemoFailed."""
        finish(self.processes[name])
        del self.processes[name]

    def stop(self) -> None:
        """End everything: the processes first, then the database they use."""
        stop(list(self.processes.values()))
        self.processes.clear()
        if self.postgres:
            self.postgres.stop()

    def _run(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        logs = self.demo.state / "logs"
        self.processes[name] = start(name, command, environment, logs, ROOT)


def bring_up(running: Running) -> None:
    """Everything, until a visitor can come. Raises DemoFailed, PostgresFailed."""
    demo = running.demo
    write_wallets(demo.state)
    running.start("irma", *REGISTERS, "identity-provider")  # irma builds its programs first
    with step("Database (PostgreSQL 18, embedded)"):
        running.postgres = postgres.start(demo.state / "postgres", demo.ports.all["postgres"])
    database = unchanged.database(demo.ports.first)
    filled = unchanged.holds(demo.state, "database", database)
    if not filled:
        running.begin("tables", python("demo.kept_tables"), as_owner=True)
    _dress(running)
    if not filled:
        with step("Tables"):
            running.done("tables")
    with step("irma server (the first time Go builds it and the wallet: a minute or two)"):
        running.ready("irma")
    if not filled:
        with step("Content: municipalities, pages, purposes, connections"):
            places = ["--state", str(demo.state), "--first-port", str(demo.ports.first), "--made", str(MADE)]
            running.begin("content", python("demo.content", *places))
            running.done("content")
        unchanged.remember(demo.state, "database", database)
    with step("Portal, worker, wallet, desk, witness, registers, identity provider"):
        running.start("portal", "worker", "wallet", "desk", "wijkteam", "witness")
        running.ready(*REGISTERS, "identity-provider")
        running.ready("wallet", "desk", "wijkteam", "witness", "portal")


def _dress(running: Running) -> None:
    """Themes and static files; skipped when nothing of them changed since the last start."""
    with step("Themes"):
        running.begin("themes", python("themes"))
        running.done("themes")
    state = running.demo.state
    files = unchanged.static_files()
    if not unchanged.holds(state, "static-files", files):
        with step("Static files"):
            running.begin("collectstatic", manage("collectstatic", "--noinput", "--verbosity", "0"))
            running.done("collectstatic")
        unchanged.remember(state, "static-files", files)
