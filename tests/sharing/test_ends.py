"""How a yes ends, whoever ends it: who is told what, what is owed, what the log says, and what is locked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.notices.kinds import Kind
from portal.notices.models import Letter, Notice, State
from portal.sharing import acts, grants, purposes
from portal.sharing.grants import BRIEF, By
from portal.sharing.models import ActRecord, Consumer, Duty, Grant, PurposeVersion, Request
from tests.conftest import Clock

from .conftest import Desk, gives, new_session

pytestmark = pytest.mark.django_db


def told(grant: Grant) -> set[Kind]:
    """Of what the resident hears for this grant, but the yes itself."""
    kinds = Notice.objects.filter(cause=grant.id).values_list("kind", flat=True)
    return {Kind(kind) for kind in kinds} - {Kind.GIVEN, Kind.REMINDER}


def logged(grant: Grant) -> dict:
    """What the last entry says."""
    return ActRecord.objects.filter(grant=grant).latest("entry__position").payload


def owed(grant: Grant) -> set[tuple]:
    """What must happen later, and to whom, but for the yes."""
    duties = Duty.objects.filter(grant=grant).exclude(event="gegeven")
    return set(duties.values_list("kind", "event", "consumer", "request"))


def asked_by(desk: Desk, subject, **more) -> Request:
    version, now = purposes.newest("digitaal-bericht", "nl"), timezone.now()
    return Request.objects.create(
        consumer=desk.row, version_id=version.id, subject_id=subject, reference=uuid4(), body_hash="-",
        created=now, expires=now + timedelta(days=1), **more,
    )  # fmt: skip


def of_length(slug: str, **content) -> None:
    """The purpose once more, otherwise."""
    row = PurposeVersion.objects.filter(purpose__slug=slug).latest("number")
    purposes.publish(slug, row.content | content)


# The resident stops


def test_who_stops_hears_it_the_consumer_is_told_and_the_erasure_listed(helga, desk):
    question = asked_by(desk, helga.subject)
    grant = gives(helga)
    grants.withdraw(helga, grant.id)
    assert told(grant) == {Kind.STOPPED}
    assert owed(grant) == {
        (Duty.TELL_CONSUMER, "ingetrokken", desk.row.id, question.id),
        (Duty.LIST_ERASURE, "", None, question.id),
    }
    assert logged(grant) | {"by": str(helga.actor), "because": "asked"} == logged(grant)
    assert "team" not in logged(grant)


def test_a_stop_holds_the_grant_so_that_a_reading_comes_before_or_after(helga, desk):
    grant = gives(helga)
    with CaptureQueriesContext(connection) as captured:
        grants.own_grant(helga, grant.id)
        assert not [one for one in captured.captured_queries if "FOR UPDATE" in one["sql"]]
        grants.withdraw(helga, grant.id)
    first = next(one["sql"] for one in captured.captured_queries[1:] if 'FROM "sharing_grant"' in one["sql"])
    assert "FOR UPDATE" in first


def test_what_another_stopped_is_told_by_letter(helga, desk):
    grant = gives(helga)
    another = new_session()
    row = grants.locked(grant.id)
    grants.end(row, By(another.subject), timezone.now(), because="asked")
    (letter,) = Letter.objects.filter(notice__cause=grant.id, kind=Kind.STOPPED)
    assert letter.subject_id == helga.subject
    assert Notice.objects.get(cause=grant.id, kind=Kind.STOPPED).state == State.BY_LETTER


def test_an_employee_stands_in_the_log_with_channel_and_team(helga, desk):
    grant = gives(helga)
    by = By(helga.subject, "an-employee", "phone", team="Klantcontact")
    grants.withdraw_for(helga.subject, grant.id, by)
    said = {"by": str(helga.subject), "employee": "an-employee", "channel": "phone", "team": "Klantcontact"}
    assert logged(grant) | said == logged(grant)
    with pytest.raises(grants.NotYours):
        grants.withdraw_for(new_session().subject, grant.id, by)


@pytest.mark.parametrize(("longer", "hears"), [(timedelta(0), set()), (timedelta(minutes=1), {Kind.STOPPED})])
def test_of_what_lasts_an_hour_the_end_is_not_told_apart(helga, desk, longer, hears):
    of_length("digitaal-bericht", valid_minutes=int((BRIEF + longer).total_seconds() // 60))
    grant = gives(helga)
    assert grants.is_brief(grant) is (not longer)
    grants.withdraw(helga, grant.id)
    assert told(grant) == hears


# The consumer needs it no more


def test_its_consumer_gives_a_yes_up_once_and_no_other_can(helga, desk):
    grant = gives(helga)
    other = Consumer.objects.create(slug="other", name="Other", events_url="http://127.0.0.1:9/")
    with pytest.raises(grants.NotYours):
        grants.give_up(other, grant.id)
    with pytest.raises(grants.NotYours):
        grants.give_up(desk.row, uuid4())
    assert Grant.objects.get(id=grant.id).withdrawn is None

    ended = grants.give_up(desk.row, grant.id)
    assert grants.give_up(desk.row, grant.id).withdrawn == ended.withdrawn
    assert logged(grant) | {"by": "consumer", "because": "given_up"} == logged(grant)
    assert told(grant) == {Kind.STOPPED}
    assert (Duty.TELL_CONSUMER, "ingetrokken", desk.row.id, None) in owed(grant)


# It ends by itself


def test_what_is_over_is_erased_and_told_once(helga, desk, clock: Clock):
    of_length("digitaal-bericht", valid_minutes=61)
    grant = gives(helga)
    clock.move(minutes=61)
    assert grants.erase_over(timezone.now()) == 1
    assert told(grant) == {Kind.EXPIRED}
    assert owed(grant) == {
        (Duty.TELL_CONSUMER, "verlopen", desk.row.id, None), (Duty.LIST_ERASURE, "", None, None),
    }  # fmt: skip


@pytest.mark.parametrize("content", [{"valid_minutes": 60}, {"valid_minutes": 61, "one_time": True}])
def test_what_was_brief_or_for_one_time_ends_without_a_word(helga, desk, clock: Clock, content):
    of_length("digitaal-bericht", **content)
    grant = gives(helga)
    clock.move(minutes=61)
    assert grants.erase_over(timezone.now()) == 1
    assert told(grant) == set()


def test_what_was_taken_back_is_told_as_such(helga, desk):
    grant = gives(helga)
    assert grants.end_recalled(timezone.now()) == 0
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    with CaptureQueriesContext(connection) as captured:
        assert grants.end_recalled(timezone.now()) == 1
    assert [one for one in captured.captured_queries if "SKIP LOCKED" in one["sql"]]
    assert grants.end_recalled(timezone.now()) == 0
    assert told(grant) == {Kind.RECALLED}
    assert logged(grant) | {"by": "municipality", "because": "recalled"} == logged(grant)


# A restored backup brought it back


def test_what_a_backup_brought_back_is_ended_again_and_told(helga, desk):
    grant = gives(helga)
    assert grants.erase_again(grant.id, timezone.now())
    row = Grant.objects.get(id=grant.id)
    assert (row.values, row.withdrawn is None) == (None, False)
    assert logged(grant) | {"by": "municipality", "because": "restored"} == logged(grant)
    assert told(grant) == {Kind.STOPPED}
    assert not grants.erase_again(grant.id, timezone.now())
    assert not grants.erase_again(uuid4(), timezone.now())


def test_what_was_over_meanwhile_is_erased_again_and_not_stopped(helga, desk, clock: Clock):
    of_length("digitaal-bericht", valid_minutes=61)
    grant = gives(helga)
    clock.move(minutes=61)
    assert grants.erase_again(grant.id, timezone.now())
    row = Grant.objects.get(id=grant.id)
    assert (row.values, row.withdrawn) == (None, None)
    assert logged(grant)["because"] == "restored"
    assert (Duty.TELL_CONSUMER, "verlopen", desk.row.id, None) in owed(grant)


# What was asked


def test_a_no_is_owed_to_who_asked(helga, desk):
    question = asked_by(desk, helga.subject)
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    acts.refuse(helga, sharing.id)
    duty = Duty.objects.get(request=question)
    assert (duty.kind, duty.event, duty.consumer_id) == (Duty.TELL_CONSUMER, "geweigerd", desk.row.id)


def test_a_yes_lasts_no_longer_than_was_asked_and_no_longer_than_the_text_says(helga, desk):
    soon = timezone.now() + timedelta(hours=2)
    asked_by(desk, helga.subject, wanted_until=soon)
    assert gives(helga).until == soon
    of_length("digitaal-bericht", valid_minutes=90)
    asked_by(desk, helga.subject, wanted_until=soon)
    shorter = gives(helga)
    assert shorter.until == shorter.given + timedelta(minutes=90)


def test_a_yes_that_was_told_was_proven_when_it_was_told(helga, desk):
    sharing = acts.begin(helga, purposes.newest("digitaal-bericht", "nl"))
    at = timezone.now()
    grant = acts.grant_of(sharing, "told", at)
    assert (grant.proven, grant.proven_by) == (at, "told")
