"""Signed heads: when they are made, who may see them when, and how they get outside the database."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.core.management import call_command
from django.db import transaction

from demo.witness.shelf import Refused, Shelf
from portal.municipalities import signing
from portal.municipalities.acting import acting_for
from portal.sharing import grants
from portal.sharing.ledger import deposits, heads, tree
from portal.sharing.models import ActRecord, Deposit, SignedHead
from portal.sharing.sweeper import sweep
from tests.sharing.conftest import gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)


class Witness:
    """A second party, and how it answers."""

    def __init__(self, folder: Path) -> None:
        self.status, self.heard, self.shelf, self.keys = 204, [], Shelf(folder), []
        outer = self

        class Inbox(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                given = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.heard.append(given)
                if outer.status == 204:
                    outer.shelf.take(given, outer.keys)
                self.send_response(outer.status)
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Inbox)
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def witness(tmp_path, settings, offering) -> Iterator[Witness]:
    made = Witness(tmp_path / "witness")
    settings.LEDGER_WITNESS_URL = f"http://127.0.0.1:{made.server.server_port}/koppen"
    with acting_for(offering), transaction.atomic():
        made.keys = signing.key_set()["keys"]
    yield made
    made.server.shutdown()
    made.server.server_close()


def given_once(offering) -> None:
    with acting_for(offering), transaction.atomic():
        gives(new_session())


def test_a_head_is_made_each_minute_that_something_changed_and_else_not(offering, clock):
    clock.time = clock.time.replace(second=30)
    with acting_for(offering), transaction.atomic():
        assert heads.make(clock()) is None
        gives(new_session())
        assert heads.make(clock()).size == 1
        gives(new_session())
        clock.move(seconds=20)
        assert heads.make(clock()) is None
        clock.move(seconds=20)
        assert heads.make(clock()).size == 2
        clock.move(minutes=5)
        assert heads.make(clock()) is None


def test_the_worker_brings_every_head_to_the_file_and_to_the_second_party(offering, witness, outside, clock):
    for _ in range(3):
        given_once(offering)
        sweep(offering)
        clock.move(minutes=1)
    kept = witness.shelf.heads("urn:gemeente:9901:logboek")
    lines = [json.loads(one) for one in (outside / "heads.jsonl").read_text().splitlines()]
    assert [one["grootte"] for one in kept] == [1, 2, 3]
    assert [{**one, "municipality": str(offering.id)} for one in kept] == lines
    with acting_for(offering), transaction.atomic():
        assert not Deposit.objects.filter(done=None).exists()


def test_a_second_party_that_is_down_gets_all_heads_later_in_order(offering, witness, clock):
    witness.status = 503
    for _ in range(2):
        given_once(offering)
        sweep(offering)
        clock.move(minutes=1)
    assert len(witness.heard) >= 1
    witness.status = 204
    clock.move(hours=2)
    sweep(offering)
    assert [one["grootte"] for one in witness.shelf.heads("urn:gemeente:9901:logboek")] == [1, 2]


def test_a_second_party_that_is_back_has_all_heads_within_minutes_however_long_it_was_down(
    offering, witness, clock
):
    def minutes(number: int, turn: float) -> None:
        for _ in range(number):
            with acting_for(offering):
                with transaction.atomic():
                    gives(new_session())
                    heads.sign(clock())
                for _ in range(int(60 / turn)):
                    deposits.deliver()
                    clock.move(seconds=turn)

    witness.status = 503
    minutes(4, turn=2)
    tries = len(witness.heard)
    assert tries < 10  # left alone for longer each time, however many heads wait
    witness.status = 204
    minutes(6, turn=5)
    assert [one["grootte"] for one in witness.shelf.heads("urn:gemeente:9901:logboek")] == [*range(1, 11)]
    assert len(witness.heard) == tries + 10  # none before its turn


def test_two_workers_bring_a_head_once(offering, witness, clock):
    given_once(offering)
    with acting_for(offering), transaction.atomic():
        heads.sign(clock())
        assert [one.head.size for one in deposits._take(Deposit.WITNESS, clock())] == [1]
    clock.move(minutes=1, seconds=-1)
    with acting_for(offering):
        given_once(offering)
        with transaction.atomic():
            heads.sign(clock())
        assert deposits.deliver() == 2  # to the file; the second party's oldest is under way
        clock.move(seconds=2)
        assert deposits.deliver() == 2  # that worker is gone


def test_nobody_sees_a_head_that_does_not_lie_outside_the_database_yet(offering, clock):
    given_once(offering)
    with acting_for(offering):
        with transaction.atomic():
            heads.sign(clock())
            assert heads.published() is None
        deposits.deliver()
        with transaction.atomic():
            assert heads.published().size == 1


def test_the_second_party_refuses_what_is_forged_or_did_not_grow(offering, witness, clock):
    with acting_for(offering), transaction.atomic():
        gives(new_session())
        first = deposits.for_witness(heads.sign(clock()))
        gives(new_session())
        clock.move(minutes=1)
        second = deposits.for_witness(heads.sign(clock()))
    shelf = witness.shelf
    shelf.take(first, witness.keys)
    for forged in (
        {**second, "kop": {**second["kop"], "grootte": 3}},
        {**second, "kop": {**second["kop"], "logboek": "urn:gemeente:9902:logboek"}},
        {**second, "pad": [bytes(32).hex()]},
        {**second, "pad": []},
    ):
        with pytest.raises(Refused):
            shelf.take(forged, witness.keys)
    with pytest.raises(Refused):
        shelf.take(second, [])
    shelf.take(second, witness.keys)
    shelf.take(second, witness.keys)
    assert len(shelf.heads("urn:gemeente:9901:logboek")) == 2
    with pytest.raises(Refused, match="did not grow"):
        shelf.take({**first, "kop": {**first["kop"], **resigned(offering, first["kop"])}}, witness.keys)


def resigned(offering, head: dict) -> dict:
    """An earlier head signed again at a later time, as a municipality that rewrote its log would."""
    from django.utils import timezone

    with acting_for(offering), transaction.atomic():
        row = SignedHead.objects.get(size=1)
        row.at = timezone.now()
        from portal.municipalities import signing

        text = heads.text(head["logboek"], row.size, bytes(row.root), row.at)
        row.key, row.signature = signing.sign(text)
        return heads.shown(row)


def test_the_head_on_a_receipt_is_the_first_that_covers_the_act_else_the_last_before(offering, clock):
    with acting_for(offering):
        with transaction.atomic():
            session = new_session()
            grant = gives(session)
            assert heads.printed(0) is None
            heads.sign(clock())
        deposits.deliver()
        clock.move(minutes=1)
        with transaction.atomic():
            grants.withdraw(session, grant.id)
            assert heads.printed(1).size == 1
            heads.sign(clock())
        deposits.deliver()
        clock.move(minutes=1)
        with transaction.atomic():
            gives(session)
            heads.sign(clock())
        deposits.deliver()
        with transaction.atomic():
            assert [heads.printed(at).size for at in (0, 1, 2)] == [1, 2, 3]


def test_a_head_is_the_root_over_all_entries_and_two_workers_make_one(offering, clock):
    given_once(offering)
    with acting_for(offering), transaction.atomic():
        head = heads.make(clock())
        leaves = [bytes(one) for one in ActRecord.objects.values_list("entry__leaf", flat=True)]
        assert bytes(head.root) == tree.root(leaves)
        assert heads.make(clock()) is None


def test_an_operator_sees_heads_and_what_waits(offering, clock, capsys):
    given_once(offering)
    sweep(offering)
    call_command("ledger", "heads")
    said = capsys.readouterr().out
    assert "zandmeer: 1 entries; head 1 signed at" in said
    assert "0 to deposit" in said
