"""Many at once: nothing is read after it was stopped, a one-time yes once, nobody waits for each other."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from threading import Barrier, Event, Thread
from time import sleep
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection, transaction
from pytest_django.fixtures import Settings

from portal.accounts.required import Session
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import consumers_stopped, grants, ledger, purposes, receipts, use
from portal.sharing.ledger.entries import locked_head
from portal.sharing.models import ActRecord, Consumer, Grant, GrantKey, LedgerHead, PurposeVersion
from portal.sharing.purposes import read as read_version
from portal.sharing.purposes.making import Person, Role
from portal.sharing.sweeper import list_erasure
from portal.usage.models import Use
from tests.figures import LONG

from .browser import Browser
from .conftest import HELGA, gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)

GRANTS, CALLS = (50, 200) if LONG else (10, 40)
AT_ONCE = 16


def at_once(jobs: list[Callable[[], object]]) -> list[object]:
    """Do all jobs from many threads, each on a connection of its own; gives what came of each."""

    def job(do: Callable[[], object]) -> object:
        try:
            return do()
        except (use.NoLongerShared, use.UnknownGrant) as refused:
            return refused

    with ThreadPoolExecutor(AT_ONCE) as threads:
        done = list(threads.map(job, jobs))
        ready = Barrier(AT_ONCE)
        list(threads.map(lambda _: (ready.wait(), connection.close()), range(AT_ONCE)))
    return done


def test_no_use_comes_after_a_withdrawal(offering: Municipality, figure: Callable[[str], None]):
    with acting_for(offering), transaction.atomic():
        consumer, sessions = Consumer.objects.get(), [new_session() for _ in range(GRANTS)]
        given = [(session, gives(session).id) for session in sessions]

    stopped_before: dict[UUID, int] = {}

    def read(grant: UUID) -> object:
        was_stopped = grant in stopped_before  # the withdrawal was confirmed before this call began
        with acting_for(offering), transaction.atomic():
            reading = use.read(consumer, grant, use.Caller(key=str(uuid4())))
        return ("read after it was stopped" if was_stopped else "read", reading.id)

    def stop(session: Session, grant: UUID) -> object:
        with acting_for(offering), transaction.atomic():
            grants.withdraw(session, grant)
        stopped_before[grant] = 1
        return ("stopped", grant)

    chance = random.Random(11)
    jobs: list[Callable[[], object]] = []
    for session, grant in given:
        calls: list[Callable[[], object]] = [lambda grant=grant: read(grant) for _ in range(CALLS - 2)]
        calls += [lambda session=session, grant=grant: stop(session, grant) for _ in range(2)]
        chance.shuffle(calls)
        jobs += calls
    # Side by side: a few grants at a time, so that their calls really meet.
    jobs = [
        job
        for start in range(0, len(jobs), 4 * CALLS)
        for job in mixed(jobs[start : start + 4 * CALLS], chance)
    ]
    done = at_once(jobs)

    kinds = [one[0] if isinstance(one, tuple) else type(one).__name__ for one in done]
    assert set(kinds) == {"read", "stopped", "NoLongerShared"}, set(kinds)
    with acting_for(offering), transaction.atomic():
        read_by_id = {one[1] for one in done if isinstance(one, tuple) and one[0] == "read"}
        assert read_by_id == set(Use.objects.values_list("id", flat=True))
        ended = dict(Grant.objects.values_list("id", "withdrawn"))
        late = [row for row in Use.objects.all() if row.at > ended[row.grant_id]]
        assert late == []
        assert later_in_the_database() == 0
        assert not GrantKey.objects.exists()
        assert ActRecord.objects.filter(act="withdrawn").count() == GRANTS
        assert ledger.faults() == []
    figure(f"{GRANTS} grants × {CALLS} calls: {kinds.count('read')} uses, 0 after withdrawal, 0 deadlocks")


def mixed(jobs: list[Callable[[], object]], chance: random.Random) -> list[Callable[[], object]]:
    chance.shuffle(jobs)
    return jobs


def later_in_the_database() -> int:
    """Uses whose transaction has a later number than that of the withdrawal of their grant.

    A transaction gets its number when it has the lock of the grant's row, so by these numbers a use after a
    withdrawal would stand behind it, whatever our clocks say.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM usage_use u JOIN sharing_actrecord a ON a.grant_id = u.grant_id"
            " WHERE a.act = 'withdrawn' AND u.xmin::text::bigint > a.xmin::text::bigint"
        )
        return int(cursor.fetchone()[0])


def test_of_fifty_readings_of_a_one_time_yes_at_once_one_counts(offering: Municipality):
    with acting_for(offering), transaction.atomic():
        session, consumer = new_session(), Consumer.objects.get()
        content = PurposeVersion.objects.get(purpose__slug="maatje-18").content
        purposes.publish("maatje-18", content | {"one_time": True})
        grant = gives(session, "maatje-18", {"over18": "yes"}).id

    def read() -> UUID:
        with acting_for(offering), transaction.atomic():
            return use.read(consumer, grant).id

    done = at_once([read] * 50)
    assert sum(isinstance(one, UUID) for one in done) == 1
    assert sum(isinstance(one, use.NoLongerShared) for one in done) == 49
    with acting_for(offering), transaction.atomic():
        assert Use.objects.count() == 1


def test_one_key_for_many_grants_at_once_is_one_use_and_the_others_are_unknown(offering: Municipality):
    with acting_for(offering), transaction.atomic():
        consumer, given = Consumer.objects.get(), [gives(new_session()).id for _ in range(AT_ONCE)]

    def read(grant: UUID) -> UUID:
        with acting_for(offering), transaction.atomic():
            return use.read(consumer, grant, use.Caller(key="een-sleutel")).id

    done = at_once([lambda grant=grant: read(grant) for grant in given])
    assert sum(isinstance(one, UUID) for one in done) == 1
    assert sum(isinstance(one, use.UnknownGrant) for one in done) == AT_ONCE - 1
    with acting_for(offering), transaction.atomic():
        assert Use.objects.count() == 1


def test_a_yes_in_two_tabs_a_stop_and_a_sweep_at_once_do_not_wait_for_each_other(offering: Municipality):
    with acting_for(offering), transaction.atomic():
        session = new_session()

    def give() -> str:
        with acting_for(offering), transaction.atomic():
            gives(session)
        return "given"

    def stop() -> str:
        with acting_for(offering), transaction.atomic():
            for grant in Grant.objects.filter(withdrawn=None).values_list("id", flat=True):
                grants.withdraw(session, grant)
        return "stopped"

    def sweep() -> str:
        with acting_for(offering), transaction.atomic():
            at = Grant.objects.order_by("given").values_list("given", flat=True).first()
            if at:
                grants.end_recalled(at)
                grants.erase_over(at)
        return "swept"

    done = at_once([give, stop, sweep] * 20)
    assert {"given", "stopped", "swept"} == set(done)
    with acting_for(offering), transaction.atomic():
        assert Grant.objects.filter(withdrawn=None).count() <= 1
        assert ActRecord.objects.filter(act="given").count() == 20
        assert ledger.faults() == []


def recalled(offering: Municipality) -> Callable[[], int]:
    given = [gives(new_session()) for _ in range(3)]
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    return lambda: grants.end_recalled(given[-1].given)


def over(offering: Municipality) -> Callable[[], int]:
    given = [gives(new_session(), "maatje-18", {"over18": "yes"}) for _ in range(3)]
    return lambda: grants.erase_over(given[-1].until)


@pytest.mark.parametrize("many", [recalled, over])
def test_of_many_that_end_together_each_lets_the_log_go_before_the_next(
    offering: Municipality, many: Callable[[Municipality], Callable[[], int]], monkeypatch: pytest.MonkeyPatch
):
    with acting_for(offering), transaction.atomic():
        end_all = many(offering)
    free, issue = [], receipts.issue

    def is_free() -> bool:
        try:
            with acting_for(offering), transaction.atomic():
                return LedgerHead.objects.select_for_update(nowait=True).exists()
        except OperationalError:
            return False
        finally:
            connection.close()

    def looks_first(*asked: object) -> object:
        with ThreadPoolExecutor(1) as another:
            free.append(another.submit(is_free).result())
        return issue(*asked)  # the last before the entry in the log

    monkeypatch.setattr(receipts, "issue", looks_first)
    with acting_for(offering):
        assert end_all() == 3
    assert free == [True, True, True]


def test_who_stops_while_a_backup_s_erasures_are_replayed_stops_and_neither_waits_for_the_other(
    offering: Municipality, tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
):
    settings.ERASURE_LIST = str(tmp_path / "erasures.jsonl")
    with acting_for(offering), transaction.atomic():
        session = new_session()
        back = {gives(new_session()).id, gives(session).id}
    for one in back:
        list_erasure(offering.id, one)
    one_is_erased, stops, erase_again, erased = Event(), Event(), grants.erase_again, []

    def erases(grant: UUID, at: datetime) -> bool:
        if erased:
            one_is_erased.set()
            stops.wait(30)
        erased.append(grant)
        return erase_again(grant, at)

    def stop() -> str:
        one_is_erased.wait(30)
        with acting_for(offering), transaction.atomic():
            theirs = next(iter(back - set(erased)))
            row = grants.locked(theirs)
            assert row is not None
            stops.set()
            sleep(0.3)  # long enough for the other to wait for this row
            grants.end(row, grants.By(), row.given, because="asked")
        connection.close()
        return "stopped"

    monkeypatch.setattr(grants, "erase_again", erases)
    with ThreadPoolExecutor(1) as resident:
        stopped = resident.submit(stop)
        call_command("replay_erasures")
        assert stopped.result() == "stopped"
    with acting_for(offering), transaction.atomic():
        assert not GrantKey.objects.exists()
        assert ledger.faults() == []


def test_who_stops_while_the_log_is_locked_too_long_is_told_so_and_whom_to_call(offering: Municipality):
    browser = Browser(offering, HELGA)
    browser.client.raise_request_exception = False
    with acting_for(offering), transaction.atomic():
        grant = gives(browser.session)
    held, enough = Event(), Event()

    def hold() -> None:
        with acting_for(offering), transaction.atomic():
            locked_head()
            held.set()
            enough.wait(30)
        connection.close()

    holder = Thread(target=hold)
    holder.start()
    held.wait(30)
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    try:
        browser.goes(f"/mijn/delen/stoppen/{grant.id}/").presses("Ja, stop met delen")
    finally:
        enough.set()
        holder.join()
        connection.close()
    assert (browser.status, browser.answer["Retry-After"]) == (503, "30")
    assert "Wat u net deed, is daardoor niet gelukt." in browser.text
    assert "(0999) 12 34 56" in browser.text
    with acting_for(offering), transaction.atomic():
        assert Grant.objects.get().withdrawn is None
    browser.goes(f"/mijn/delen/stoppen/{grant.id}/").presses("Ja, stop met delen")
    assert browser.status == 200


@pytest.mark.parametrize("act", ["withdraw", "recall", "stop the consumer"])
def test_who_ends_it_waits_for_the_reading_that_is_under_way(offering: Municipality, monkeypatch, act):
    with acting_for(offering), transaction.atomic():
        session, consumer = new_session(), Consumer.objects.get()
        grant = gives(session).id
    officer = Person(12, "Ingrid", frozenset({Role.OFFICER}))
    ends = {
        "withdraw": lambda: grants.withdraw(session, grant),
        "recall": lambda: purposes.recall("digitaal-bericht", "Ingrid", "De tekst klopte niet."),
        "stop the consumer": lambda: consumers_stopped.stop(consumer.id, officer, "Te veel.", stops=True),
    }
    checked, go_on, committed = Event(), Event(), []

    def paused(*asked):
        checked.set()
        assert go_on.wait(20)
        return read_version(*asked)

    monkeypatch.setattr(use, "read_version", paused)

    def reads() -> None:
        with acting_for(offering), transaction.atomic():
            use.read(consumer, grant)
            committed.append("read")  # the other goes on the moment this is committed

    def ends_it() -> None:
        with acting_for(offering), transaction.atomic():
            ends[act]()
        committed.append(act)

    with ThreadPoolExecutor(2) as threads:
        reading = threads.submit(closing(reads))
        assert checked.wait(20)
        ending = threads.submit(closing(ends_it))
        with pytest.raises(TimeoutError):
            ending.result(1)
        go_on.set()
        reading.result(20)
        ending.result(20)
    assert committed == ["read", act]
    with acting_for(offering), transaction.atomic(), pytest.raises(use.NoLongerShared):
        use.read(consumer, grant)


def test_two_readings_of_one_consumer_do_not_wait_for_each_other(offering: Municipality, monkeypatch):
    with acting_for(offering), transaction.atomic():
        consumer, given = Consumer.objects.get(), [gives(new_session()).id for _ in range(2)]
    both = Barrier(2)

    def met(*asked):
        both.wait(20)
        return read_version(*asked)

    monkeypatch.setattr(use, "read_version", met)

    def reads(grant: UUID) -> None:
        with acting_for(offering), transaction.atomic():
            use.read(consumer, grant)

    with ThreadPoolExecutor(2) as threads:
        for one in [threads.submit(closing(lambda grant=grant: reads(grant))) for grant in given]:
            one.result(30)


def closing(do: Callable[[], None]) -> Callable[[], None]:
    """Do it, and end the connection of this thread."""

    def job() -> None:
        try:
            do()
        finally:
            connection.close()

    return job
