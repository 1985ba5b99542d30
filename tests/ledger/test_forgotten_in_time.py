"""At the end of accountability record and key are destroyed; the log stays whole and tells it from theft."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from portal.municipalities.acting import acting_for
from portal.sharing import grants
from portal.sharing.ledger import faults, proof
from portal.sharing.models import ActRecord, Duty, LedgerEntry, LogRecord, RecordKey
from portal.sharing.terms import forget_over
from tests.sharing.conftest import gives

from .conftest import triggers_off

pytestmark = pytest.mark.django_db


@pytest.fixture
def ended_long_ago(helga, desk, clock):
    """A grant given and stopped seven years ago; its purpose asks five years of proof."""
    now = clock.time
    clock.time = now.replace(year=now.year - 7)
    grant = gives(helga)
    grants.withdraw(helga, grant.id)
    Duty.objects.update(done=clock())  # listed as erased, and told
    clock.time = now
    return grant


def test_after_the_term_record_and_key_are_gone_and_the_entries_stay(ended_long_ago, helga, clock):
    kept = gives(helga)
    assert forget_over(clock()) == 1
    assert forget_over(clock()) == 0
    assert set(ActRecord.objects.values_list("grant_id", flat=True)) == {kept.id}
    assert RecordKey.objects.get().grant_id == kept.id
    assert LedgerEntry.objects.count() == 4
    assert LogRecord.objects.get().payload["terms"] == {"P5Y": [0, 1]}
    assert faults() == []


def test_the_log_says_nothing_of_whose_acts_were_forgotten(ended_long_ago, helga, clock):
    forget_over(clock())
    payload = str(LogRecord.objects.get().payload)
    assert str(ended_long_ago.id) not in payload
    assert str(helga.subject) not in payload
    with pytest.raises(grants.NotYours):
        proof.of(helga, ended_long_ago.id)


def test_before_the_term_the_database_refuses_to_forget(helga, desk, clock):
    now = clock.time
    clock.time = now.replace(year=now.year - 4)
    grants.withdraw(helga, gives(helga).id)
    Duty.objects.update(done=clock())
    clock.time = now
    assert forget_over(clock()) == 0
    for table in ("sharing_actrecord", "sharing_recordkey"):
        with (
            pytest.raises(DatabaseError, match="never change"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"DELETE FROM {table}")


def test_years_are_those_of_the_calendar(helga, desk, clock):
    now = clock.time
    clock.time = now - timedelta(days=5 * 365)  # there was a leap day in them, so it is five years tomorrow
    grants.withdraw(helga, gives(helga).id)
    Duty.objects.update(done=clock())
    clock.time = now
    assert forget_over(clock()) == 0


def test_a_grant_that_still_holds_is_not_forgotten_however_old(helga, desk, clock):
    now = clock.time
    clock.time = now.replace(year=now.year - 20)
    gives(helga)
    Duty.objects.update(done=clock())
    clock.time = now
    assert forget_over(clock()) == 0


@pytest.mark.django_db(transaction=True)
def test_a_record_taken_away_by_somebody_else_is_not_passed_off_as_forgotten(offering, clock):
    from tests.sharing.conftest import new_session

    with acting_for(offering):
        with transaction.atomic():
            gives(new_session())
        with triggers_off(), transaction.atomic():
            ActRecord.objects.all().delete()
            assert faults() == ["the record of entry 0 is not there, and was not forgotten in its time"]
            transaction.set_rollback(True)
