"""Under a grant: its state, one reading of what is shared once, giving it up, and nothing for who may not."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction

from portal.municipalities.acting import acting_for
from portal.sharing import grants, purposes
from portal.sharing.api.door import A_MINUTE
from portal.sharing.models import ActRecord, Consumer, Duty, Grant
from portal.usage.models import Use
from tests.sharing.conftest import gives, new_session
from tests.texts import message_by_email

from .conftest import System

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def grant(offering, helga) -> Grant:
    with acting_for(offering), transaction.atomic():
        return gives(helga)


def test_its_state_is_told_without_a_value(system, grant, offering, helga):
    answer = system.call("GET", f"toestemmingen/{grant.id}")
    assert answer.json()["toestand"] == "geldig"
    assert "voorbeeld" not in answer.content.decode()
    with acting_for(offering), transaction.atomic():
        grants.withdraw(helga, grant.id)
    assert system.call("GET", f"toestemmingen/{grant.id}").json()["toestand"] == "ingetrokken"


def test_a_consumer_that_gives_up_ends_it_as_a_withdrawal_does(system, grant, offering):
    for _ in range(2):
        assert system.call("DELETE", f"toestemmingen/{grant.id}").status_code == 204
    assert system.call("POST", f"toestemmingen/{grant.id}/gebruik").status_code == 403
    with acting_for(offering), transaction.atomic():
        row = Grant.objects.get()
        assert (row.values, row.withdrawn is not None) == (None, True)
        assert ActRecord.objects.get(act="withdrawn").payload["by"] == "consumer"
        assert Duty.objects.filter(kind=Duty.LIST_ERASURE).count() == 1


@pytest.mark.parametrize("path", ["GET ", "DELETE ", "POST /gebruik", "POST /gewist"])
def test_anothers_grant_is_byte_for_byte_as_unknown_as_none(grant, other_system, offering, path):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="andere-balie").update(purposes=["digitaal-bericht"])
    method, _space, rest = path.partition(" ")
    foreign, none = (other_system.call(method, f"toestemmingen/{one}{rest}") for one in (grant.id, uuid4()))
    assert foreign.status_code == none.status_code == 404
    assert (foreign.content, foreign.headers) == (none.content, none.headers)


def test_a_token_for_another_purpose_or_verb_reads_nothing(system, grant, offering):
    for scope in ("toestemming:gebruiken:maatje-18", "toestemming:lezen:digitaal-bericht"):
        other = system.call("POST", f"toestemmingen/{grant.id}/gebruik", None, scope)
        none = system.call("POST", f"toestemmingen/{uuid4()}/gebruik", None, scope)
        assert (other.status_code, other.content) == (404, none.content)
    with acting_for(offering), transaction.atomic():
        assert not Use.objects.exists()


def test_fifty_at_once_read_a_one_time_grant_once(offering, helga, desk_at):
    with acting_for(offering), transaction.atomic():
        once = {**message_by_email("Zandmeer", "(0999) 12 34 56"), "one_time": True}
        purposes.publish("digitaal-bericht", once)
        grant = gives(helga)
    headers, at_once, got = [desk_at.header() for _ in range(50)], Barrier(50), []

    def read(number: int) -> None:
        at_once.wait()
        # Each call is another one, with a key of its own.
        answer = System(desk_at).client.post(
            f"/api/v1/toestemmingen/{grant.id}/gebruik",
            headers={"Authorization": headers[number], "Idempotency-Key": str(number)},
        )
        got.append(answer.status_code)
        connection.close()

    threads = [Thread(target=read, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(got) == [200] + [403] * 49
    with acting_for(offering), transaction.atomic():
        assert Use.objects.count() == 1


def test_the_trace_of_the_caller_is_written_down_and_nonsense_is_left_out(system, grant, offering):
    good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    bad = ["", "x", f"ff{good[2:]}", good.upper(), f"00-{'0' * 32}-00f067aa0ba902b7-01", good + "-x"]
    for trace in [good, *bad]:
        path = f"toestemmingen/{grant.id}/gebruik"
        assert system.call("POST", path, traceparent=trace).status_code == 200
    with acting_for(offering), transaction.atomic():
        kept = list(Use.objects.order_by("at").values_list("trace", "span"))
    assert kept[0] == ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")
    assert set(kept[1:]) == {("", "")}


def test_a_key_that_is_no_key_is_refused(system, grant):
    for key in ("x" * 201, "met spatie"):
        answer = system.call("POST", f"toestemmingen/{grant.id}/gebruik", **{"Idempotency-Key": key})
        assert answer.status_code == 400


def test_a_blocked_consumer_reads_nothing_and_may_still_clear_up(system, grant, offering, helga, clock):
    with acting_for(offering), transaction.atomic():
        Consumer.objects.update(blocked=clock.time)
    assert system.call("POST", f"toestemmingen/{grant.id}/gebruik").status_code == 403
    assert system.asks().status_code == 403
    assert system.call("DELETE", f"toestemmingen/{grant.id}").status_code == 204
    assert system.call("POST", f"toestemmingen/{grant.id}/gewist").status_code == 204


def test_how_one_question_or_grant_stands_is_asked_so_often_and_so_are_events(system, grant):
    asked = system.asks().json()["id"]
    for path, known in (("toestemmingen", grant.id), ("toestemmingsverzoeken", asked)):
        own, none = (
            [system.call("GET", f"{path}/{one}") for _ in range(A_MINUTE + 1)] for one in (known, uuid4())
        )
        assert [one.status_code for one in own] == [200] * A_MINUTE + [429]
        assert [one.status_code for one in none] == [404] * A_MINUTE + [429]
        assert (own[-1].content, own[-1].headers) == (none[-1].content, none[-1].headers)
        assert system.call("GET", f"{path}/{uuid4()}").status_code == 404
    events = [system.call("GET", f"gebeurtenissen?na={count}") for count in range(A_MINUTE + 1)]
    assert [one.status_code for one in events] == [200] * A_MINUTE + [429]
    for refused in (own[-1], events[-1]):
        assert (refused.json()["title"], refused["Retry-After"]) == ("te-vaak", "60")
        assert refused["Content-Type"] == "application/problem+json"


def test_readings_of_one_grant_have_a_limit_which_tells_nothing_of_others(system, grant, offering):
    def reads(one) -> list:
        path = f"toestemmingen/{one}/gebruik"
        return [system.call("POST", path) for _ in range(A_MINUTE + 1)]

    own, none = reads(grant.id), reads(uuid4())
    assert [one.status_code for one in own] == [200] * A_MINUTE + [429]
    assert [one.status_code for one in none] == [404] * A_MINUTE + [429]
    assert (own[-1].content, own[-1].headers) == (none[-1].content, none[-1].headers)
    assert own[-1].json()["title"] == "te-vaak"
    assert own[-1]["Retry-After"] == "60"
    assert own[-1]["Content-Type"] == "application/problem+json"
    with acting_for(offering), transaction.atomic():
        assert Use.objects.count() == A_MINUTE
        other = gives(new_session()).id
    assert system.call("POST", f"toestemmingen/{other}/gebruik").status_code == 200
