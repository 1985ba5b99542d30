"""What happens later happens: through dead consumers, killed workers and several workers at once."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import wraps
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from threading import Condition, Event, Thread
from time import monotonic
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import DataError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone

from portal.accounts.models import ResidentSession
from portal.municipalities import turns
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing import acts, feed, grants, purposes, sweeper
from portal.sharing.management.commands import worker
from portal.sharing.models import Consumer, Disclosure, Duty, Grant, GrantKey, Sharing, SignedHead
from portal.sharing.sweeper import LEASE, list_erasure, sweep, tidy

from .conftest import gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 30.0


class Listener:
    """A consumer's ear: what it heard, and how it answers."""

    def __init__(self) -> None:
        self.heard: list[dict] = []
        self.status = 204
        self.waits: Event | None = None
        self.changed = Condition()
        outer = self

        class Ear(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with outer.changed:
                    outer.heard.append(event)
                    outer.changed.notify_all()
                if outer.waits:
                    outer.waits.wait(PATIENCE)
                try:
                    self.send_response(outer.status)
                    self.end_headers()
                except ConnectionError:
                    pass

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Ear)
        Thread(target=self.server.serve_forever, daemon=True).start()

    def hears(self, number: int) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: len(self.heard) >= number, PATIENCE), self.heard


@pytest.fixture
def listener(offering) -> Iterator[Listener]:
    made = Listener()
    with acting_for(offering), transaction.atomic():
        Consumer.objects.update(events_url=f"http://127.0.0.1:{made.server.server_port}/events")
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture(autouse=True)
def erasure_list(settings, tmp_path) -> Path:
    settings.ERASURE_LIST = str(tmp_path / "elsewhere" / "erasures.jsonl")
    return Path(settings.ERASURE_LIST)


def stopped(offering: Municipality) -> Grant:
    """A grant that was given and stopped."""
    with acting_for(offering), transaction.atomic():
        session = new_session()
        return grants.withdraw(session, gives(session).id)


def duties(offering: Municipality, **which: object) -> int:
    with acting_for(offering), transaction.atomic():
        return Duty.objects.filter(**which).count()


def test_the_consumer_hears_what_happened_and_no_value(offering, listener):
    grant = stopped(offering)
    assert sweep(offering) == 3
    assert [event["type"] for event in listener.heard] == [
        "nl.zandmeer.toestemming.gegeven", "nl.zandmeer.toestemming.ingetrokken",
    ]  # fmt: skip
    assert {event["data"]["toestemming"] for event in listener.heard} == {str(grant.id)}
    assert "voorbeeld" not in json.dumps(listener.heard)
    assert sweep(offering) == 0


def test_the_erasure_is_listed_outside_the_database_also_when_the_consumer_is_silent(offering, erasure_list):
    grant = stopped(offering)
    assert sweep(offering) == 1
    assert json.loads(erasure_list.read_text()) == {
        "municipality": str(offering.id), "grant": str(grant.id),
    }  # fmt: skip
    assert duties(offering, done=None) == 2


def test_a_consumer_that_refuses_is_told_again_later_and_not_at_once(offering, listener):
    listener.status = 500
    stopped(offering)
    sweep(offering)
    assert len(listener.heard) == 1
    assert sweep(offering) == 0
    assert len(listener.heard) == 1
    listener.status = 204
    with acting_for(offering), transaction.atomic():
        Duty.objects.filter(done=None).update(due=timezone.now())
    assert sweep(offering) == 2


def test_all_that_is_due_to_a_silent_consumer_keeps_no_other_waiting(offering, listener):
    """Far more than fits in a turn, and all of it older than what another consumer must hear."""
    with acting_for(offering), transaction.atomic():
        dead, other = Consumer.objects.get(), Consumer.objects.get()
        other.id, other.slug = uuid4(), "andere-balie"
        other.save(force_insert=True)
        Consumer.objects.filter(id=dead.id).update(events_url="http://127.0.0.1:9/events")
        grant = gives(new_session())
        told = Duty.objects.get(kind=Duty.TELL_CONSUMER)
        now = told.due
        for number in range(50):
            told.id, told.consumer = uuid4(), dead if number < 49 else other
            told.due = now - timedelta(minutes=50 - number)
            told.save(force_insert=True)
    turns = 0
    while not listener.heard:
        assert sweeper.tell(offering) == 0 or listener.heard
        turns += 1
    assert turns == 3
    assert duties(offering, kind=Duty.TELL_CONSUMER, grant=grant, done=None) == 50
    assert duties(offering, consumer=dead, attempts=0) == 50 - 2 * sweeper.MESSAGES_AT_ONCE

    wait = timedelta(0)
    for _ in range(20):  # however often it was silent, it is tried again within a minute
        sweeper._leave_alone(dead.id)
        wait = sweeper._silent[dead.id][1] - timezone.now()
    assert timedelta(seconds=50) < wait <= sweeper.LEFT_ALONE
    sweeper._silent[dead.id] = 20, timezone.now()
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(id=dead.id).update(events_url=Consumer.objects.get(id=other.id).events_url)
    assert sweeper.tell(offering) == sweeper.MESSAGES_AT_ONCE
    assert dead.id not in sweeper._silent


def test_a_duty_that_one_worker_has_is_not_taken_by_another(offering, listener):
    stopped(offering)
    listener.waits = Event()
    first = Thread(target=lambda: (sweep(offering), connection.close()))
    first.start()
    listener.hears(1)
    assert sweep(offering) == 0
    listener.waits.set()
    first.join()
    assert len(listener.heard) == 2


def test_a_worker_killed_in_the_midst_loses_nothing(offering, listener, erasure_list):
    stopped(offering)
    listener.waits = Event()
    worker = start_worker(erasure_list)
    listener.hears(1)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    listener.waits.set()
    listener.waits = None
    assert duties(offering, done=None, kind=Duty.TELL_CONSUMER) == 2
    with acting_for(offering), transaction.atomic():  # time goes by
        Duty.objects.filter(leased_until__isnull=False).update(leased_until=F("leased_until") - LEASE)

    again = start_worker(erasure_list)
    listener.hears(3)
    end = monotonic() + PATIENCE
    while duties(offering, done=None):
        assert monotonic() < end
        Event().wait(0.05)
    again.terminate()
    assert again.wait(PATIENCE) == 0
    assert {event["type"].rpartition(".")[2] for event in listener.heard} == {"gegeven", "ingetrokken"}


def test_a_worker_whose_database_is_not_there_yet_waits_for_it(erasure_list):
    with create_server(("127.0.0.1", 0)) as closing_at_once:
        worker = start_worker(erasure_list, port=closing_at_once.getsockname()[1])
        closing_at_once.settimeout(PATIENCE)
        for _try in range(3):
            closing_at_once.accept()[0].close()
        worker.terminate()
    assert worker.wait(PATIENCE) == 0


def start_worker(erasure_list: Path, port: int | None = None) -> "subprocess.Popen[bytes]":
    """The worker as a process of its own, on the tests' database unless another port is said."""
    made = connection.settings_dict
    host = f"{made['HOST']}:{port or made['PORT']}"
    url = f"postgresql://{made['USER']}:{made['PASSWORD']}@{host}/{made['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "ERASURE_LIST": str(erasure_list)}
    environment["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    return subprocess.Popen(
        [sys.executable, "manage.py", "worker", "--seconds", "0.05"], cwd=ROOT, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def test_what_was_proven_goes_when_the_session_idles_out(offering):
    with acting_for(offering), transaction.atomic():
        session = new_session()
        sharing = acts.begin(session, purposes.newest("digitaal-bericht", "nl"))
        acts.choose(session, sharing.id, [])
        disclosure = acts.ask(session, sharing.id, "other_device")
        acts.prove(sharing.id, disclosure.id, {"email": "h@voorbeeld.example"})
        ResidentSession.objects.update(last_active=timezone.now() - timedelta(minutes=15))
    sweep(offering)
    with acting_for(offering), transaction.atomic():
        assert not ResidentSession.objects.exists()
        assert not Disclosure.objects.exists()
        assert Sharing.objects.exists()


def test_values_whose_time_is_over_are_erased_told_and_listed(offering, listener, erasure_list, clock):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session(), "maatje-18", {"over18": "yes"})
    sweep(offering)
    clock.time = grant.until
    sweep(offering)
    with acting_for(offering), transaction.atomic():
        assert Grant.objects.get().values is None
        assert not GrantKey.objects.exists()
    assert listener.heard[-1]["type"].endswith(".verlopen")
    assert str(grant.id) in erasure_list.read_text()


def test_what_a_restored_backup_brought_back_is_erased_again(offering, erasure_list, clock):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
        erasure_list.parent.mkdir(parents=True)
        erasure_list.write_text(json.dumps({"municipality": str(offering.id), "grant": str(grant.id)}) + "\n")
    call_command("replay_erasures")
    with acting_for(offering), transaction.atomic():
        back = Grant.objects.get()
        assert (back.values, back.withdrawn) == (None, clock())
        assert not GrantKey.objects.exists()


def test_a_line_that_a_crash_cut_off_costs_the_list_nothing_else(offering, erasure_list):
    with acting_for(offering), transaction.atomic():
        grant = gives(new_session())
    erasure_list.parent.mkdir(parents=True)
    erasure_list.write_text('{"municipality": "1f')
    list_erasure(offering.id, grant.id)

    call_command("replay_erasures")

    with acting_for(offering), transaction.atomic():
        assert Grant.objects.get().values is None


def test_the_log_of_every_municipality_can_be_verified_with_one_command(offering, capsys):
    stopped(offering)
    call_command("ledger", "verify")
    assert "zandmeer: whole" in capsys.readouterr().out


def test_a_worker_that_is_told_to_stop_begins_no_other_step(zandmeer, veldrecht, monkeypatch):
    """Each step may wait its full time for a database or consumer that is already gone."""
    begun: list[str] = []

    def step(municipality: Municipality) -> int:
        begun.append(municipality.slug)
        signal.raise_signal(signal.SIGTERM)
        return 0

    before = [signal.getsignal(name) for name in (signal.SIGTERM, signal.SIGINT)]
    monkeypatch.setattr(worker, "OF_OUR_OWN", (step,))
    monkeypatch.setattr(worker, "TO_OTHERS", ())
    monkeypatch.setattr(worker, "SLOWLY", ())
    try:
        call_command("worker")
    finally:
        signal.signal(signal.SIGTERM, before[0])
        signal.signal(signal.SIGINT, before[1])
    assert len(begun) == 1


def test_trouble_of_another_room_holds_up_no_erasure(offering, erasure_list, monkeypatch, caplog):
    def falls_over(_at: object) -> None:
        raise RuntimeError("999970458")

    monkeypatch.setattr(turns, "_steps", [falls_over])
    grant = stopped(offering)
    sweep(offering)
    assert str(grant.id) in erasure_list.read_text()
    assert "RuntimeError" in caplog.text
    assert "999970458" not in caplog.text


@pytest.mark.parametrize("place", range(len(sweeper.OURS)), ids=lambda place: sweeper.OURS[place].__name__)
def test_a_row_that_one_step_cannot_read_holds_up_no_other_step(
    offering, erasure_list, monkeypatch, caplog, place
):
    def meets_it(_at: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT '9999-12-31T23:59:59-14:00'::timestamptz")
            cursor.fetchone()

    done: list[object] = []

    def counted(step: Callable[[datetime], object]) -> Callable[[datetime], object]:
        return wraps(step)(lambda at: done.append(step(at)))

    steps = [*map(counted, sweeper.OURS)]
    steps[place] = meets_it
    monkeypatch.setattr(sweeper, "OURS", steps)
    grant = stopped(offering)

    assert tidy(offering) == 1

    assert str(grant.id) in erasure_list.read_text()
    with acting_for(offering), transaction.atomic():
        assert SignedHead.objects.count() == 1
    assert len(done) == len(steps) - 1
    assert f"zandmeer: {__name__}.meets_it failed: {DataError.__name__}" in caplog.text
    assert "9999" not in caplog.text


@pytest.mark.parametrize("step", ["days.seal", "forget_over", "_take", "ENDS"])
def test_a_head_is_signed_also_where_ending_sealing_forgetting_or_listing_falls_over(
    offering, monkeypatch, step
):
    fallen = [falls_over] if step == "ENDS" else falls_over
    monkeypatch.setattr(f"portal.sharing.sweeper.{step}", fallen)
    stopped(offering)

    tidy(offering)

    with acting_for(offering), transaction.atomic():
        assert SignedHead.objects.count() == 1


def test_a_database_that_is_gone_ends_the_turn_at_its_first_step(offering, monkeypatch):
    begun: list[str] = []

    def loses_it(_at: object) -> None:
        begun.append("a step")
        raise OperationalError

    monkeypatch.setattr(sweeper, "OURS", [loses_it, loses_it])
    monkeypatch.setattr(connection, "connect", loses_it_for_good)

    with pytest.raises(OperationalError):
        tidy(offering)
    assert begun == ["a step"]


def test_a_duty_that_cannot_be_read_holds_up_none_after_it(offering, listener, monkeypatch):
    read, read_before = feed.event_of, []

    def event_of(duty: Duty) -> object:
        read_before.append(duty.id)
        return read(duty) if len(read_before) > 1 else falls_over()

    monkeypatch.setattr(feed, "event_of", event_of)
    with acting_for(offering), transaction.atomic():
        other = Consumer.objects.get()
        other.id, other.slug = uuid4(), "andere-balie"
        other.save(force_insert=True)
    stopped(offering)
    with acting_for(offering), transaction.atomic():
        last = Duty.objects.filter(kind=Duty.TELL_CONSUMER).order_by("-due").first()
        Duty.objects.filter(id=last.id).update(consumer=other)

    assert sweeper.tell(offering) == 1

    assert len(listener.heard) == 1
    assert duties(offering, kind=Duty.TELL_CONSUMER, done=None, leased_until=None) == 1


def falls_over(*_given: object) -> None:
    raise ValueError("year 10000 is out of range")


def loses_it_for_good() -> None:
    raise OperationalError
