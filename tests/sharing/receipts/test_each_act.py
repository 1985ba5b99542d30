"""Each act of a yes has its receipt, which says what the database says."""

from datetime import datetime

import pytest
from django.utils.timezone import localdate

from portal.sharing import grants
from portal.sharing.models import ActRecord, Receipt
from portal.sharing.receipts import record
from portal.sharing.receipts.record import Kind, Who

from .conftest import ALL, EVERY, expired, gives, last_of, recalled, replaced, stopped, stopped_by_phone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", EVERY)
def test_an_act_of_each_kind_has_a_receipt_that_calls_it_so(helga, desk, clock, kind):
    assert last_of(EVERY[kind](helga, desk, clock)).kind is kind


@pytest.mark.parametrize("act", ALL)
def test_a_receipt_says_the_same_as_grant_and_log(helga, desk, clock, act):
    grant = grants.rows().get(id=act(helga, desk, clock).id)
    for receipt in record.of_grant(grant):
        logged = ActRecord.objects.select_related("entry").get(grant=grant, act=receipt.act)
        assert receipt.number == logged.payload["receipt"]
        assert receipt.at == datetime.fromisoformat(logged.payload["at"])
        assert logged.entry.day == localdate(receipt.at)
        assert receipt.position == logged.entry.position + 1
        assert receipt.version.content_hash == grant.version.content_hash == logged.payload["version"]
        assert [one.name for one in receipt.what] == grant.chosen
        assert (receipt.given, receipt.until) == (grant.given, grant.until)


def test_all_receipts_of_a_grant_stay_there_after_it_ended(helga, desk, clock):
    grant = expired(helga, desk, clock)
    assert [one.kind for one in record.own(helga, grant.id)] == [Kind.GIVEN, Kind.EXPIRED]


def test_an_act_that_is_done_twice_has_one_receipt(helga, desk, clock):
    grant = stopped(helga, desk, clock)
    grants.withdraw(helga, grant.id)
    assert Receipt.objects.filter(grant=grant).count() == 2


def test_what_was_stopped_by_phone_names_the_employee(helga, desk, clock):
    receipt = last_of(stopped_by_phone(helga, desk, clock))
    assert (receipt.who, receipt.employee, receipt.channel) == (Who.EMPLOYEE, "Zandmeer", "phone")


def test_what_the_resident_did_names_nobody_else(helga, desk, clock):
    receipt = last_of(stopped(helga, desk, clock))
    assert (receipt.who, receipt.employee) == (Who.SUBJECT, "")
    assert receipt.actor == receipt.subject


def test_a_recall_tells_why_and_not_which_officer(helga, desk, clock):
    receipt = last_of(recalled(helga, desk, clock))
    assert (receipt.who, receipt.why) == (Who.MUNICIPALITY, "De tekst klopte niet.")
    assert "Mila" not in str(receipt)


def test_the_person_is_called_differently_on_each_grant(helga, desk, clock):
    first, second = last_of(replaced(helga, desk, clock)), last_of(gives(helga))
    assert len({first.subject, second.subject, helga.subject}) == 3


def test_the_text_is_that_of_the_day_it_was_read(helga, desk, clock):
    grant = gives(helga)
    from portal.sharing import purposes

    from .conftest import purposes_content

    content = purposes_content("digitaal-bericht")
    texts = content["texts"] | {"nl": content["texts"]["nl"] | {"title": "Heel iets anders"}}
    purposes.publish("digitaal-bericht", content | {"texts": texts})
    assert last_of(grant).version.title == "Bericht per e-mail of sms"


def test_another_resident_has_no_receipt_of_it(helga, desk, clock):
    from tests.sharing.conftest import new_session

    with pytest.raises(grants.NotYours):
        record.own(new_session(), gives(helga).id)
