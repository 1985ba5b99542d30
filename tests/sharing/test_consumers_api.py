"""The consumers' API: who may read, what comes back, and that no and unknown look alike."""

import json
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client

from portal.municipalities.acting import acting_for
from portal.sharing import grants
from portal.sharing.models import Duty, Grant
from portal.usage.models import Use

from .conftest import Desk, gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def api(offering) -> Client:
    return Client(HTTP_HOST=offering.host)


@pytest.fixture
def session(offering):
    with acting_for(offering), transaction.atomic():
        return new_session()


@pytest.fixture
def grant(offering, session) -> Grant:
    with acting_for(offering), transaction.atomic():
        return gives(session)


def reads(api: Client, grant_id, authorization: str):
    return api.post(f"/api/v1/toestemmingen/{grant_id}/gebruik", headers={"Authorization": authorization})


def test_a_consumer_reads_the_chosen_values_under_the_purpose(api, grant, desk_at):
    answer = reads(api, grant.id, desk_at.header())
    assert answer.status_code == 200
    assert answer.json()["gegevens"] == {"email": "helga@voorbeeld.example", "mobile": "+31612345678"}
    assert (answer["API-Version"], answer["Cache-Control"]) == ("1.0.0", "no-store")


def test_each_reading_is_one_use(api, grant, desk_at, offering):
    for _ in range(3):
        reads(api, grant.id, desk_at.header())
    with acting_for(offering), transaction.atomic():
        assert Use.objects.filter(grant_id=grant.id).count() == 3


def test_after_stopping_the_next_read_is_refused(api, grant, desk_at, offering, session):
    with acting_for(offering), transaction.atomic():
        grants.withdraw(session, grant.id)
    answer = reads(api, grant.id, desk_at.header())
    assert (answer.status_code, answer["Content-Type"]) == (403, "application/problem+json")
    assert answer.json()["title"] == "niet-meer-gedeeld"


def test_another_consumers_grant_is_byte_for_byte_as_unknown_as_one_that_never_was(api, grant, offering):
    other = Desk("andere-balie", offering)
    for path in ("gebruik", "gewist"):
        foreign, none = (
            api.post(f"/api/v1/toestemmingen/{one}/{path}", headers={"Authorization": other.header()})
            for one in (grant.id, uuid4())
        )
        assert foreign.status_code == none.status_code == 404
        assert (foreign.content, foreign.headers) == (none.content, none.headers)


def test_a_consumer_of_another_municipality_is_unknown_here(api, grant, veldrecht):
    other = Desk("demo-balie", veldrecht)
    assert reads(api, grant.id, other.header()).status_code == 401


def test_only_post_reads(api, grant, desk_at):
    answer = api.get(f"/api/v1/toestemmingen/{grant.id}/gebruik", headers={"Authorization": desk_at.header()})
    assert answer.status_code == 405


def test_confirming_an_erasure_is_noted_and_may_be_repeated(api, grant, desk_at, offering, session):
    path = f"/api/v1/toestemmingen/{grant.id}/gewist"
    assert api.post(path, headers={"Authorization": desk_at.header()}).status_code == 404
    with acting_for(offering), transaction.atomic():
        grants.withdraw(session, grant.id)
    for _ in range(2):
        assert api.post(path, headers={"Authorization": desk_at.header()}).status_code == 204
    with acting_for(offering), transaction.atomic():
        assert Duty.objects.get(event="ingetrokken").confirmed is not None


def test_a_reading_and_a_withdrawal_at_once_come_one_after_the_other(grant, desk_at, offering, session):
    """Eight threads read while one withdraws: every reading that got data is a use, and no other."""
    at_once, given = Barrier(9), []

    def read() -> None:
        at_once.wait()
        for _ in range(5):
            answer = reads(Client(HTTP_HOST=offering.host), grant.id, desk_at.header())
            given.append((answer.status_code, json.loads(answer.content).get("gegevens")))
        connection.close()

    def withdraw() -> None:
        at_once.wait()
        with acting_for(offering), transaction.atomic():
            grants.withdraw(session, grant.id)
        connection.close()

    threads = [Thread(target=read) for _ in range(8)] + [Thread(target=withdraw)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {status for status, _ in given} <= {200, 403}
    with acting_for(offering), transaction.atomic():
        withdrawn = Grant.objects.get().withdrawn
        uses = list(Use.objects.values_list("at", flat=True))
        assert len(uses) == sum(status == 200 for status, _ in given)
        assert all(at <= withdrawn for at in uses)
