"""Own data through the real server and in pieces: nobody waits for the slowest register to see the others."""

from time import monotonic

import psycopg
import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from portal.registers import places
from portal.registers.brp import pieces
from tests.registers.own_registers import (
    papers_connection,
    papers_fake,
    papers_register,
    woz_connection,
    woz_fake,
    woz_register,
)

from .conftest import AYSE, body_of, connected, cookie_of, signed_in
from .served import database_url, visit
from .test_own_data_parts import EMPTY, TOLD, part
from .test_stale import kept
from .test_streamed import BUSY, OTHERS, own_backend

__all__ = ["papers_fake", "papers_register", "woz_fake", "woz_register"]
PATH, OWN = "/mijn/gegevens/", "Duinroosstraat 12"
PAPERS, WOZ = TOLD["reisdocumenten"], TOLD["woz"]
real = pytest.mark.django_db(transaction=True)
"""For the real server, which sees only what is committed."""


@pytest.fixture
def whole(mijn: Municipality, papers_fake: Register, woz_fake: Register) -> Municipality:
    """Zandmeer with all of them."""
    connected(mijn, papers_connection(papers_fake.url))
    connected(mijn, woz_connection(woz_fake.url))
    return mijn


@pytest.fixture
def helga(whole: Municipality) -> Client:
    return signed_in(whole)


# Through the real server


@real
def test_the_first_byte_waits_for_no_register_and_a_slow_one_costs_its_own_part_only(
    port: int, whole: Municipality, papers_fake: Register
) -> None:
    cookie = cookie_of(whole)
    visit(port, whole.host, PATH, cookie).whole()
    papers_fake.misbehave("delay", 2)
    opened = visit(port, whole.host, PATH, cookie)
    opened.whole()

    assert opened.pieces[0][0] <= 0.2 + BUSY
    assert opened.came_after(OWN) < 1 + BUSY
    assert opened.came_after(WOZ) < 1 + BUSY, "it waits for the house, and for nobody else"
    assert 2 <= opened.came_after(PAPERS) < 3.5


@real
def test_with_one_that_hangs_the_page_is_whole_within_the_budget_and_not_waited_for_again(
    port: int, whole: Municipality, papers_fake: Register
) -> None:
    papers_fake.misbehave("hang")
    first = visit(port, whole.host, PATH, cookie_of(whole))
    page = first.whole()

    assert first.took <= 4 + BUSY
    assert "antwoordt nu niet snel genoeg" in part(page, "reisdocumenten")
    assert OWN in page
    assert WOZ in part(page, "woz")
    assert page.rstrip().endswith("</html>")

    second = visit(port, whole.host, PATH, cookie_of(whole))
    assert "gaf net geen antwoord" in part(second.whole(), "reisdocumenten")
    assert second.took < 1 + BUSY


@real
def test_nobody_s_database_connection_is_held_while_the_page_waits(
    port: int, whole: Municipality, papers_fake: Register
) -> None:
    papers_fake.misbehave("delay", 2)
    opened = visit(port, whole.host, PATH, cookie_of(whole))
    while OWN not in "".join(read for _when, read in opened.pieces):
        opened.piece()
    with psycopg.connect(database_url(), autocommit=True) as looking:
        while (held := looking.execute(OTHERS, [own_backend()]).fetchall()) != []:
            assert monotonic() - opened.began < 1.5, held
    assert PAPERS in opened.whole()


@real
def test_what_came_is_kept_once_the_page_is_sent_and_stands_there_when_a_register_breaks(
    port: int, whole: Municipality, papers_fake: Register, brp_fake: Register
) -> None:
    cookie, began = cookie_of(whole), monotonic()
    visit(port, whole.host, PATH, cookie).whole()
    while len(kept(whole)) < 3:
        assert monotonic() - began < 10
    papers_fake.misbehave("500")
    brp_fake.misbehave("500")
    page = visit(port, whole.host, PATH, cookie).whole()

    assert page.count("Dit is wat wij om ") == 3, (
        "the value of the house too, since the house is not told now"
    )
    for told in (OWN, PAPERS, WOZ):
        assert told in page


# Piece by piece


def test_the_shell_holds_a_place_for_each_part_and_is_kept_by_nobody(helga: Client) -> None:
    answer = helga.get(PATH)
    pieces = iter(answer)
    first = next(pieces).decode()

    assert answer.streaming
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Cache-Control"] == "no-store"
    assert len(first) >= 2048
    slots = [first.index(f'<slot name="{kind}">') for kind in ("brp", "reisdocumenten", "woz")]
    assert slots == sorted(slots)
    assert "“Reisdocumenten” wordt opgehaald." in first
    assert "</footer>" not in first
    assert b"".join(pieces).decode().rstrip().endswith("</html>")


def test_all_is_read_before_the_first_byte(helga: Client) -> None:
    body_of(helga.get(PATH))
    with CaptureQueriesContext(database) as asked:
        pieces = iter(helga.get(PATH))
        next(pieces)
        before = len(asked)
        list(pieces)

    assert all("set_config" in one["sql"] for one in asked[before:])


def test_when_half_of_the_threads_wait_it_comes_at_once_and_asks_nobody(
    helga: Client, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    body_of(helga.get(PATH))
    brp_fake.calls.clear()
    monkeypatch.setattr(places, "PATIENCE", 0.001)
    taken = [place for _each in range(100) if (place := places.take_a_place())]
    try:
        answer = helga.get(PATH)
        page = body_of(answer)
    finally:
        for place in taken:
            place.leave()

    assert (answer.streaming, answer.status_code) == (False, 503)
    assert "Dit is wat wij om " in part(page, "woz")
    assert OWN in page
    assert brp_fake.calls == []
    assert helga.get(PATH).streaming


@real
@pytest.mark.parametrize("reads", [True, False])
def test_who_leaves_gives_the_place_back_and_cancels_the_questions(
    helga: Client, papers_fake: Register, reads: bool
) -> None:
    papers_fake.misbehave("hang")
    for _each in range(20):
        answer = helga.get(PATH)
        assert answer.streaming
        if reads:
            next(iter(answer))
        answer.close()


def test_a_part_that_cannot_be_drawn_says_so_and_the_page_goes_on(
    helga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, tries = pieces.facts_of, []

    def fails_once(*said: object, **more: object) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError
        return real(*said, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(pieces, "facts_of", fails_once)
    page = body_of(helga.get(PATH))

    assert "Uw gegevens zijn nu niet te zien." in part(page, "brp")
    assert PAPERS in part(page, "reisdocumenten")
    assert page.rstrip().endswith("</html>")


def test_in_english_the_parts_that_come_later_are_english_too(helga: Client) -> None:
    page = body_of(helga.get("/en/mijn/gegevens/"))

    assert 'action="/en/mijn/gegevens/meenemen/"' in page
    assert "Duinroosstraat 12" in page


def test_the_form_to_show_an_address_that_came_later_works(whole: Municipality) -> None:
    browser = signed_in(whole, AYSE)
    browser.handler.enforce_csrf_checks = True
    page = body_of(browser.get(PATH))
    token = page.split('action="/mijn/gegevens/adres/"')[1].split('name="csrfmiddlewaretoken" value="')[1]
    shown = browser.post("/mijn/gegevens/adres/", {"csrfmiddlewaretoken": token.split('"')[0]})

    assert "Zeewindhof 31" in body_of(shown)
    assert browser.post("/mijn/gegevens/adres/").status_code == 403


def test_nothing_there_is_not_said_before_all_of_it_answered(helga: Client, papers_fake: Register) -> None:
    papers_fake.misbehave("500")
    page = body_of(helga.get(PATH))

    assert EMPTY["reisdocumenten"] not in page
    assert "is nu niet te zien" in part(page, "reisdocumenten")
