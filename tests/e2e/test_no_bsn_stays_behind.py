"""After everything the browser tests did, plus one whole visit: no BSN in anything that was left behind.

Searched: logs of every process, what PostgreSQL wrote (its files and a dump of every table), mails, media,
the desk, the erasure list, and every address a browser asked. Not: what stands in for the outside world.
"""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Page
from psycopg import sql

from demo.content.residents import RESIDENTS
from tests.canary.search import NOBODYS, Canary

from .conftest import Urls
from .looking_on import ASKED
from .people import sign_in, sign_out, site_of, wallet_agrees

ROBBERT = "999992612"
OUTSIDE_WORLD = ("registers", "wallets", "wallets.json", "urls.json")


@pytest.fixture(scope="module")
def canary() -> Canary:
    return Canary(one.bsn for one in RESIDENTS)


def test_no_bsn_stays_behind(page: Page, demo: Urls, state: Path, canary: Canary) -> None:
    a_whole_visit(page, demo)

    assert set(canary.hits_in_folder(state, leave_out=OUTSIDE_WORLD + NOBODYS)) == set()
    assert {hit for name, rows in dump(demo, state) for hit in canary.hits(name, rows)} == set()
    assert {hit for address in ASKED for hit in canary.hits("an address", address.encode())} == set()


def test_the_dump_is_a_real_one(demo: Urls, state: Path) -> None:
    tables = dict(dump(demo, state))
    assert b"zandmeer" in tables["municipalities_municipality"]
    assert len(tables["accounts_residentlookup"]) > 50


def a_whole_visit(page: Page, demo: Urls) -> None:
    """Robbert looks at everything and proves that he is an adult, for which his BSN is compared."""
    root = site_of(demo, "oeverstad")
    sign_in(page, demo, "oeverstad", ROBBERT)
    for path in ("/mijn/zaken/", "/mijn/gegevens/"):
        page.goto(root + path)
    page.goto(f"{root}/mijn/delen/starten/maatje-18/")
    page.get_by_role("button", name="Verder").click()
    page.get_by_label("Met de Yivi-app op mijn telefoon.").check()
    page.get_by_role("button", name="Verder").click()
    wallet_agrees(page, demo, "robbert-sebastiaan-bronwasser")
    page.get_by_role("button", name="Ja, delen").click()
    page.wait_for_url("**/bewijs/**")
    sign_out(page)


def dump(demo: Urls, state: Path) -> Iterator[tuple[str, bytes]]:
    """Every table as text, as `pg_dump` would have it, read past row-level security."""
    folder = state / "postgres"
    port = (folder / "data" / "postmaster.pid").read_text().splitlines()[3]
    password = (folder / "superuser.password").read_text()
    with psycopg.connect(f"postgresql://postgres:{password}@127.0.0.1:{port}/portal") as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            with connection.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
                yield table, b"".join(bytes(piece) for piece in copy)
