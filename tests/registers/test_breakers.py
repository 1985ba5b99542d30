"""Who hangs is left alone by every process, and tried again by one of them."""

import os
import subprocess
import sys
import threading
import time
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers import breakers
from portal.registers import gather as gathering
from portal.registers.answers import Found, Late, Skipped
from portal.registers.breakers import LONGEST, left_alone, remember
from portal.registers.gather import Question, ask_one, gather
from portal.registers.models import Breaker
from portal.registers.response_times import lately
from portal.registers.zaken import turn

from .test_gather import SHORT, hang, question, say, server, something


@pytest.fixture(autouse=True)
def fair(monkeypatch: pytest.MonkeyPatch) -> None:
    """What these tests give a register is enough, unless they say otherwise."""
    monkeypatch.setattr(gathering, "FAIR", 0.0)


def rests(register: UUID, seconds: float) -> Breaker:
    """A register that hung once, and rests for so long."""
    until = timezone.now() + timedelta(seconds=seconds)
    return Breaker.objects.create(connection=register, closed_until=until)


def test_while_all_is_well_it_costs_one_query_and_no_write(here: Municipality) -> None:
    with server(say(200)) as register, CaptureQueriesContext(connection) as queries:
        assert ask_one(question(register)) == Found({})

    sql = [one["sql"] for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]]
    assert len(sql) == 1
    assert sql[0].startswith("SELECT")


def test_whose_rest_is_over_is_tried_by_one_and_still_skipped_by_the_next(here: Municipality) -> None:
    register = uuid4()
    rests(register, -1)

    assert left_alone([register]) == {register: False}
    assert left_alone([register]) == {register: True}


def test_who_is_well_again_is_asked_by_everyone(here: Municipality) -> None:
    with server(say(200)) as register:
        rests(register.id, -1)

        assert ask_one(question(register)) == Found({})
        assert not Breaker.objects.filter(connection=register.id).exists()
        assert ask_one(question(register)) == Found({})


def test_what_is_asked_at_the_end_of_a_turn_closes_the_register_to_nobody(
    here: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(hang) as register:
        monkeypatch.setattr(turn, "connections", lambda _kind: [register])
        for ends, closed in ((SHORT, False), (60, True)):
            monkeypatch.setattr(turn, "ONE_CALL", SHORT + 0.1)
            with pytest.raises(turn.NoAnswer):
                turn.Turn(register.id, time.monotonic() + ends).asked(something)
            assert Breaker.objects.filter(connection=register.id).exists() == closed


def test_a_register_that_hangs_again_rests_longer_but_never_for_ever(here: Municipality) -> None:
    register, lengths = uuid4(), []
    for _time in range(12):
        remember(here, [register], [])
        rest = Breaker.objects.get(connection=register).closed_until - timezone.now()
        lengths.append(round(rest.total_seconds(), -1))

    assert lengths[:5] == [20, 40, 80, 160, 300]
    assert set(lengths[5:]) == {LONGEST.total_seconds()}


def test_one_municipalitys_trouble_is_not_anothers(
    zandmeer: Municipality, veldrecht: Municipality, db: None
) -> None:
    register = uuid4()
    with acting_for(zandmeer), transaction.atomic():
        rests(register, 60)
    with acting_for(veldrecht), transaction.atomic():
        assert left_alone([register]) == {}


def test_a_breaker_that_cannot_be_written_never_breaks_a_page(
    here: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_connection: UUID) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(breakers, "_rest", fail)
    with server(hang) as register:
        assert ask_one(question(register), SHORT) == Late()


@pytest.mark.django_db(transaction=True)
class TestOutsideTheTransactionOfATest:
    def test_a_stream_that_outlives_its_view_remembers_who_hung(self, zandmeer: Municipality) -> None:
        with server(hang) as register:
            with acting_for(zandmeer), transaction.atomic():
                answers = gather({"slow": question(register)}, SHORT)
            assert list(answers) == [("slow", Late())]  # no municipality, no transaction, as in a stream

            with acting_for(zandmeer), transaction.atomic():
                assert ask_one(question(register)) == Skipped()

    def test_nobody_waits_for_a_page_that_is_still_trying(self, zandmeer: Municipality) -> None:
        register = uuid4()
        with acting_for(zandmeer), transaction.atomic():
            rests(register, -1)
        claimed, over = threading.Event(), threading.Event()

        def page() -> None:
            try:
                with acting_for(zandmeer), transaction.atomic():
                    assert left_alone([register]) == {register: False}
                    claimed.set()
                    over.wait(20)
            finally:
                connection.close()

        other = threading.Thread(target=page)
        other.start()
        assert claimed.wait(10)
        began = time.monotonic()
        with acting_for(zandmeer), transaction.atomic():
            assert left_alone([register]) == {register: True}
            remember(zandmeer, [register], [])
        waited = time.monotonic() - began
        over.set()
        other.join()

        assert waited < 1

    def test_another_process_does_not_wait_for_it_again(
        self, zandmeer: Municipality, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(breakers, "SHORTEST", timedelta(hours=1))  # a process may take long to start
        with server(hang) as register:
            with acting_for(zandmeer), transaction.atomic():
                assert ask_one(question(register), SHORT) == Late()

            told = _in_another_process(zandmeer, register.id, register.base_url)

        answer, seconds = told.split()
        assert answer == "Skipped"
        assert float(seconds) < 0.5


ANOTHER_PROCESS = """
import sys, time, uuid
import django
django.setup()
from django.db import transaction
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from portal.registers.gather import Question, ask_one
slug, register, url = sys.argv[1:]
connection = Connection(uuid.UUID(register), uuid.uuid4(), "brp", "BRP", url, {}, {})
with acting_for(Municipality.objects.get(slug=slug)), transaction.atomic():
    began = time.monotonic()
    answer = ask_one(Question(connection, lambda caller: caller.get("x", {})))
    print(type(answer).__name__, time.monotonic() - began)
"""


def _in_another_process(municipality: Municipality, register: UUID, url: str) -> str:
    name = connection.settings_dict["NAME"]
    database = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER_PROCESS, municipality.slug, str(register), url],
        env={**os.environ, "DATABASE_URL": database},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


async def _unused(_caller: Any) -> None: ...


def test_who_had_less_time_than_a_register_may_take_is_not_left_alone(
    here: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page or a worker whose own time is nearly up says nothing of the register that it asks last."""
    monkeypatch.setattr(gathering, "FAIR", 60.0)
    with server(hang) as register:
        assert ask_one(question(register), SHORT) == Late()

        assert not Breaker.objects.filter(connection=register.id).exists()
        assert lately([register])[register.id].failed is None


def test_the_time_of_who_is_asked_later_counts_from_then(
    here: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the WOZ, which waits for the BRP and gets what is left."""
    monkeypatch.setattr(gathering, "FAIR", 2.0)
    with server(say(200)) as quick, server(hang) as slow, server(hang) as last:
        asking = gather({"quick": question(quick), "slow": question(slow)}, 2.5, resting={})
        assert next(asking) == ("quick", Found({}))
        asking.ask_too({"last": question(last)}, least=0)
        asking._waiting["last"] += 1  # asked a second later
        assert dict(asking) == {"last": Late(), "slow": Late()}

        assert Breaker.objects.filter(connection=slow.id).exists()
        assert not Breaker.objects.filter(connection=last.id).exists()


def test_two_questions_to_one_register_share_its_breaker(here: Municipality) -> None:
    with server(hang) as register:
        asked = {"one": question(register), "two": Question(register, _unused)}
        answers = dict(gather(asked, SHORT))

    assert answers == {"one": Late(), "two": Found(None)}
    assert Breaker.objects.filter(connection=register.id).count() == 1
