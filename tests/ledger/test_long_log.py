"""On a log of a hundred thousand leaves nothing is read through; the benchmark does ten million."""

from importlib import import_module
from random import Random

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.sharing import use
from portal.sharing.ledger import faults, heads, nodes, tree
from portal.sharing.ledger.entries import note
from portal.sharing.models import LedgerEntry, LedgerNode, LogRecord
from tests.benchmarks.long_log import fill, plans_of, put_head, scans
from tests.sharing.conftest import gives, new_session

from .conftest import logged, triggers_off

pytestmark = pytest.mark.django_db
LEAVES = 100_003


@pytest.fixture
def long_log(in_zandmeer) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or all are looked at in one go at the end
        fill(cursor, in_zandmeer.id, LEAVES)
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    put_head(LEAVES)
    return LEAVES


def test_proofs_acts_and_uses_take_few_queries_and_no_sequential_scan(long_log, helga, desk):
    random = Random(100)
    root = bytes(heads.sign(timezone.now()).root)
    assert root == tree.root(
        map(bytes, LedgerEntry.objects.order_by("position").values_list("leaf", flat=True))
    )
    grant = gives(helga)
    with CaptureQueriesContext(connection) as captured:
        for place in random.sample(range(LEAVES), 5):
            begun = len(captured)
            path = nodes.inclusion(place, LEAVES)
            assert len(captured) - begun <= 2
            leaf = bytes(LedgerEntry.objects.get(position=place).leaf)
            assert len(path) <= 17
            assert tree.includes(leaf, place, LEAVES, path, root)
            begun = len(captured)
            grown = nodes.consistency(place + 1, LEAVES)
            assert len(captured) - begun <= 2
            assert tree.only_grew(place + 1, nodes.root_of(place + 1), LEAVES, root, grown)
        begun = len(captured)
        use.read(desk.row, grant.id)
        assert len(captured) - begun <= 10
        begun = len(captured)
        note(LogRecord.LOST, {}, timezone.now())
        assert len(captured) - begun <= 5
    assert scans(plans_of(captured.captured_queries)) == []


@pytest.mark.django_db(transaction=True)
def test_a_log_from_before_its_hashes_were_kept_gets_them_a_part_at_a_time(offering, monkeypatch):
    migration = import_module("portal.sharing.migrations.0004_ledger")
    monkeypatch.setattr(migration, "A_PART", 4)
    with acting_for(offering):
        with transaction.atomic():
            logged(gives(new_session()), 20)
        with triggers_off(), transaction.atomic():
            LedgerNode.objects.all().delete()
        with transaction.atomic():
            assert faults() != []
            with CaptureQueriesContext(connection) as asked:
                migration._grow(apps)
            assert faults() == []
    assert sum("INSERT" in one["sql"] for one in asked) > 3
