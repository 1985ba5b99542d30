"""Telling a resident: written with the act, told once for each cause."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import Resident
from portal.municipalities.acting import acting_for
from portal.notices.kinds import Kind
from portal.notices.models import Notice, State
from portal.notices.telling import tell

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident(zandmeer):
    with acting_for(zandmeer):
        yield Resident.objects.create(municipality=zandmeer).id


def test_a_notice_is_queued_with_its_kind_and_the_day_of_what_is_asked(resident):
    tell(resident, Kind.REQUEST, date(2027, 1, 8))
    row = Notice.objects.get()
    assert (row.subject_id, row.kind, row.answer_by) == (resident, "request", date(2027, 1, 8))
    assert row.state == State.QUEUED
    assert row.due <= timezone.now()


def test_what_is_told_of_the_same_cause_again_is_told_once(resident):
    cause = uuid4()
    for _again in range(2):
        tell(resident, Kind.REMINDER, cause=cause)
    tell(resident, Kind.EXPIRED, cause=cause)
    assert sorted(Notice.objects.values_list("kind", flat=True)) == ["expired", "reminder"]


def test_what_is_told_without_a_cause_is_told_each_time(resident):
    tell(resident, Kind.INSIGHT)
    tell(resident, Kind.INSIGHT)
    assert Notice.objects.count() == 2


def test_what_is_for_later_is_not_due_before(resident):
    later = timezone.now() + timedelta(days=30)
    tell(resident, Kind.REMINDER, at=later)
    assert Notice.objects.get().due == later


def test_a_notice_goes_back_with_the_act_that_failed(resident):
    with transaction.atomic():
        tell(resident, Kind.GIVEN)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
