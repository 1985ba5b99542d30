"""What anybody may ask of the log, what they get for a bad question, and that nobody is in it."""

import json
import re
import runpy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.sharing import grants
from portal.sharing.ledger import deposits, heads, public, tree
from portal.sharing.ledger.entries import note
from portal.sharing.models import ActRecord, LedgerEntry
from tests.sharing.conftest import gives, new_session

from .conftest import logged

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = runpy.run_path(str(Path(__file__).resolve().parent.parent.parent / "docs" / "controleer.py"))


class Anybody:
    """Somebody without a session."""

    def __init__(self, client, host: str) -> None:
        self.client, self.host = client, host

    def asks(self, path: str):
        return self.client.get(path, HTTP_HOST=self.host)

    def gets(self, path: str) -> dict:
        answer = self.asks(path)
        assert answer.status_code == 200, answer.content
        return answer.json()


@pytest.fixture
def anybody(client, offering) -> Anybody:
    return Anybody(client, offering.host)


@pytest.fixture
def signed(offering, clock):
    """Eleven entries under a head, with an earlier head of four, and one entry more."""
    with acting_for(offering):
        with transaction.atomic():
            grant = gives(new_session())
            logged(grant, 3)
            heads.sign(clock())
            logged(grant, 7)
            clock.move(minutes=1)
            heads.sign(clock())
            logged(grant, 1)
        deposits.deliver()
        with transaction.atomic():
            return [(one.id, bytes(one.leaf)) for one in LedgerEntry.objects.order_by("position")]


def test_the_head_is_signed_by_a_published_key(anybody, signed):
    head, keys = (
        anybody.gets("/api/v1/logboek/kop"),
        anybody.gets("/.well-known/logboek-sleutels.json")["keys"],
    )
    assert head["grootte"] == 11
    assert SCRIPT["getekend"](head, keys)
    assert not SCRIPT["getekend"]({**head, "grootte": 12}, keys)


def test_every_entry_can_be_proven_by_its_id_and_by_its_leaf(anybody, signed):
    root = bytes.fromhex(anybody.gets("/api/v1/logboek/kop")["wortel"])
    for place, (entry, leaf) in enumerate(signed[:11]):
        for named in (entry, leaf.hex()):
            proof = anybody.gets(f"/api/v1/logboek/bewijs/{named}")
            path = [bytes.fromhex(one) for one in proof["pad"]]
            assert (proof["plaats"], proof["grootte"], proof["blad"]) == (place, 11, leaf.hex())
            assert tree.includes(leaf, place, 11, path, root)


def test_growth_between_any_two_sizes_can_be_proven(anybody, signed):
    proof = anybody.gets("/api/v1/logboek/consistentie?van=4&tot=11")
    with_default = anybody.gets("/api/v1/logboek/consistentie?van=4")
    path = [bytes.fromhex(one) for one in proof["pad"]]
    leaves = [leaf for _entry, leaf in signed]
    assert tree.only_grew(4, tree.root(leaves[:4]), 11, tree.root(leaves[:11]), path)
    assert with_default == proof


def test_what_can_never_change_may_be_cached_for_ever_and_what_can_only_for_a_moment(anybody, signed):
    leaf = signed[2][1].hex()
    for path, caching in (
        ("/api/v1/logboek/kop", "max-age=5"),
        (f"/api/v1/logboek/bewijs/{leaf}", "max-age=5"),
        (f"/api/v1/logboek/bewijs/{leaf}?grootte=7", "immutable"),
        ("/api/v1/logboek/consistentie?van=1&tot=3", "immutable"),
        ("/api/v1/logboek/consistentie?van=1", "max-age=5"),
    ):
        answer = anybody.asks(path)
        assert caching in answer["Cache-Control"], path
        assert answer["API-Version"] == "1.0.0"
        assert not answer.cookies


@pytest.mark.parametrize(
    ("path", "status", "kind"),
    [
        ("bewijs/zomaar", 400, "geen-goede-vraag"),
        ("bewijs/" + "ab" * 32, 404, "onbekend"),
        ("bewijs/" + "AB" * 32, 400, "geen-goede-vraag"),
        ("bewijs/00000000-0000-0000-0000-000000000000", 404, "onbekend"),
        ("bewijs/{leaf}?grootte=12", 404, "niet-onder-deze-kop"),
        ("bewijs/{leaf}?grootte=0", 404, "niet-onder-deze-kop"),
        ("bewijs/{leaf}?grootte=-1", 400, "geen-goede-vraag"),
        ("bewijs/{leaf}?grootte=٣", 400, "geen-goede-vraag"),
        ("bewijs/{last}", 404, "niet-onder-deze-kop"),
        ("consistentie", 400, "geen-goede-vraag"),
        ("consistentie?van=0&tot=4", 400, "geen-goede-vraag"),
        ("consistentie?van=5&tot=4", 400, "geen-goede-vraag"),
        ("consistentie?van=1&tot=12", 400, "geen-goede-vraag"),
        ("consistentie?van=1&tot=99999999999999999999", 400, "geen-goede-vraag"),
        ("consistentie?van=1%00&tot=2", 400, "geen-goede-vraag"),
    ],
)
def test_a_bad_question_gets_a_problem_and_never_a_fault(anybody, signed, path, status, kind):
    path = path.format(leaf=signed[0][1].hex(), last=signed[11][1].hex())
    answer = anybody.asks(f"/api/v1/logboek/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["type"] == f"urn:problem:{kind}"
    assert set(answer.json()) == {"type", "title", "status", "detail"}


def test_before_the_first_head_there_is_nothing_to_prove(anybody, offering):
    with acting_for(offering), transaction.atomic():
        gives(new_session())
    for path in ("kop", "consistentie?van=1", "bewijs/" + "ab" * 32):
        assert anybody.asks(f"/api/v1/logboek/{path}").status_code == 404
    assert len(anybody.gets("/.well-known/logboek-sleutels.json")["keys"]) == 1


def test_who_asks_too_much_must_wait(anybody, signed, monkeypatch):
    monkeypatch.setattr(public, "MOST", 3)
    answers = [anybody.asks("/api/v1/logboek/kop") for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert answers[-1]["Retry-After"] == "60"


def test_an_entry_of_another_municipality_is_as_unknown_as_one_that_never_was(
    client, offering, veldrecht, signed
):
    with acting_for(veldrecht):
        with transaction.atomic():
            note("lost", {}, timezone.now())
            heads.sign(timezone.now())
        deposits.deliver()
    theirs = Anybody(client, veldrecht.host)
    strange, never = (theirs.asks(f"/api/v1/logboek/bewijs/{one}") for one in (signed[0][1].hex(), "ab" * 32))
    assert (
        (strange.status_code, strange.content) == (never.status_code, never.content) == (404, never.content)
    )


def test_nothing_of_anybody_is_in_any_answer(anybody, offering, signed):
    with acting_for(offering), transaction.atomic():
        record = ActRecord.objects.select_related("grant__consumer").first()
        secret = {
            str(one)
            for one in (record.grant_id, record.grant.subject_id, record.grant.consumer_id, record.id)
        }
    said = "".join(
        json.dumps(anybody.gets(path))
        for path in (
            "/api/v1/logboek/kop",
            f"/api/v1/logboek/bewijs/{signed[0][0]}",
            "/api/v1/logboek/consistentie?van=1",
            "/.well-known/logboek-sleutels.json",
        )
    )
    assert not any(one in said for one in secret)
    assert not re.search(r"voorbeeld|given|email", said)


def test_a_proof_takes_few_questions_to_the_database(anybody, signed):
    path = f"/api/v1/logboek/bewijs/{signed[5][1].hex()}"
    anybody.gets(path)
    with CaptureQueriesContext(connection) as asked:
        anybody.gets(path)
    tenant = [one for one in asked.captured_queries if '"sharing_' in one["sql"]]
    assert len(tenant) <= 4
    assert len(asked) <= 10


def test_an_act_adds_at_most_two_rows_to_the_tree_on_average(offering):
    with acting_for(offering), transaction.atomic():
        session = new_session()
        for _ in range(8):
            grants.withdraw(session, gives(session).id)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM sharing_ledgerentry), (SELECT count(*) FROM sharing_ledgernode)"
            )
            entries, nodes = cursor.fetchone()
    assert entries == 16
    assert nodes == 15
