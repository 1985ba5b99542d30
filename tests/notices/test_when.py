"""When a resident is told: each act once, before the end, each January; and not what no longer holds."""

from datetime import datetime, time, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.utils.timezone import localtime

from demo.content.purposes import buddy
from portal.notices.kinds import Kind
from portal.notices.models import Notice, State
from portal.notices.sending import send_due
from portal.notices.telling import tell
from portal.sharing import grants, purposes
from portal.sharing.models import Request
from portal.sharing.states import RequestState
from tests.sharing.conftest import gives, says_yes
from tests.sharing.test_questions import asks, begun

pytestmark = pytest.mark.django_db
FOR_LATER = (Kind.OVERVIEW, Kind.REMINDER)


def told() -> list[str]:
    rows = Notice.objects.exclude(kind__in=FOR_LATER)
    return sorted(rows.values_list("kind", flat=True))


def test_a_yes_a_change_and_a_stop_are_told_once_each(desk, helga):
    gives(helga)
    assert told() == ["given"]
    again = gives(helga)
    assert told() == ["changed", "given"]
    grants.withdraw(helga, again.id)
    grants.withdraw(helga, again.id)
    assert told() == ["changed", "given", "stopped"]


@pytest.mark.parametrize("end", ["stopped", "over"])
def test_what_lasts_some_minutes_is_told_of_once(desk, helga, in_zandmeer, clock, end):
    """Such as showing something during a call: one act, so one letter at most."""
    content = {**buddy("Zandmeer", "(0999) 12 34 56"), "valid_months": 0, "valid_minutes": 10}
    purposes.publish("maatje-18", content)
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    if end == "stopped":
        grants.withdraw(helga, grant.id)
    clock.move(minutes=10)
    grants.erase_over(clock.time)
    assert told() == ["given"]


def test_an_end_by_time_and_by_recall_are_told(desk, helga, clock):
    gives(helga, "maatje-18", {"over18": "yes"})
    gives(helga)
    purposes.recall("digitaal-bericht", "F. de Vries", "De tekst klopte niet.")
    grants.end_recalled(clock.time)
    clock.move(days=365)
    grants.erase_over(clock.time)
    assert told() == ["expired", "given", "given", "recalled"]


def test_two_weeks_before_the_end_the_resident_is_reminded_with_the_last_day(desk, helga, in_zandmeer, clock):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    clock.time = grant.until - timedelta(days=14, seconds=1)
    while send_due(in_zandmeer):
        pass
    assert Notice.objects.get(kind=Kind.REMINDER).state == State.QUEUED
    clock.move(seconds=1)
    send_due(in_zandmeer)
    row = Notice.objects.get(kind=Kind.REMINDER)
    assert row.state == State.BY_LETTER
    until = localtime(grant.until)
    assert until.time() > time.min
    assert row.answer_by == until.date() - timedelta(days=1)  # the last one that is all before the end


def test_the_last_day_of_a_yes_that_ends_at_midnight_is_the_day_before(desk, helga, in_zandmeer, clock):
    day = localtime(clock()).date() + timedelta(days=60)
    midnight = datetime.combine(day, time.min, ZoneInfo("Europe/Amsterdam"))
    question = asks(helga, clock, desk, wanted_until=midnight)
    sharing = begun(helga, question)
    says_yes(helga, sharing.id)
    assert Notice.objects.get(kind=Kind.REMINDER).answer_by == day - timedelta(days=1)


def test_what_was_stopped_is_not_reminded_of(desk, helga, in_zandmeer, clock):
    grant = gives(helga, "maatje-18", {"over18": "yes"})
    grants.withdraw(helga, grant.id)
    clock.time = grant.until
    while send_due(in_zandmeer):
        pass
    assert not Notice.objects.filter(kind=Kind.REMINDER).exists()


def test_each_january_somebody_who_shares_gets_one_overview(desk, helga, in_zandmeer, clock):
    gives(helga)
    gives(helga, "maatje-18", {"over18": "yes"})
    first = Notice.objects.get(kind=Kind.OVERVIEW)
    assert (first.due.month, first.due.year) == (1, clock.time.year + 1)
    clock.time = first.due
    while send_due(in_zandmeer):
        pass
    overviews = Notice.objects.filter(kind=Kind.OVERVIEW).order_by("due")
    assert [one.due.year for one in overviews] == [clock.time.year, clock.time.year + 1]
    assert [one.state for one in overviews] == [State.SENT, State.QUEUED]


def test_who_shares_nothing_any_more_gets_no_overview_now_or_later(desk, helga, in_zandmeer, clock):
    grants.withdraw(helga, gives(helga).id)
    clock.move(days=500)
    while send_due(in_zandmeer):
        pass
    assert not Notice.objects.filter(kind=Kind.OVERVIEW).exists()


@pytest.mark.parametrize(("state", "goes"), [(RequestState.CREATED, True), (RequestState.WITHDRAWN, False)])
def test_a_question_that_is_taken_back_is_not_told_any_more(desk, helga, in_zandmeer, clock, state, goes):
    gives(helga)
    send_due(in_zandmeer)
    mail.outbox.clear()
    version = purposes.newest("maatje-18", "nl")
    request = Request.objects.create(
        municipality=in_zandmeer, consumer=desk.row, version_id=version.id, subject_id=helga.subject,
        reference=uuid4(), state=state, created=clock.time, expires=clock.time + timedelta(days=7),
    )  # fmt: skip
    tell(helga.subject, Kind.REQUEST, request.expires.date(), cause=request.id)
    send_due(in_zandmeer)
    assert bool(mail.outbox) is goes
    assert Notice.objects.filter(kind=Kind.REQUEST).exists() is goes
