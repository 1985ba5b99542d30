"""The overview: every state of every part says what happened, what now, and whom to call."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection as database
from django.db import transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.registers.serving import Register
from portal.accounts.models import Resident
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers import caller, places, sections
from tests.conftest import Clock
from tests.registers.conftest import brp_connection, zaken_connection

from .conftest import AYSE, HENDRIK, KEES, body_of, connected, signed_in

PHONE = "(0999) 12 34 56"
NO_CASES = "U heeft nu geen lopende zaken"
NEWS = "Nieuw sinds uw vorige bezoek"


def part(page: str, kind: str) -> str:
    """One part, as it came in its slot."""
    assert page.count(f'<div slot="{kind}">') == 1, page
    return page.split(f'<div slot="{kind}">')[1].split("</section></div>")[0]


def test_the_overview_shows_cases_own_data_and_what_is_shared(helga: Client) -> None:
    answer = helga.get("/mijn/")
    page = body_of(answer)

    assert answer.status_code == 200
    assert "Omgevingsvergunning dakkapel" in part(page, "zaken")
    assert "Wij beoordelen uw plan" in part(page, "zaken")
    assert "20 december 1987" in part(page, "brp")
    assert "Duinroosstraat 12" in part(page, "brp")
    assert "U deelt nu niets" in page
    assert "Ingelogd met niveau Substantieel" in page


def test_it_is_streamed_and_kept_by_nobody(helga: Client) -> None:
    answer = helga.get("/mijn/")

    assert answer.streaming
    assert answer["X-Accel-Buffering"] == "no"
    assert answer["Cache-Control"] == "no-store"
    assert "Content-Encoding" not in answer


def test_the_shell_is_long_enough_to_be_shown_and_holds_a_place_for_each_part(helga: Client) -> None:
    first = next(iter(helga.get("/mijn/")))

    assert len(first) >= 2048
    assert b'<template shadowrootmode="open">' in first
    assert b'<slot name="zaken">' in first
    assert b'<slot name="brp">' in first
    assert b"Uw zaken worden opgehaald." in first
    assert b"</footer>" not in first


def test_cases_that_no_resident_may_see_are_not_there(helga: Client) -> None:
    assert "Nooit aan een inwoner" not in body_of(helga.get("/mijn/zaken/"))
    assert "Bezwaar" not in part(body_of(helga.get("/mijn/")), "zaken")


def test_who_has_no_cases_reads_that_and_that_nothing_needs_to_be_done(mijn: Municipality) -> None:
    cases = part(body_of(signed_in(mijn, HENDRIK).get("/mijn/")), "zaken")

    assert NO_CASES in cases
    assert "nu niet te zien" not in cases


def test_with_geheimhouding_the_address_is_not_on_the_overview(mijn: Municipality) -> None:
    page = body_of(signed_in(mijn, AYSE).get("/mijn/"))

    assert "Zeewindhof" not in page
    assert "geheimhouding" in part(page, "brp")


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("500", "Er is een storing"),
        ("404", "Er is een storing"),
        ("broken", "Er is een storing"),
        ("hang", "antwoordt nu niet snel genoeg"),
        ("drip", "antwoordt nu niet snel genoeg"),
    ],
)
def test_a_part_whose_register_fails_says_so_and_the_other_is_whole(
    helga: Client, zaken_fake: Register, fault: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "LIMIT", 0.5)
    zaken_fake.misbehave(fault)
    page = body_of(helga.get("/mijn/"))

    assert "Uw zaken zijn nu niet te zien." in part(page, "zaken")
    assert says in part(page, "zaken")
    assert PHONE in part(page, "zaken")
    assert 'href="/mijn/"' in part(page, "zaken")
    assert NO_CASES not in page
    assert "20 december 1987" in part(page, "brp")


def test_own_data_that_fails_leaves_the_cases_whole(helga: Client, brp_fake: Register) -> None:
    brp_fake.misbehave("500")
    page = body_of(helga.get("/mijn/"))

    assert "Uw gegevens zijn nu niet te zien." in part(page, "brp")
    assert PHONE in part(page, "brp")
    assert "Omgevingsvergunning dakkapel" in part(page, "zaken")


def test_a_register_that_hung_is_not_waited_for_at_the_next_visit(
    helga: Client, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "LIMIT", 0.5)
    brp_fake.misbehave("hang")
    body_of(helga.get("/mijn/"))
    asked = len(brp_fake.calls)

    assert "gaf net geen antwoord" in part(body_of(helga.get("/mijn/")), "brp")
    assert len(brp_fake.calls) == asked


def test_a_register_that_refuses_us_is_our_fault_and_trying_again_is_not_advised(
    zandmeer: Municipality, brp_fake: Register, zaken_id: UUID
) -> None:
    connected(zandmeer, brp_connection(brp_fake.url, api_key="another"))
    own = part(body_of(signed_in(zandmeer).get("/mijn/")), "brp")

    assert "Dat ligt niet aan u" in own
    assert PHONE in own
    assert "Probeer het opnieuw" not in own


def test_what_is_not_connected_is_told(zandmeer: Municipality, brp_id: UUID) -> None:
    cases = part(body_of(signed_in(zandmeer).get("/mijn/")), "zaken")

    assert "laat dit nog niet op deze site zien" in cases
    assert NO_CASES not in cases


def test_a_case_that_two_systems_hold_is_there_once(
    helga: Client, mijn: Municipality, zaken_fake: Register
) -> None:
    once = part(body_of(helga.get("/mijn/")), "zaken")
    connected(mijn, zaken_connection(zaken_fake.url), "Een tweede zaaksysteem")

    twice = part(body_of(helga.get("/mijn/")), "zaken")

    assert once.count("<article") == twice.count("<article") == 2
    assert once.index("ZM-0530") < once.index("ZM-0507"), "the newest first"


def test_one_of_two_case_systems_costs_its_own_part_only(helga: Client, mijn: Municipality) -> None:
    connected(mijn, zaken_connection("http://127.0.0.1:9"), "Parkeren")
    cases = part(body_of(helga.get("/mijn/")), "zaken")

    assert "Omgevingsvergunning dakkapel" in cases
    assert "Een deel van uw zaken is nu niet te zien." in cases


def test_no_cases_is_not_said_while_one_of_two_systems_is_silent(mijn: Municipality) -> None:
    connected(mijn, zaken_connection("http://127.0.0.1:9"), "Parkeren")
    page = body_of(signed_in(mijn, HENDRIK).get("/mijn/"))

    assert NO_CASES not in page
    assert "Een deel van uw zaken is nu niet te zien." in page


def all_places(monkeypatch: pytest.MonkeyPatch) -> list[places.Place]:
    """Taken, so that nobody else finds one; and who queues gives up at once."""
    monkeypatch.setattr(places, "PATIENCE", 0.001)
    return [place for _each in range(100) if (place := places.take_a_place())]


def test_who_finds_no_place_gets_the_one_that_comes_free_in_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    taken = all_places(monkeypatch)
    monkeypatch.setattr(places, "PATIENCE", 30)
    with ThreadPoolExecutor() as threads:
        queued = threads.submit(places.take_a_place)
        while places._queue._value:  # until the other one stands in it
            pass
        assert places.take_a_place() is None, "the queue is short"
        taken.pop().leave()
        found = queued.result(timeout=30)
    for place in taken:
        place.leave()

    assert found
    found.leave()


def test_when_half_of_the_threads_wait_the_page_comes_at_once_with_what_is_known(
    helga: Client, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = all_places(monkeypatch)
    try:
        answer = helga.get("/mijn/")
        page = body_of(answer)
        others = [helga.get(path) for path in ("/mijn/zaken/", "/mijn/gegevens/")]
    finally:
        for place in taken:
            place.leave()

    assert not answer.streaming
    assert brp_fake.calls == []
    assert "heel druk op de site" in part(page, "brp")
    assert "laad de pagina opnieuw" in part(page, "zaken")
    assert "U deelt nu niets" in page
    for other in others:
        assert other.status_code == 503
        assert "heel druk op de site" in body_of(other)
    assert helga.get("/mijn/").streaming


@pytest.mark.django_db(transaction=True)
def test_a_visitor_who_leaves_gives_the_place_back_and_cancels_the_questions(
    helga: Client, brp_fake: Register
) -> None:
    brp_fake.misbehave("hang")
    for _each in range(20):
        answer = helga.get("/mijn/")
        assert answer.streaming
        next(iter(answer))
        answer.close()


@pytest.mark.django_db(transaction=True)
def test_an_answer_that_no_server_ever_reads_gives_the_place_back(helga: Client, brp_fake: Register) -> None:
    brp_fake.misbehave("hang")
    for _each in range(20):
        answer = helga.get("/mijn/")
        assert answer.streaming
        answer.close()


def test_a_part_that_cannot_be_drawn_says_so_and_the_page_goes_on(
    helga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.registers.brp import section as own

    real, tries = own._in_short, []

    def fails_once(answered: sections.Answered) -> object:
        tries.append(1)
        if len(tries) == 1:
            raise RuntimeError
        return real(answered)

    monkeypatch.setattr(own, "_in_short", fails_once)
    page = body_of(helga.get("/mijn/"))

    assert "Uw gegevens zijn nu niet te zien." in part(page, "brp")
    assert "Omgevingsvergunning dakkapel" in part(page, "zaken")
    assert page.rstrip().endswith("</html>")


def test_without_a_register_s_room_its_part_and_its_menu_entry_are_gone(
    helga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sections._offered, "zaken")
    page = body_of(helga.get("/mijn/"))

    assert '<slot name="zaken">' not in page
    assert 'href="/mijn/zaken/"' not in page
    assert "20 december 1987" in part(page, "brp")


def test_the_overview_needs_few_queries_and_none_after_the_first_byte(helga: Client) -> None:
    body_of(helga.get("/mijn/"))
    with CaptureQueriesContext(database) as asked:
        pieces = iter(helga.get("/mijn/"))
        next(pieces)
        before = len(asked)
        list(pieces)

    real = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"]]
    assert len(asked) == before or all("set_config" in one["sql"] for one in asked[before:])
    assert len(real) <= 13, "\n".join(real)


def test_in_english_the_parts_that_come_later_are_english_too(helga: Client) -> None:
    page = body_of(helga.get("/en/mijn/"))

    assert '<html lang="en"' in page
    assert 'href="/en/mijn/zaken/"' in part(page, "zaken")


def test_a_stranger_is_sent_to_sign_in(mijn: Municipality) -> None:
    answer = Client(headers={"host": mijn.host}).get("/mijn/")

    assert answer.status_code == 302
    assert answer["Location"] == "/mijn/inloggen/?naar=%2Fmijn%2F"


def test_what_changed_since_the_previous_visit_is_marked_and_that_visit_is_told(
    mijn: Municipality, zaken_fake: Register, clock: Clock
) -> None:
    first = body_of(signed_in(mijn).get("/mijn/"))
    with acting_for(mijn), transaction.atomic():
        Resident.objects.update(visited=clock.time - timedelta(days=400))
    after_long = body_of(signed_in(mijn).get("/mijn/"))
    at_once = body_of(signed_in(mijn).get("/mijn/"))

    assert "voor het laatst" not in first
    assert NEWS not in first
    assert "U was hier voor het laatst op" in after_long
    assert NEWS in part(after_long, "zaken")
    assert NEWS not in at_once, "nothing changed in between"
    assert "U was hier voor het laatst op" in at_once


def test_a_visit_of_somebody_else_counts_for_nobody(mijn: Municipality, zaken_fake: Register) -> None:
    body_of(signed_in(mijn, KEES).get("/mijn/"))

    assert "voor het laatst" not in body_of(signed_in(mijn).get("/mijn/"))
