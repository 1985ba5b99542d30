"""How long a session lives, to the second, and what ends with it."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection as database
from django.test.utils import CaptureQueriesContext

from portal.accounts import endings, sessions
from portal.accounts.level import Level
from portal.accounts.models import Resident, ResidentLookup, ResidentSession
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from tests.conftest import Clock

from .browser import Browser
from .conftest import Site, sessions_of, signs_in

HELGA, AYSE = BSN("999970458"), BSN("999991747")


@pytest.fixture
def here(zandmeer: Municipality) -> Iterator[Municipality]:
    with acting_for(zandmeer):
        yield zandmeer


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """The sessions whose end was told."""
    ended: list[UUID] = []
    monkeypatch.setattr(endings, "_endings", [ended.append])
    return ended


def begun(
    bsn: BSN = HELGA, sub: str = "sub", sid: str = "sid", provider: UUID | None = None
) -> tuple[UUID, str]:
    session, token = sessions.begin(bsn, "Helga", Level.MIDDEN, provider or uuid4(), sub, sid)
    return session.id, token


@pytest.mark.parametrize(
    ("idle", "lives"),
    [((0, 0), True), ((14, 59), True), ((15, 0), False), ((15, 1), False), ((600, 0), False)],
)
def test_it_lives_until_fifteen_minutes_without_the_resident(
    here: Municipality, clock: Clock, idle: tuple[int, int], lives: bool
) -> None:
    _, token = begun()
    clock.move(minutes=3)
    assert sessions.find(token, activity=True)

    clock.move(minutes=idle[0], seconds=idle[1])

    assert (sessions.find(token, activity=True) is not None) is lives


def test_what_every_page_asks_is_one_statement(here: Municipality) -> None:
    _, token = begun()
    with CaptureQueriesContext(database) as asked:
        assert sessions.find(token, activity=True)

    assert len(asked) == 1


def test_it_ends_after_two_hours_whatever_the_resident_does(here: Municipality, clock: Clock) -> None:
    _, token = begun()
    for _ in range(11):
        clock.move(minutes=10)
        assert sessions.find(token, activity=True)

    clock.move(minutes=9, seconds=59)
    assert sessions.find(token, activity=True)
    clock.move(seconds=1)
    assert sessions.find(token, activity=True) is None


def test_what_a_page_asks_by_itself_keeps_nobody_in(here: Municipality, clock: Clock) -> None:
    _, token = begun()
    for _ in range(14):
        clock.move(minutes=1)
        assert sessions.find(token, activity=False)

    clock.move(minutes=1)

    assert sessions.find(token, activity=False) is None


def test_staying_starts_the_fifteen_minutes_anew_but_not_the_two_hours(
    here: Municipality, clock: Clock
) -> None:
    _, token = begun()
    clock.move(minutes=14)
    session = sessions.find(token, activity=False)
    assert session is not None

    sessions.keep_alive(session)
    clock.move(minutes=14)
    later = sessions.find(token, activity=False)

    assert later is not None
    assert later.ends_at == session.ends_at


def test_the_warning_counts_to_whichever_end_comes_first(here: Municipality, clock: Clock) -> None:
    _, token = begun()
    for _ in range(11):
        clock.move(minutes=10)
        session = sessions.find(token, activity=True)

    assert session is not None
    assert session.idle_ends_at == session.ends_at == clock() + timedelta(minutes=10)


def test_one_that_is_over_is_gone_for_good_and_everyone_is_told(
    here: Municipality, clock: Clock, told: list[UUID]
) -> None:
    session, token = begun()
    clock.move(minutes=15)

    assert sessions.find(token, activity=True) is None

    assert ResidentSession.objects.count() == 0
    assert told == [session]


def test_the_sweep_ends_what_nobody_comes_back_to(here: Municipality, clock: Clock, told: list[UUID]) -> None:
    idle, _ = begun()
    clock.move(minutes=10)
    begun(AYSE)
    clock.move(minutes=5)

    assert sessions.forget_old() == 1
    assert told == [idle]
    assert ResidentSession.objects.count() == 1


def test_activity_does_not_bring_back_what_another_tab_ended(here: Municipality) -> None:
    session, token = begun()
    live = sessions.find(token, activity=True)
    assert live is not None

    sessions.end(session)
    sessions.keep_alive(live)

    assert sessions.find(token, activity=True) is None


def test_somebody_is_the_same_resident_each_time_and_another_is_another(here: Municipality) -> None:
    begun()
    begun()
    begun(AYSE)

    assert Resident.objects.count() == 2
    assert ResidentLookup.objects.count() == 2


def test_the_same_person_is_another_resident_in_another_municipality(
    zandmeer: Municipality, veldrecht: Municipality
) -> None:
    ids = set()
    for place in (zandmeer, veldrecht):
        with acting_for(place):
            session, _ = sessions.begin(HELGA, "Helga", Level.MIDDEN, uuid4(), "sub", "sid")
            ids.add(session.subject)

    assert len(ids) == 2


def test_actor_and_subject_are_two_and_now_the_same(here: Municipality) -> None:
    session, _ = sessions.begin(HELGA, "Helga", Level.MIDDEN, uuid4(), "sub", "sid")

    assert session.actor == session.subject
    assert "Helga" not in repr(session)
    assert HELGA.reveal() not in repr(session)


@pytest.mark.parametrize(
    ("sub", "sid", "ends"),
    [
        ("sub", "sid", True), ("", "sid", True), ("sub", "", True),
        ("other", "sid", False), ("sub", "other", False), ("", "other", False), ("other", "", False),
    ],
)  # fmt: skip
def test_the_provider_ends_only_the_session_it_names(
    here: Municipality, sub: str, sid: str, ends: bool
) -> None:
    provider = uuid4()
    begun(provider=provider)

    assert (sessions.end_at_provider(provider, sub, sid) == 1) is ends
    assert sessions.end_at_provider(uuid4(), "sub", "sid") == 0


def test_the_cookie_s_value_is_not_in_the_table(here: Municipality) -> None:
    _, token = begun()

    assert token not in str(ResidentSession.objects.values().get())


# Through the pages


def test_the_pages_hold_to_the_same_seconds(town: Site, visitor: Browser, clock: Clock) -> None:
    signs_in(visitor, town)
    clock.move(minutes=14, seconds=59)
    assert "Helga" in visitor.get(town.url()).text

    clock.move(minutes=15, seconds=1)

    assert "/mijn/inloggen/" in str(visitor.get(town.url()).url)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/mijn/sessie/", {}),
        ("/mijn/sessie/verlengen/", {}),
        ("/mijn/uitgelogd/?idle=1", {}),
        ("/mijn/delen/?wacht=1", {}),
        ("/mijn/", {"X-Automatic": "1"}),
    ],
)
def test_no_page_keeps_itself_alive(
    town: Site, visitor: Browser, clock: Clock, path: str, headers: dict[str, str]
) -> None:
    signs_in(visitor, town)
    clock.move(minutes=14)
    visitor.get(town.url(path), headers=headers, follow_redirects=False)

    clock.move(minutes=1, seconds=1)

    assert "/mijn/inloggen/" in str(visitor.get(town.url()).url)


def test_who_has_no_script_is_taken_to_the_warning_in_time_and_can_stay(
    town: Site, visitor: Browser, clock: Clock
) -> None:
    page = signs_in(visitor, town)
    assert (
        '<noscript><meta http-equiv="refresh" content="780;url=/mijn/sessie/verlengen/?naar=/mijn/'
        in page.text
    )
    clock.move(minutes=13)

    warning = visitor.get(town.url("/mijn/sessie/verlengen/?naar=/mijn/delen/"))
    assert "Bent u er nog?" in warning.text
    assert 'content="122;url=/mijn/uitgelogd/?idle=1"' in warning.text
    clock.move(seconds=100)
    stayed = visitor.submit(warning, 0)

    assert str(stayed.url) == town.url("/mijn/delen/")
    clock.move(minutes=14)
    assert "Helga" in visitor.get(town.url()).text


def test_who_does_nothing_reads_why_it_ended(town: Site, visitor: Browser, clock: Clock) -> None:
    signs_in(visitor, town)
    clock.move(minutes=15, seconds=5)

    page = visitor.get(town.url("/mijn/uitgelogd/?idle=1"))

    assert "vijftien minuten" in page.text
    assert visitor.get(town.url("/mijn/sessie/verlengen/")).text == page.text


def test_near_the_two_hours_the_warning_says_that_staying_is_not_possible(
    town: Site, visitor: Browser, clock: Clock
) -> None:
    signs_in(visitor, town)
    for _ in range(11):
        clock.move(minutes=10)
        visitor.get(town.url())
    clock.move(minutes=8, seconds=30)

    assert visitor.get(town.url("/mijn/sessie/")).json() == {"seconds": 90, "can_stay": False}
    page = visitor.get(town.url("/mijn/sessie/verlengen/?naar=/mijn/delen/"))
    assert "bijna twee uur" in page.text
    assert "Ik wil blijven" not in page.text


def test_the_script_hears_how_long_is_left_and_can_stay(town: Site, visitor: Browser, clock: Clock) -> None:
    page = signs_in(visitor, town)
    clock.move(minutes=14)
    assert visitor.get(town.url("/mijn/sessie/")).json() == {"seconds": 60, "can_stay": True}

    stayed = visitor.post_form(page, "/mijn/sessie/verlengen/", headers={"X-Automatic": "1"})

    assert stayed.status_code == 204
    assert visitor.get(town.url("/mijn/sessie/")).json() == {"seconds": 900, "can_stay": True}


def test_who_is_not_signed_in_has_no_time_left(town: Site, visitor: Browser) -> None:
    assert visitor.get(town.url("/mijn/sessie/")).json() == {"seconds": 0, "can_stay": False}


def test_the_table_is_empty_when_all_is_over(
    town: Site, visitor: Browser, clock: Clock, zandmeer: Municipality
) -> None:
    from portal.sharing.sweeper import sweep

    signs_in(visitor, town)
    clock.move(minutes=16)

    sweep(zandmeer)

    assert sessions_of(zandmeer) == 0
