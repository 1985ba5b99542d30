"""Where very many share, a reading costs what it costs where few do; the benchmark does a million grants."""

from collections.abc import Callable

import pytest
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from tests.benchmarks.filling import filling
from tests.benchmarks.long_log import fill, put_head
from tests.benchmarks.many_grants import one_use_call, read_through
from tests.sharing.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)
GRANTS, LEAVES = 20_000, 20_000


def test_one_use_call_takes_few_queries_and_reads_no_large_table_through(
    offering: Municipality, desk_at: Desk, figure: Callable[[str], None]
):
    with acting_for(offering), filling() as cursor:
        fill(cursor, offering.id, LEAVES)
    with acting_for(offering), transaction.atomic():
        put_head(LEAVES)
    asked, scanned, _seconds = one_use_call(desk_at, GRANTS)
    assert scanned == []
    assert len(asked) <= 10, asked
    figure(f"{len(asked)} queries among {GRANTS} grants and {LEAVES} leaves, no sequential scan")


def test_a_plan_that_reads_a_large_table_through_is_found():
    plans = ["Seq Scan on usage_use", "Index Scan using x on usage_use", "Seq Scan on sharing_consumer"]
    assert list(read_through(plans, ["usage_use"])) == plans[:1]
