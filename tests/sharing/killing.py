"""`make kill`: web process, worker and PostgreSQL killed at random moments while residents share and stop.

    python -m tests.sharing.killing --points 100 [--seed 7]

A durable PostgreSQL of its own, the site as production serves it, the worker, a consumer that listens.
Whatever was confirmed to a resident or a consumer must be there afterwards, once.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import ExitStack, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic

from demo import postgres, processes
from demo.state import ROOT

PATIENCE = 120.0
VICTIMS = ("web", "worker", "postgres")


class Rig:
    """The three processes, each of which can be killed and started again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.ports = {name: postgres.free_port() for name in ("web", "postgres")}
        self.running: dict[str, processes.Process] = {}
        self.server = postgres.start(folder / "postgres", self.ports["postgres"], durable=True)
        self.environment = {
            "DJANGO_SETTINGS_MODULE": "tests.sharing.killed_settings", "DATABASE_URL": self.server.app_url(),
            "MAILS": str(folder / "mails"), "ERASURE_LIST": str(folder / "erasures.jsonl"),
            "GRANT_KEYS": str(folder / "grant-keys"),
        }  # fmt: skip

    def start(self, name: str) -> None:
        if name == "postgres":
            self.server = self.started_again()
            return
        command = {
            "web": ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.ports["web"]),
                    "--workers", "1", "--blocking-threads", "4", "--no-ws", "--no-access-log",
                    "portal.wsgi:application"],
            "worker": ["manage.py", "worker", "--seconds", "0.05"],
        }[name]  # fmt: skip
        logs = self.folder / "logs"
        module = [] if command[0].endswith(".py") else ["-m"]
        self.running[name] = processes.start(
            name, [sys.executable, *module, *command], self.environment, logs, ROOT
        )
        if name == "web":
            processes.wait_until_healthy(self.running["web"], f"http://127.0.0.1:{self.ports['web']}/readyz")

    def started_again(self) -> postgres.Postgres:
        """What the killed one held in memory is let go of in a moment."""
        end = monotonic() + PATIENCE
        while True:
            try:
                return postgres.start(self.folder / "postgres", self.ports["postgres"], durable=True)
            except postgres.PostgresFailed:
                if monotonic() > end:
                    raise
                Event().wait(0.2)

    def kill(self, name: str) -> None:
        """As a power cut does: the process and all that it started, at once."""
        if name == "postgres":
            assert self.server.process is not None
            for victim in [self.server.process.pid, *_children(self.server.process.pid)]:
                with suppress(ProcessLookupError):
                    os.kill(victim, signal.SIGKILL)
            self.server.process.wait()
            return
        os.killpg(self.running[name].popen.pid, signal.SIGKILL)
        self.running[name].popen.wait()

    def stop(self) -> None:
        processes.stop(list(self.running.values()))
        self.server.stop()


def _children(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split()))


class Ear:
    """The consumer's ear: the numbers of the events it heard."""

    def __init__(self) -> None:
        self.heard: Counter[tuple[str, str, str]] = Counter()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                kind = event["type"].rpartition(".")[2]
                outer.heard[event["id"], event["data"]["toestemming"], kind] += 1
                self.send_response(204)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        Thread(target=self.server.serve_forever, daemon=True).start()


def main() -> int:
    asked = argparse.ArgumentParser()
    asked.add_argument("--points", type=int, default=100)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    given = asked.parse_args()
    with ExitStack() as cleanup:
        folder = Path(cleanup.enter_context(tempfile.TemporaryDirectory(prefix="portal-killed-")))
        folder.chmod(0o755)
        (folder / "mails").mkdir()
        rig = Rig(folder)
        cleanup.callback(rig.stop)
        _django(rig)
        return _run(rig, given.points, given.seed)


def _django(rig: Rig) -> None:
    """This process as the owner's too: it makes the tables, and looks when all is over."""
    os.environ |= rig.environment | {"DATABASE_OWNER_URL": rig.server.owner_url()}
    if template := os.environ.get(
        "KILL_TEMPLATE"
    ):  # the tables of the tests' database, sooner than migrations
        restore = [postgres.binaries() / "psql", "-q", "-v", "ON_ERROR_STOP=1", "-d", rig.server.owner_url()]
        for what in (["--schema-only"], ["--data-only", "-t", "django_migrations"]):
            dump = [postgres.binaries() / "pg_dump", *what, "-d", template]
            made = subprocess.run(dump, capture_output=True, check=True)
            subprocess.run(restore, input=made.stdout, check=True, stdout=subprocess.DEVNULL)
    import django

    django.setup()
    if not template:
        from django.core.management import call_command

        call_command("migrate", verbosity=0)


def _run(rig: Rig, points: int, seed: int) -> int:
    from . import killed  # needs Django

    chance, began = random.Random(seed), monotonic()
    ear = Ear()
    people = killed.settle(points * 4 + 20, f"http://127.0.0.1:{ear.server.server_port}/events")
    for name in ("web", "worker"):
        rig.start(name)
    told, over, lock = killed.Confirmed(), Event(), Lock()

    def live() -> None:
        while not over.is_set():
            with lock:
                if not people.waiting:
                    return
                person = people.waiting.pop()
            killed.shares_and_stops(person, people, rig.ports["web"], rig.folder / "mails", told)

    threads = [Thread(target=live, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    fallen: Counter[str] = Counter()
    for point in range(points):
        before = len(told.steps)
        end = monotonic() + PATIENCE
        while len(told.steps) < before + 2 and monotonic() < end:  # they really are at it
            Event().wait(0.01)
        Event().wait(chance.random() * 0.3)
        victim = chance.choice(VICTIMS)
        rig.kill(victim)
        Event().wait(chance.random() * 0.1)
        rig.start(victim)
        fallen[victim] += 1
        if point % 10 == 9:
            print(f"{point + 1} kills, {len(told.steps)} acts confirmed, seed {seed}", flush=True)
    over.set()
    for thread in threads:
        thread.join(PATIENCE)
    faults = killed.faults(people, told, ear.heard, Path(rig.environment["ERASURE_LIST"]))
    for fault in faults:
        print(fault, file=sys.stderr)
    acts = f"{len(told.given)} yeses, {len(told.used)} uses, {len(told.stopped)} stops confirmed"
    print(
        f"{points} kills ({dict(fallen)}), seed {seed}, {acts}, {len(ear.heard)} events heard:"
        f" {len(faults)} acts lost or doubled, in {monotonic() - began:.0f} s"
    )
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
