"""`python -m tests.benchmarks.memory [--municipalities 30]`: what a web process holds that serves them all.

The portal as in production, on a database of its own with the demo's library and so many municipalities; then
every host is visited. What processes share is divided among them (Pss).
"""

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from . import processors

PATHS = (
    "/", "/verhuizen/", "/paspoort/", "/en/moving/", "/nieuws/", "/zoeken/?q=paspoort", "/bewijs/",
    "/register/",
)  # fmt: skip
LIMIT = 200  # MB
ROUNDS, WORKERS = 3, 2


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m tests.benchmarks.memory")
    arguments.add_argument("--municipalities", type=int, default=30)
    wanted = arguments.parse_args().municipalities
    from .database import empty_database

    with empty_database():
        from portal.municipalities.models import Municipality
        from tests.cms.conftest import DAY, PASSWORD
        from tests.cms.kept_pages import load
        from tests.cms.many import municipality_added
        from tests.mijn.served import portal

        load(PASSWORD, DAY)
        while Municipality.objects.count() < wanted:
            municipality_added()
        hosts = list(Municipality.objects.values_list("host", flat=True))
        with TemporaryDirectory() as logs, portal(Path(logs), threads=8, workers=WORKERS, pool=8) as port:
            for _round in range(ROUNDS):
                for host in hosts:
                    visit(port, host)
            for held in processors.memory_of_children("portal.wsgi")[:WORKERS]:
                sys.stdout.write(f"a web process after {ROUNDS} rounds of {len(hosts)} municipalities: ")
                sys.stdout.write(f"{held:.0f} MB (limit {LIMIT})\n")
    return 0


def visit(port: int, host: str) -> None:
    """Pages of a host; in the first round they are made, later they come from the store."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers={"Host": host}, timeout=30) as client:
        for path in PATHS:
            client.get(path).raise_for_status()


if __name__ == "__main__":
    sys.exit(main())
