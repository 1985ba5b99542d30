"""Ends that nobody can read, kept before the database refused them, are brought back into the calendar."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.postgresql.roles import as_owner
from portal.sharing import asking, grants, use
from portal.sharing.asking import Question
from portal.sharing.grants import Standing
from portal.sharing.models import FURTHEST_END, Grant, Request
from portal.sharing.models.grants import FURTHEST

from .conftest import HELGA, gives, new_session

pytestmark = pytest.mark.django_db(transaction=True)
AS_BEFORE = """
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE sharing_request DROP CONSTRAINT request_ends_within_ten_years;
ALTER TABLE sharing_grant DROP CONSTRAINT grant_ends_in_the_calendar;
ALTER TABLE sharing_grant DISABLE TRIGGER a_grant_only_ends;
UPDATE sharing_request SET wanted_until = '9999-12-31T23:59:59-14:00';
UPDATE sharing_grant SET until = '9999-12-31T23:59:59-14:00';
ALTER TABLE sharing_grant ENABLE TRIGGER a_grant_only_ends;
SET CONSTRAINTS ALL DEFERRED;
"""
bring_back = import_module("portal.sharing.migrations.0015_ends_in_the_calendar").bring_back_into_the_calendar


def test_what_was_kept_past_the_calendar_can_be_read_and_stopped_again(offering, desk_at):
    with acting_for(offering), transaction.atomic():
        helga = new_session(HELGA)
        grant = gives(helga).id
        question = Question(
            grant, "digitaal-bericht", 1, HELGA, wanted_until=timezone.now() + timedelta(days=90)
        )
        asking.ask(desk_at.row, question)

    with as_owner(), transaction.atomic():
        with acting_for(offering), connection.cursor() as cursor:
            cursor.execute(AS_BEFORE)
        with connection.schema_editor(atomic=False) as editor:
            bring_back(apps, editor)
        with acting_for(offering):
            asked, given = Request.objects.get(), Grant.objects.get()
            assert asked.wanted_until == asked.created + FURTHEST_END
            assert asked.expires < asked.created + asking.LONGEST
            assert given.until == FURTHEST - timedelta(days=1)
            with pytest.raises(use.NoLongerShared) as refused:
                use.read(desk_at.row, grant)
            assert refused.value.why is Standing.EXPIRED  # sealed with its end of before
            assert grants.withdraw(helga, grant).withdrawn
        transaction.set_rollback(True)
