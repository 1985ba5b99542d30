"""Scanned first, then put with its case once: whatever is killed when, and whatever the other side does.

There is no transaction on the other side. Before and after each call that makes a record, the process is
killed, or the answer is lost; then the worker goes on, and what the case system holds is counted.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from demo.registers import zgw_made
from demo.registers.scanner import Scanner
from demo.registers.serving import Asked, Register, Reply
from demo.registers.zgw_store import Store
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.notices.models import Notice
from portal.registers.zaken import adding, turn
from portal.sharing.overdue import overdue
from portal.uploads import leases, working
from portal.uploads.states import State
from portal.uploads.working import work_due
from tests.conftest import Clock
from tests.mijn.conftest import body_of, signed_in

from . import files
from .conftest import Case, InParts, added, parts, sent, uploads

LARGE = files.pdf() + bytes(100_000)
REGISTER_PART = 40_000
WRITES = 6
"""A document without content, three parts, the unlocking, the enclosure."""
FAULTS = ("not there", "answer lost", "nonsense")


class Killed(BaseException):
    """The process is gone: nobody catches it, nothing is written after it."""


@dataclass
class Line:
    """Between portal and case system; `cut` says what goes wrong at which write, once."""

    writes: int = 0
    cut: dict[int, str] = field(default_factory=dict)
    tells_lock_once: bool = False


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three parts for a small file; no busy machine stops the worker."""
    monkeypatch.setattr(zgw_made, "PART", REGISTER_PART)
    monkeypatch.setattr(adding, "SMALL", 10_000)
    monkeypatch.setattr(working, "A_TURN", 120.0)
    monkeypatch.setattr(turn, "ONE_CALL", 60.0)


@pytest.fixture
def line(zaken_fake: Register, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    """Counts the writes, and loses the question, the answer, or its sense."""
    between, respond = Line(), zaken_fake.respond

    def answer(asked: Asked) -> Reply:
        if asked.method == "GET" or asked.path.endswith("_zoek"):
            return without_locks(respond(asked)) if between.tells_lock_once else respond(asked)
        between.writes += 1
        what = between.cut.pop(between.writes, "")
        if what == "not there":
            return Reply(503, {"title": "weg"})
        reply = respond(asked)
        if what == "answer lost":
            return Reply(502, {"title": "weg"})
        return Reply(reply.status, {"geen": "url"}) if what == "nonsense" else reply

    monkeypatch.setattr(zaken_fake, "respond", answer)
    return between


def without_locks(reply: Reply) -> Reply:
    """As a register answers that tells the lock when a document is made, and never again."""
    body = reply.body
    if isinstance(body, dict) and body.get("bestandsdelen"):
        bare = [{**part, "lock": ""} for part in body["bestandsdelen"]]
        return Reply(reply.status, {**body, "bestandsdelen": bare}, reply.headers)
    return reply


def worker_goes_on(here: Municipality, clock: Clock, turns: int = 4) -> None:
    """Turns of the worker, each when the lease of whoever was killed is over."""
    for _turn in range(turns):
        clock.move(minutes=20)
        work_due(here)


def whole(store: Store, here: Municipality, case: Case, content: bytes = LARGE) -> None:
    """One document with the case, all of it, free to be read; and nothing of it left with us."""
    ((document, there),) = added(store, case)
    (row,) = uploads(here)
    assert there == content
    assert (document["locked"], document["bestandsdelen"]) == (False, [])
    assert len(store.documenten) == 1
    assert row.state == State.DELIVERED
    assert (row.lock, row.lease, parts(here)) == ("", None, 0)


def test_undisturbed_a_large_document_goes_in_parts(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line
) -> None:
    sent(helga, dormer, LARGE)
    work_due(mijn)
    whole(store, mijn, dormer)
    assert line.writes == WRITES


@pytest.mark.parametrize("number", [1, 2, 5, 6])  # made, a part, unlocked, enclosed
@pytest.mark.parametrize("what", FAULTS)
def test_a_write_that_goes_wrong_is_made_up_for(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line, clock: Clock,
    what: str, number: int,
) -> None:  # fmt: skip
    line.cut[number] = what
    address = sent(helga, dormer, LARGE)["Location"]
    work_due(mijn)
    if uploads(mijn)[0].state != State.DELIVERED:
        assert "Er is niets weg" in body_of(helga.get(address))
    worker_goes_on(mijn, clock)
    whole(store, mijn, dormer)


@pytest.mark.parametrize("number", [1, 2, 3, 6, 7])  # to make, its lock, a part, to unlock, to enclose
@pytest.mark.parametrize("after", [False, True])
def test_killed_at_any_note_the_worker_makes_it_whole(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line, clock: Clock,
    number: int, after: bool,
) -> None:  # fmt: skip
    sent(helga, dormer, LARGE)
    killed_at(mijn, number, after=after)
    worker_goes_on(mijn, clock)
    whole(store, mijn, dormer)


def killed_at(here: Municipality, number: int, *, after: bool) -> None:
    """Let the worker begin, and kill it before or after the n-th time that it writes something down."""
    real, times = leases.hold, 0

    def noting(*args: Any, **values: Any) -> None:
        nonlocal times
        times += 1
        if times == number and not after:
            raise Killed
        real(*args, **values)
        if times == number:
            raise Killed

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(leases, "hold", noting)
        with pytest.raises(Killed):
            work_due(here)


@pytest.mark.parametrize("act", ["PASS", "DELIVER"])
def test_killed_before_a_step_is_written_down_it_is_taken_again(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line, clock: Clock, act: str
) -> None:
    sent(helga, dormer, LARGE)
    real = leases.step

    def stepping(upload: Any, taken: Any, reason: str = "") -> None:
        if taken.name == act:
            raise Killed
        real(upload, taken, reason)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(leases, "step", stepping)
        with pytest.raises(Killed):
            work_due(mijn)
    worker_goes_on(mijn, clock)
    whole(store, mijn, dormer)
    assert line.writes == WRITES  # nothing was made a second time


def test_a_register_that_never_tells_the_lock_again_gets_the_document_anew(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line, clock: Clock
) -> None:
    line.tells_lock_once, line.cut[1] = True, "answer lost"
    sent(helga, dormer, LARGE)
    work_due(mijn)
    worker_goes_on(mijn, clock)
    whole(store, mijn, dormer)


def test_a_small_document_goes_at_once(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line
) -> None:
    sent(helga, dormer, files.TEXT, "uitleg.txt")
    work_due(mijn)
    whole(store, mijn, dormer, files.TEXT)
    assert line.writes == 2


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_needs_a_transaction_that_somebody_else_opened(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, zaken_fake: Register, line: Line,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from portal.municipalities import keys

    for name in ("_by_id", "_newest"):  # as in a process that never met this key
        asked = getattr(keys, name).__wrapped__
        each_time = type("EachTime", (), {"__call__": staticmethod(asked), "cache_clear": lambda _self: None})
        monkeypatch.setattr(keys, name, each_time())
    zaken_fake.misbehave("500")
    assert sent(helga, dormer, LARGE).status_code == 503
    zaken_fake.misbehave("none")
    (row,) = uploads(mijn)
    assert helga.post(dormer.add, {"titel": "", "bestaand": str(row.id)}).status_code == 302
    assert work_due(mijn) == 1
    whole(store, mijn, dormer)
    assert InParts(helga, dormer, files.pdf() + bytes(50_000)).all_of_it()
    assert work_due(mijn) == 1


def test_two_workers_make_one_document(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line, clock: Clock
) -> None:
    sent(helga, dormer, LARGE)
    with acting_for(mijn):
        (slow,) = leases.take_due(clock.time, 5)
        assert leases.take_due(clock.time, 5) == []
    worker_goes_on(mijn, clock)
    with acting_for(mijn), pytest.raises(leases.LeaseLost):
        leases.hold(slow)
    whole(store, mijn, dormer)


def test_a_virus_never_reaches_the_case_system_and_the_file_is_gone(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line
) -> None:
    address = sent(helga, dormer, files.pdf() + files.EICAR)["Location"]
    work_due(mijn)
    page = body_of(helga.get(address))
    (row,) = uploads(mijn)

    assert (row.state, row.reason, parts(mijn), line.writes) == (State.REFUSED, "virus", 0, 0)
    assert "er zit een virus in" in page
    assert "Laat uw computer of telefoon controleren" in page
    assert row.number in page
    assert "er zit een virus in" in body_of(helga.get(dormer.page))
    with acting_for(mijn), transaction.atomic():
        assert Notice.objects.filter(kind="case", cause=row.id, subject_id=row.resident_id).count() == 1
    assert sent(helga, dormer, files.pdf()).status_code == 302  # a clean one is welcome


def test_while_the_scanner_is_down_a_document_stays_in_quarantine_and_its_resident_is_told(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, clamd: Scanner, line: Line, clock: Clock
) -> None:
    clamd.page.misbehave("500")
    address = sent(helga, dormer, LARGE)["Location"]
    work_due(mijn)
    page = body_of(helga.get(address))

    assert uploads(mijn)[0].state == State.QUARANTINE
    assert "De controle op virussen werkt nu niet" in page
    assert "U hoeft niets te doen" in page
    assert line.writes == 0
    clock.move(minutes=31)
    with acting_for(mijn), transaction.atomic():
        (late,) = overdue(clock.time)
    assert late.what == "not_scanned"
    assert "scanner" in late.about

    clamd.page.misbehave("none")
    worker_goes_on(mijn, clock)
    whole(store, mijn, dormer)
    with acting_for(mijn), transaction.atomic():
        assert overdue(clock.time) == []


def test_a_scanner_that_failed_is_left_alone_for_a_while(
    helga: Client, mijn: Municipality, dormer: Case, clamd: Scanner, clock: Clock
) -> None:
    clamd.page.misbehave("500")
    for number in range(3):
        sent(helga, dormer, files.TEXT + str(number).encode(), "brief.txt")
    work_due(mijn)
    assert clamd.page.calls.count("INSTREAM") == 1
    assert {one.state for one in uploads(mijn)} == {State.QUARANTINE}


def test_a_case_that_ended_meanwhile_gets_no_document_and_its_resident_is_told(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line, clock: Clock
) -> None:
    address = sent(helga, dormer, LARGE)["Location"]
    line.cut[WRITES] = "not there"  # all but the enclosure is there
    work_due(mijn)
    store.zaken[dormer.url]["einddatum"] = "2026-11-28"
    worker_goes_on(mijn, clock)
    (row,) = uploads(mijn)

    assert (row.state, row.reason, parts(mijn)) == (State.FAILED, "case_closed", 0)
    assert store.documenten == {}  # nor is it left behind there
    page = body_of(signed_in(mijn).get(address))  # the first session is over by now
    assert "Uw zaak was al afgerond" in page
    assert row.number in page


def test_a_file_that_was_changed_in_the_database_is_not_delivered(
    helga: Client, mijn: Municipality, dormer: Case, store: Store, line: Line
) -> None:
    from portal.uploads.models import UploadPart

    sent(helga, dormer, LARGE)
    with acting_for(mijn), transaction.atomic():
        first, second = UploadPart.objects.order_by("place")[:2]
        UploadPart.objects.filter(id=first.id).update(place=99)
        UploadPart.objects.filter(id=second.id).update(place=0)
        UploadPart.objects.filter(id=first.id).update(place=1)
    work_due(mijn)
    (row,) = uploads(mijn)
    assert (row.state, row.problem, line.writes) == (State.CLEAN, "Damaged", 0)


def test_nothing_readable_of_a_document_lies_in_the_database(
    helga: Client, mijn: Municipality, dormer: Case
) -> None:
    from django.db import connection

    sent(helga, dormer, files.TEXT, "medische-verklaring.txt", titel="Verklaring van mijn arts")
    with acting_for(mijn), transaction.atomic(), connection.cursor() as cursor:
        for table in ("uploads_upload", "uploads_uploadpart"):
            cursor.execute(f"SELECT * FROM {table}")
            rows = str(
                [[bytes(one) if isinstance(one, memoryview) else one for one in row] for row in cursor]
            )
            for word in ("medische", "Verklaring", "dakkapel", "ZM-0507"):
                assert word not in rows


def as_bytes(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value
