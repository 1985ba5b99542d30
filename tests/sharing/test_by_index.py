"""What the worker and an operator look for in large tables is found by an index, however large they grow."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.sharing import grants, purposes
from portal.sharing.models import Duty
from portal.sharing.overdue import overdue
from portal.sharing.sweeper import _take
from tests.benchmarks.long_log import plans_of

from .conftest import gives

pytestmark = pytest.mark.django_db


def test_ends_duties_and_what_is_overdue(helga, desk):
    gives(helga)
    purposes.recall("digitaal-bericht", "Mila de Wit", "De tekst klopte niet.")
    with CaptureQueriesContext(connection) as captured:
        assert grants.end_recalled(timezone.now()) == 1
        grants.erase_over(timezone.now())
        overdue(timezone.now())
        for kind in (Duty.LIST_ERASURE, Duty.TELL_CONSUMER):
            _take(kind, timezone.now(), 10)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # else so few rows are simply read
    plans = list(plans_of(captured.captured_queries))
    assert len(plans) > 10
    assert [one for one in plans if re.search("Seq Scan on sharing_(grant|duty)", one)] == []


def test_where_nothing_was_taken_back_no_grant_is_looked_at(helga, desk):
    gives(helga)
    with CaptureQueriesContext(connection) as captured:
        assert grants.end_recalled(timezone.now()) == 0
    assert not [one for one in captured.captured_queries if 'FROM "sharing_grant"' in one["sql"]]
