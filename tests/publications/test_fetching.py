"""The worker's turn: what is new comes once, it goes on after a stop, and what came stays."""

from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from demo.content.publications import PUBLISHED, Address, Published
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.publications import client, fetching
from portal.publications.client import creator_of, query
from portal.publications.fetching import fetch_due
from portal.publications.models import Fetching
from tests.conftest import Clock

from .conftest import fetched, kept

pytestmark = pytest.mark.django_db

NEW = Published(0, "omgevingsvergunning", "Nieuwe dakkapel", "", (Address("Weg", "1", "1996AB", "Zandmeer"),))


def standing(municipality: Municipality) -> Fetching:
    with acting_for(municipality), transaction.atomic():
        return Fetching.objects.get()


def titles(municipality: Municipality) -> set[str]:
    return {one.title for one in kept(municipality)}


def test_all_of_half_a_year_comes_in_turns_and_then_nothing_is_due(
    zandmeer: Municipality, source: Register
) -> None:
    first = fetch_due(zandmeer)
    assert standing(zandmeer).whole_at is None, "half a year is more than one turn"
    fetched(zandmeer)

    assert first < len(PUBLISHED["zandmeer"])
    assert titles(zandmeer) == {one.title for one in PUBLISHED["zandmeer"]}
    assert standing(zandmeer).whole_at
    source.calls.clear()
    assert fetched(zandmeer, 2) == 0
    assert source.calls == []


def test_each_municipality_has_its_own(
    zandmeer: Municipality, veldrecht: Municipality, source: Register
) -> None:
    fetched(zandmeer)
    fetched(veldrecht)

    assert titles(veldrecht) == {one.title for one in PUBLISHED["veldrecht"]}
    assert not titles(zandmeer) & titles(veldrecht)


def test_an_hour_later_only_the_last_days_are_asked_and_what_is_new_comes(
    zandmeer: Municipality, source: Register, publish: Callable[..., None], clock: Clock
) -> None:
    fetched(zandmeer)
    before = {one.identifier: one.seen for one in kept(zandmeer)}
    publish("gmb-2026-77", "Zandmeer", timezone.localdate(), NEW)
    source.calls.clear()
    clock.move(hours=1)
    fetched(zandmeer, 3)

    assert source.calls == ["GET /sru"]
    after = {one.identifier: one.seen for one in kept(zandmeer)}
    assert set(after) - set(before) == {"gmb-2026-77"}
    assert {name: after[name] for name in before} == before, "what is known stays as new as it was"


def test_what_the_source_says_otherwise_later_is_taken_over(
    zandmeer: Municipality, publish: Callable[..., None], source: Register, clock: Clock
) -> None:
    today = timezone.localdate()
    publish("gmb-2026-77", "Zandmeer", today, NEW)
    fetched(zandmeer)
    source.respond.records.pop()  # type: ignore[attr-defined]
    publish("gmb-2026-77", "Zandmeer", today, Published(0, "verkeersbesluit", "Rectificatie", ""))
    clock.move(hours=1)
    fetched(zandmeer)

    (found,) = [one for one in kept(zandmeer) if one.identifier == "gmb-2026-77"]
    assert (found.title, found.kind, found.postcodes) == ("Rectificatie", "verkeer", [])


def test_a_long_answer_is_asked_in_pages_and_a_stop_costs_one_page(
    zandmeer: Municipality,
    publish: Callable[..., None],
    source: Register,
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
) -> None:
    monkeypatch.setattr(client, "AT_ONCE", 3)
    day = timezone.localdate() - fetching.KEPT
    for number in range(10):
        publish(f"gmb-2026-{number}", "Zandmeer", day, NEW)
    monkeypatch.setattr(fetching, "CALLS", 2)
    fetch_due(zandmeer)
    assert (len(kept(zandmeer)), standing(zandmeer).position) == (6, 7)
    crash = RuntimeError("killed")

    def killed(*_: object) -> None:
        raise crash

    with monkeypatch.context() as while_killed:
        while_killed.setattr(fetching, "keep", killed)
        with pytest.raises(RuntimeError):
            fetch_due(zandmeer)
    assert standing(zandmeer).position == 7
    source.calls.clear()
    assert fetch_due(zandmeer) == 0, "who was killed holds the lease"
    clock.move(minutes=3)
    fetch_due(zandmeer)

    assert len([one for one in kept(zandmeer) if one.title == NEW.title]) == 10


def test_an_answer_that_another_worker_was_ahead_of_changes_nothing(
    zandmeer: Municipality, source: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = fetching.changed_between

    def slow(*asked: object) -> object:
        found = ask(*asked)  # type: ignore[arg-type]
        with acting_for(zandmeer), transaction.atomic():
            Fetching.objects.update(leased_until=timezone.now() + timedelta(minutes=1), position=5)
        return found

    monkeypatch.setattr(fetching, "changed_between", slow)
    fetch_due(zandmeer)

    assert standing(zandmeer).position == 5
    assert kept(zandmeer) == []


@pytest.mark.parametrize("fault", ["500", "404", "401", "truncated", "broken", "schema", "huge", "foreign"])
def test_while_the_source_fails_what_came_stays_and_it_is_asked_again_later(
    zandmeer: Municipality, source: Register, clock: Clock, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetched(zandmeer)
    before, whole = kept(zandmeer), standing(zandmeer).whole_at
    clock.move(hours=1)
    source.misbehave(fault)
    source.calls.clear()

    assert fetched(zandmeer, 3) == 0
    assert len(source.calls) == 1, "it is not asked anew at once"
    assert kept(zandmeer) == before
    assert standing(zandmeer).whole_at == whole
    assert standing(zandmeer).problem
    source.misbehave("none")
    monkeypatch.setattr(fetching, "resting", fetching.Resting())  # its rest is over
    clock.move(minutes=1)
    fetched(zandmeer, 3)
    assert standing(zandmeer).problem == ""
    assert standing(zandmeer).whole_at == clock.time


def test_a_source_that_answers_nobody_is_left_alone_for_all(
    zandmeer: Municipality, veldrecht: Municipality, source: Register
) -> None:
    source.misbehave("500")
    fetch_due(zandmeer)
    fetch_due(veldrecht)
    assert len(source.calls) == 1


def test_an_answer_that_makes_no_sense_for_one_holds_up_no_other(
    zandmeer: Municipality, veldrecht: Municipality, source: Register
) -> None:
    source.misbehave("foreign")
    fetch_due(zandmeer)
    source.misbehave("none")
    fetched(veldrecht)
    assert titles(veldrecht)


@pytest.mark.parametrize("fault", ["hang", "drip"])
def test_who_hangs_or_drips_is_broken_off_in_time(
    zandmeer: Municipality, source: Register, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client, "LIMIT", 0.3)
    source.misbehave(fault)
    assert fetch_due(zandmeer) == 0
    assert standing(zandmeer).problem == "too slow"


def test_it_rests_longer_each_time_and_never_longer_than_ten_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "monotonic", lambda: 100.0)
    resting, rests = fetching.Resting(), []
    for _time in range(12):
        resting.begin()
        rests.append(resting.until - 100)
    assert rests[:3] == [20, 40, 80]
    assert rests[-1] == 600
    assert resting.now()
    resting.end()
    assert not resting.now()


def test_what_is_older_than_half_a_year_goes(zandmeer: Municipality, source: Register, clock: Clock) -> None:
    fetched(zandmeer)
    clock.move(days=100)
    fetched(zandmeer, 30)

    oldest = min(one.day for one in kept(zandmeer))
    assert oldest >= timezone.localdate() - fetching.KEPT
    assert len(kept(zandmeer)) < len(PUBLISHED["zandmeer"])


def test_a_host_that_the_operator_did_not_list_is_not_called(
    zandmeer: Municipality, source: Register, settings: object
) -> None:
    settings.OUTGOING_HOSTS = ["repository.overheid.nl"]  # type: ignore[attr-defined]
    fetch_due(zandmeer)
    assert source.calls == []
    assert standing(zandmeer).problem == "AddressRefused"


def test_nothing_is_asked_where_no_source_is_set_or_the_site_is_closed(
    zandmeer: Municipality, source: Register, settings: object
) -> None:
    zandmeer.closed = timezone.now()
    fetch_due(zandmeer)
    zandmeer.closed = None
    settings.PUBLICATIONS_URL = ""  # type: ignore[attr-defined]
    fetch_due(zandmeer)
    assert source.calls == []


def test_a_name_is_quoted_in_the_question() -> None:
    day = timezone.localdate()
    asked = query('A" OR dt.creator=="B\\', day, day)
    assert 'dt.creator=="A\\" OR dt.creator==\\"B\\\\" AND' in asked


@pytest.mark.parametrize(
    ("code", "name", "creator"),
    [
        ("0518", "Den Haag", "'s-Gravenhage"),
        ("0164", "Hengelo (O)", "Hengelo"),
        ("9901", "Zandmeer", "Zandmeer"),
    ],
)
def test_a_municipality_is_asked_by_the_name_that_it_publishes_under(
    code: str, name: str, creator: str
) -> None:
    assert creator_of(Municipality(code=code, name=name)) == creator


def test_the_worker_fetches_in_a_thread_of_its_own() -> None:
    from portal.sharing.management.commands import worker

    assert list(worker.OF_THE_NATION) == [fetch_due]
    assert fetch_due not in (*worker.TO_OTHERS, *worker.SLOWLY, *worker.OF_OUR_OWN)


def told() -> list[str]:
    """What `manage.py publications` says, a line a municipality."""
    said = StringIO()
    call_command("publications", stdout=said)
    return said.getvalue().splitlines()


def test_an_operator_reads_how_it_stands(
    zandmeer: Municipality, veldrecht: Municipality, source: Register, clock: Clock, settings: Any
) -> None:
    fetched(zandmeer)
    assert told()[0].startswith("veldrecht: as “Veldrecht”: 0 publications, not whole yet")
    assert told()[1].startswith("zandmeer: as “Zandmeer”: 13 publications, of 20")
    clock.move(hours=1)
    source.misbehave("foreign")
    fetch_due(zandmeer)
    assert "waits after 1 tries: a record of another creator" in told()[1]
    settings.PUBLICATIONS_URL = ""
    assert told()[0].startswith("PUBLICATIONS_URL is not set")
