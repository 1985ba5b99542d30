"""The list of cases at the delays of issue 6: `python -m tests.benchmarks.cases`, and part of `make bench`.

It needs more cases than the demo has, so it starts case systems, a database and a portal of its own (two
processes of eight threads with a pool of connections, as in production). The counts of calls stand beside the
times; tests hold those. Visitors, case systems and database share the machine with the portal, so for warm
pages stands beside the times how much of a processor a page costs the portal itself, and all the others.
"""

import os
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import httpx

from . import processors
from .figures import Figure, middle, shown

TIMES, CLIENTS, SECONDS, PAGES = 5, 8, 8.0, 100
Visit = Callable[[], str]


def figures(_urls: Any = None) -> list[Figure]:
    """All figures of issue 6's table for cases."""
    with served() as portal:
        cold_ones = [*cold(portal, 40, 0.05, 0.3), *cold(portal, 150, 0.2, 0.7)]
        return [*cold_ones, hanging(portal), *alone(portal), *warm(portal)]


class Portal:
    """A portal with a resident whose case system is another one each time, so that nothing is remembered."""

    def __init__(self, port: int, municipality: Any, cookie: str) -> None:
        self._municipality, self._url = municipality, f"http://127.0.0.1:{port}"
        self._sent = {"Host": municipality.host, "Cookie": cookie}

    def connected(self, url: str, back_end: str) -> None:
        """Connect a case system, and no other."""
        from django.db import transaction

        from portal.municipalities.acting import acting_for
        from portal.municipalities.connections import connect
        from portal.municipalities.models import ConnectionRow
        from portal.registers.models import Breaker
        from tests.registers.conftest import zaken_connection

        one = zaken_connection(url, back_end=back_end)
        with acting_for(self._municipality), transaction.atomic():
            ConnectionRow.objects.filter(kind="zaken").delete()
            Breaker.objects.all().delete()
            connect("zaken", "Zaaksysteem", one.base_url, one.credentials, one.parameters)

    def visit(self, query: str = "", client: httpx.Client | None = None) -> str:
        """The page of cases."""
        answer = (client or httpx).get(f"{self._url}/mijn/zaken/{query}", headers=self._sent, timeout=30)
        answer.raise_for_status()
        return answer.text


def cold(portal: Portal, count: int, delay: float, limit: float) -> list[Figure]:
    """A first visit, types unknown; and that no case is missing."""
    from demo.content.residents import HELGA
    from tests.registers.crowds import case_system, many

    found = []
    for back_end in ("openzaak", "old-1.0"):
        with case_system(many(HELGA, count), back_end) as register:
            times: list[float] = []
            for _time in range(TIMES):
                portal.connected(register.url, back_end)
                register.misbehave("delay", delay)
                register.calls.clear()
                began = monotonic()
                page = portal.visit()
                times.append(monotonic() - began)
            calls, missing = len(register.calls), "" if f"van {count}<" in page else ", SOME MISSING"
        what = f"{count} cases, {delay * 1000:.0f} ms a call, cold, {back_end} ({calls} calls{missing})"
        found.append(middle(what, times, limit))
    return found


def hanging(portal: Portal) -> Figure:
    """Three of forty statuses hang; all pages together show all forty, three of them marked."""
    from demo.content.residents import HELGA
    from tests.registers.crowds import case_system, many

    with case_system(many(HELGA, 40), "old-1.0") as register:
        portal.connected(register.url, "old-1.0")
        for page in range(1, 5):
            portal.visit(f"?bladzijde={page}")
        statuses = [call.rpartition("/")[2] for call in register.calls if "/statussen/" in call]
        register.misbehave("hang", where="|".join(statuses[3::12][:3]))
        times, marked, complete = [], 0, 0
        for page in range(1, 5):
            began = monotonic()
            rows = portal.visit(f"?bladzijde={page}").split("<tbody>")[1]
            times.append(monotonic() - began)
            late = rows.count("Nog niet binnen")
            marked, complete = marked + late, complete + rows.count("<tr>") - late
    return middle(f"3 of 40 status calls hang ({complete} complete, {marked} marked)", times, 1.0)


def alone(portal: Portal) -> list[Figure]:
    """One visitor after the other, types remembered: what a page costs, whatever else the machine does."""
    from demo.content.residents import HELGA
    from tests.registers.crowds import case_system, many

    with case_system(many(HELGA, 40)) as register, httpx.Client() as client:
        portal.connected(register.url, "openzaak")
        for _time in range(20):
            portal.visit(client=client)
        before, ours = processors.of_child("granian"), processors.own()
        for _time in range(PAGES):
            portal.visit(client=client)
        portal_s = (processors.of_child("granian") - before) / PAGES
        ours_s = (processors.own() - ours) / PAGES
    return [
        Figure("warm list of 40: processor time of the portal for one page", portal_s, None),
        Figure("warm list of 40: processor time of visitor and case system", ours_s, None),
    ]


def warm(portal: Portal) -> list[Figure]:
    """Eight visitors at once, types remembered, a case system that answers at once."""
    from demo.content.residents import HELGA
    from tests.registers.crowds import case_system, many

    with case_system(many(HELGA, 40)) as register:
        portal.connected(register.url, "openzaak")
        for _time in range(8):
            portal.visit()
        until = monotonic() + SECONDS

        turned_away = []

        def visits(_client: int) -> list[float]:
            times = []
            with httpx.Client() as client:
                while (began := monotonic()) < until:
                    try:
                        portal.visit(client=client)
                        times.append(monotonic() - began)
                    except httpx.HTTPStatusError as busy:  # more than half of a process's threads wait
                        turned_away.append(busy.response.status_code)
            return times

        with ThreadPoolExecutor(CLIENTS) as clients:
            times = sorted(time for own in clients.map(visits, range(CLIENTS)) for time in own)
    each = f"warm list of 40, {CLIENTS} clients: {len(times) / SECONDS:.0f} pages a second (at least 50)"
    each += f", {len(turned_away)} turned away as too busy"
    return [Figure(f"{each}; p95", times[int(len(times) * 0.95)], 0.2)]


@contextmanager
def served() -> Iterator[Portal]:
    """A database, a municipality, somebody signed in, and the portal."""
    import tests.ground  # noqa: F401  # starts the server

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
    import django

    django.setup()
    from django.db import connections
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    from demo import kept_tables
    from portal.municipalities.founding import found
    from portal.municipalities.postgresql.roles import as_owner
    from tests import prepared_database

    setup_test_environment()
    with kept_tables.only_one(), as_owner():
        ready = prepared_database.restore()
        made = setup_databases(verbosity=0, interactive=False, keepdb=ready, serialized_aliases=set())
        if not ready:
            prepared_database.keep()
    connections["default"].close()
    try:
        from portal.accounts.middleware import COOKIE
        from tests.mijn.conftest import cookie_of
        from tests.mijn.served import portal

        here = found("zandmeer", "Zandmeer", "zandmeer.localhost", "9901", "zandmeer", {}, fictional=True)
        cookie = f"{COOKIE}={cookie_of(here)}"
        with tempfile.TemporaryDirectory() as logs, portal(Path(logs), threads=8, workers=2, pool=8) as port:
            yield Portal(port, here, cookie)
    finally:
        connections["default"].close()
        with as_owner():
            teardown_databases(made, verbosity=0)


def main(_arguments: Sequence[str] = ()) -> int:
    print(shown(figures()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
