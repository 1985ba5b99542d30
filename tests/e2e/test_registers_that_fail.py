"""A register that hangs or breaks costs its own part of Mijn only, and is never shown as if it were empty.

The demo's registers are made to fail by their own switch. The end of a pause is moved into the past in the
database of the demo, for nobody waits for it here.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import httpx
import psycopg
import pytest
from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import expect_heading, name_of, sign_in, sign_out, site_of, way_on

KEES, SLUG = "999990329", "veldrecht"
CASE, ADDRESS = "Bijstandsuitkering", "Vestingstraat 8"
BUDGET = 4.0  # seconds for the registers of a page
Fail = Callable[[str, str], None]


@pytest.fixture
def fail(demo: Urls, state: Path) -> Iterator[Fail]:
    """Make a register fail in one way; afterwards all are well again, and none is left alone."""

    def fail(register: str, kind: str) -> None:
        httpx.post(f"{demo['registers'][register]}/_faults", json={"kind": kind}).raise_for_status()

    yield fail
    for register in ("brp", "zaken"):
        fail(register, "none")
    at_database(state, "DELETE FROM registers_breaker")


def test_a_register_that_hangs_says_so_in_time_and_the_next_visit_does_not_wait(
    page: Page, demo: Urls, state: Path, fail: Fail
) -> None:
    saw_nothing_yet(page, demo)
    fail("zaken", "hang")
    begun = monotonic()
    to_overview(page, demo)
    assert monotonic() - begun < BUDGET + 5, "the budget, and what a busy machine needs for drawing"
    expect(page.locator("main")).to_contain_text("antwoordt nu niet snel genoeg")
    expect(page.locator("main")).to_contain_text(ADDRESS)
    told_as_broken(page, "Uw zaken zijn nu niet te zien.")

    page.reload()
    told_as_broken(page, "Uw zaken zijn nu niet te zien.")
    expect(page.locator("main")).to_contain_text("Daarom wachten wij er nu niet op")

    fail("zaken", "none")
    rest_is_over(state)
    page.reload()
    expect(page.get_by_role("link", name=CASE)).to_be_visible()
    expect(page.get_by_text("nu niet te zien")).to_be_hidden()


def test_a_brp_that_is_broken_leaves_the_cases_there_and_comes_back(
    page: Page, demo: Urls, fail: Fail
) -> None:
    saw_nothing_yet(page, demo)
    fail("brp", "500")
    to_overview(page, demo)
    told_as_broken(page, "Uw gegevens zijn nu niet te zien.")
    expect(page.get_by_role("link", name=CASE)).to_be_visible()
    page.goto(f"{site_of(demo, SLUG)}/mijn/gegevens/")
    told_as_broken(page, "Uw gegevens zijn nu niet te zien.")
    expect(page.locator("main")).not_to_contain_text(ADDRESS)

    fail("brp", "none")
    page.get_by_role("link", name="Probeer het opnieuw: Persoon, adres en familie", exact=True).click()
    expect(page.locator("main")).to_contain_text(ADDRESS)


@pytest.mark.parametrize("kind", ["500", "broken", "404"])
def test_with_both_broken_mijn_is_still_there_and_nothing_looks_empty(
    page: Page, demo: Urls, fail: Fail, kind: str
) -> None:
    saw_nothing_yet(page, demo)
    fail("brp", kind)
    fail("zaken", kind)
    to_overview(page, demo)
    told_as_broken(page, "Uw zaken zijn nu niet te zien.")
    told_as_broken(page, "Uw gegevens zijn nu niet te zien.")
    expect(page.get_by_role("heading", name="Wat deel ik?")).to_be_visible()
    expect(page.get_by_role("banner")).to_contain_text(name_of(demo, KEES))
    page.goto(f"{site_of(demo, SLUG)}/mijn/zaken/")
    told_as_broken(page, "Uw zaken zijn nu niet te zien.")


def test_what_was_seen_before_stays_with_its_age_until_the_register_is_back(
    page: Page, demo: Urls, fail: Fail
) -> None:
    page.clock.install()
    at_overview(page, demo)
    fail("brp", "500")
    fail("zaken", "500")
    page.reload()
    expect(page.get_by_text("Dit is wat wij om")).to_have_count(2)
    expect(page.get_by_role("link", name=CASE)).to_be_visible()
    expect(page.locator("main")).to_contain_text(ADDRESS)
    way_on(page)

    fail("zaken", "none")
    page.clock.fast_forward(16_000)
    expect(page.get_by_role("status").filter(has_text="“Lopende zaken” is er nu weer.")).to_have_count(1)
    expect(page.get_by_role("link", name=CASE)).to_be_visible()
    expect(page.get_by_text("Dit is wat wij om")).to_have_count(1)

    fail("brp", "none")
    page.reload()
    expect(page.get_by_text("Dit is wat wij om")).to_have_count(0)


def test_a_case_that_was_not_open_yet_says_what_is_wrong_when_its_register_breaks(
    page: Page, demo: Urls, fail: Fail
) -> None:
    at_overview(page, demo)
    fail("zaken", "500")
    page.get_by_role("link", name=CASE).click()
    expect_heading(page, "Uw zaak")
    told_as_broken(page, "Uw zaak is nu niet te zien.")
    fail("zaken", "none")
    page.get_by_role("link", name="Probeer het opnieuw").click()
    expect_heading(page, CASE)


def test_who_signs_in_while_the_brp_is_broken_is_told_to_try_later(
    page: Page, demo: Urls, state: Path, fail: Fail
) -> None:
    at_database(state, "UPDATE accounts_resident SET let_in = NULL")
    fail("brp", "500")
    sign_in(page, demo, SLUG, KEES)
    expect_heading(page, "Inloggen lukt nu niet")
    way_on(page)
    fail("brp", "none")
    sign_in(page, demo, SLUG, KEES)
    expect_heading(page, "Mijn Veldrecht")


def test_whom_the_brp_let_in_before_comes_in_while_it_is_broken_and_shares_nothing_new_yet(
    page: Page, demo: Urls, fail: Fail
) -> None:
    saw_nothing_yet(page, demo)
    sign_out(page)
    fail("brp", "500")
    sign_in(page, demo, SLUG, KEES)
    expect_heading(page, "Mijn Veldrecht")
    expect(page.get_by_role("link", name=CASE)).to_be_visible()
    told_as_broken(page, "Uw gegevens zijn nu niet te zien.")
    page.goto(f"{site_of(demo, SLUG)}/mijn/delen/starten/digitaal-bericht/")
    page.get_by_role("button", name="Verder").click()
    expect_heading(page, "Iets nieuws delen lukt nu niet")
    way_on(page)
    fail("brp", "none")
    page.get_by_role("link", name="Probeer het opnieuw").click()
    page.get_by_role("button", name="Verder").click()
    expect(page.get_by_role("heading", name="Iets nieuws delen lukt nu niet")).to_be_hidden()


def saw_nothing_yet(page: Page, demo: Urls) -> None:
    """Kees, who signed in and was shown nothing of any register, so nothing can be shown again."""
    sign_in(page, demo, SLUG, KEES, then="/mijn/berichten-aan-u/")


def to_overview(page: Page, demo: Urls) -> None:
    page.goto(f"{site_of(demo, SLUG)}/mijn/")


def at_overview(page: Page, demo: Urls) -> None:
    """Kees, who sees his case and his address."""
    sign_in(page, demo, SLUG, KEES)
    expect(page.get_by_role("link", name=CASE)).to_be_visible()
    expect(page.locator("main")).to_contain_text(ADDRESS)


def told_as_broken(page: Page, what: str) -> None:
    """It says what is not to be seen and whom to call, and nothing sounds as if there were nothing."""
    expect(page.get_by_text(what)).to_be_visible()
    expect(page.locator("main a[href^='tel:']").first).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("geen lopende zaken")
    expect(page.locator("main")).not_to_contain_text("geen gegevens van u")
    way_on(page)


def rest_is_over(state: Path) -> None:
    """The twenty seconds, and longer each time, for which a register that hung is left alone, have passed."""
    at_database(state, "UPDATE registers_breaker SET closed_until = now()")


def at_database(state: Path, command: str) -> None:
    """As the demo's own superuser, past row-level security."""
    folder = state / "postgres"
    port = (folder / "data" / "postmaster.pid").read_text().splitlines()[3]
    password = (folder / "superuser.password").read_text()
    with psycopg.connect(f"postgresql://postgres:{password}@127.0.0.1:{port}/portal") as connection:
        connection.execute(command)
