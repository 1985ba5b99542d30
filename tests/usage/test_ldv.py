"""Each use becomes a line of the Logboek Dataverwerkingen: none is lost, and none says who it is about."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from uuid import uuid4

import pytest
from django.db import transaction

from portal.accounts.models import Resident
from portal.municipalities.acting import acting_for
from portal.sharing import use
from portal.usage.ldv import line
from portal.usage.logging_uses import LEASE, log_due
from portal.usage.models import LdvLine
from tests.sharing.conftest import gives, new_session

from .conftest import used

pytestmark = pytest.mark.django_db(transaction=True)
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"


class Log:
    """A receiver of OTLP over HTTP, and how it answers."""

    def __init__(self) -> None:
        self.spans: list[dict] = []
        self.refuses: set[str] = set()
        self.status, self.body = 200, b"{}"
        outer = self

        class Receiver(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                content = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                spans = content["resourceSpans"][0]["scopeSpans"][0]["spans"]
                refused = [one for one in spans if one["spanId"] in outer.refuses]
                if outer.status == 200:
                    outer.spans += [one for one in spans if one not in refused]
                body = outer.body
                if refused:
                    body = json.dumps({"partialSuccess": {"rejectedSpans": str(len(refused))}}).encode()
                self.send_response(outer.status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def log(settings) -> Iterator[Log]:
    made = Log()
    settings.LDV_URL = f"http://127.0.0.1:{made.server.server_port}/v1/traces"
    yield made
    made.server.shutdown()
    made.server.server_close()


@pytest.fixture
def resident(zandmeer):
    with acting_for(zandmeer), transaction.atomic():
        return Resident.objects.create(municipality=zandmeer).id


def unconfirmed(here) -> int:
    with acting_for(here), transaction.atomic():
        return LdvLine.objects.filter(confirmed=None).count()


def test_a_use_becomes_a_line_with_activity_pseudonym_and_the_callers_trace(
    offering, desk_at, settings, tmp_path
):
    settings.LDV_FILE = str(tmp_path / "log" / "ldv.jsonl")
    with acting_for(offering), transaction.atomic():
        session = new_session()
        grant = gives(session)
        reading = use.read(desk_at.row, grant.id, use.Caller(key="k1", trace=TRACE, span=SPAN))
        activity = reading.version.activity
    assert log_due(offering) == 1
    (text,) = (tmp_path / "log" / "ldv.jsonl").read_text().splitlines()
    written = json.loads(text)
    assert set(written) == {
        "trace_id", "span_id", "status_code", "name", "start_time", "end_time", "resource", "attributes",
        "foreign_operation",
    }  # fmt: skip
    assert written["trace_id"] == TRACE
    assert written["foreign_operation"] == {
        "trace_id": TRACE, "span_id": SPAN, "entity": f"urn:uuid:{desk_at.row.id}",
    }  # fmt: skip
    assert written["attributes"]["dpl.core.processing_activity_id"] == activity
    assert written["attributes"]["dpl.core.data_subject_id_type"] == "pairwise-pseudonym"
    for known in (str(session.subject), session.subject.hex, session.bsn.reveal(), "voorbeeld.example"):
        assert known not in text


def test_the_same_resident_has_one_pseudonym_and_each_municipality_its_own(zandmeer, veldrecht, resident):
    def pseudonym(here, use) -> str:
        with acting_for(here), transaction.atomic():
            return line(use).attributes["dpl.core.data_subject_id"]

    first, second = used(zandmeer, resident), used(zandmeer, resident)
    assert pseudonym(zandmeer, first) == pseudonym(zandmeer, second)
    assert pseudonym(zandmeer, first) != pseudonym(veldrecht, first)


@pytest.mark.parametrize(("trace", "span"), [("", ""), ("0" * 32, SPAN), (TRACE, "xyz"), ("Z" * 32, SPAN)])
def test_a_call_without_a_good_trace_gets_one_of_our_own(zandmeer, resident, trace, span):
    row = used(zandmeer, resident, trace=trace, span=span)
    with acting_for(zandmeer), transaction.atomic():
        written = line(row)
        again = line(row)
    assert len(written.trace_id) == 32
    assert written.trace_id != trace
    assert written.caller is None
    assert written.span_id == again.span_id


def test_the_log_is_sent_every_use_and_confirms_it(zandmeer, resident, log):
    for _number in range(3):
        used(zandmeer, resident, trace=TRACE, span=SPAN)
    assert log_due(zandmeer) == 3
    assert log_due(zandmeer) == 0
    assert len({one["spanId"] for one in log.spans}) == 3
    assert log.spans[0]["links"][0]["traceId"] == TRACE
    assert unconfirmed(zandmeer) == 0


@pytest.mark.parametrize(("status", "body"), [(503, b""), (200, b"not json"), (200, b"[]"), (302, b"")])
def test_a_log_that_does_not_confirm_is_asked_again_and_nothing_is_lost(
    zandmeer, resident, log, clock, status, body
):
    used(zandmeer, resident)
    log.status, log.body = status, body
    assert log_due(zandmeer) == 0
    assert log_due(zandmeer) == 0  # not at once
    assert unconfirmed(zandmeer) == 1
    log.status, log.body = 200, b"{}"
    clock.move(minutes=10)
    assert log_due(zandmeer) == 1


def test_a_line_that_the_log_refuses_holds_up_no_other(zandmeer, resident, log):
    rows = [used(zandmeer, resident) for _number in range(5)]
    with acting_for(zandmeer), transaction.atomic():
        log.refuses = {line(rows[2]).span_id}
    assert log_due(zandmeer) == 4
    assert unconfirmed(zandmeer) == 1


def test_a_log_that_is_down_costs_a_use_nothing(zandmeer, resident, settings):
    settings.LDV_URL = "http://127.0.0.1:9/v1/traces"
    used(zandmeer, resident)
    assert log_due(zandmeer) == 0
    assert unconfirmed(zandmeer) == 1


def test_what_a_killed_worker_had_is_logged_after_its_lease(zandmeer, resident, log, clock):
    used(zandmeer, resident)
    with acting_for(zandmeer), transaction.atomic():
        LdvLine.objects.update(leased_until=clock.time + LEASE)
    assert log_due(zandmeer) == 0
    clock.move(seconds=LEASE.total_seconds() + 1)
    assert log_due(zandmeer) == 1


def test_without_a_log_the_lines_wait_for_one(zandmeer, resident, settings, tmp_path):
    used(zandmeer, resident)
    assert log_due(zandmeer) == 0
    settings.LDV_FILE = str(tmp_path / "ldv.jsonl")
    assert log_due(zandmeer) == 1


def test_a_use_that_was_taken_back_with_its_call_is_not_logged(zandmeer, resident, log):
    with acting_for(zandmeer), transaction.atomic():
        from portal.usage.models import Use

        Use.objects.create(
            municipality=zandmeer, subject_id=resident, who="x", purpose="x", ground="x", consumer_id=uuid4(),
            at=used(zandmeer, resident).at,
        )  # fmt: skip
        transaction.set_rollback(True)
    assert log_due(zandmeer) == 0
