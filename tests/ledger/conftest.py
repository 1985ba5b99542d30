"""The people of the sharing tests, a log that is long, and a way past the database's own refusals."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.db import connection
from django.utils.timezone import localdate

from portal.municipalities.acting import current_municipality
from portal.municipalities.postgresql.roles import from_url
from portal.sharing.ledger import entries, record_keys
from portal.sharing.models import ActRecord, Grant, LedgerEntry, LedgerNode
from tests.sharing.conftest import (
    desk,
    desk_at,
    helga,
    in_zandmeer,
    offering,
    other_session_of_helga,
)

__all__ = ["desk", "desk_at", "helga", "in_zandmeer", "offering", "other_session_of_helga"]

TABLES = (
    "sharing_ledgerentry",
    "sharing_ledgernode",
    "sharing_actrecord",
    "sharing_recordkey",
    "sharing_logrecord",
    "sharing_signedhead",
    "sharing_forgottenuse",
    "usage_use",
)


@pytest.fixture(autouse=True)
def outside(settings, tmp_path) -> Path:
    """The folder outside the database: heads and erasures."""
    folder = tmp_path / "outside"
    settings.HEADS_FILE, settings.ERASURE_LIST = str(folder / "heads.jsonl"), str(folder / "erasures.jsonl")
    return folder


def logged(grant: Grant, number: int) -> None:
    """Add many acts of a grant, as `append` would one by one."""
    municipality, at = current_municipality(), grant.given
    day = localdate(at)
    key, head = record_keys.of(grant, at), entries.locked_head()
    tree, nodes, rows, records = entries.tree_of(head), [], [], []
    for count in range(number):
        payload = {"act": "given", "count": count, "grant": str(grant.id)}
        record = ActRecord(municipality=municipality, grant=grant, act="given", payload=payload)
        leaf = entries.leaf(record_keys.salt_of(record, key), payload)
        record.entry = LedgerEntry(municipality=municipality, position=tree.size, leaf=leaf, day=day)
        nodes += [
            LedgerNode(municipality=municipality, last=one.last, level=one.level, hash=made)
            for one, made in tree.add(leaf)
        ]
        rows.append(record.entry)
        records.append(record)
    for model, made in ((LedgerEntry, rows), (LedgerNode, nodes), (ActRecord, records)):
        model.objects.bulk_create(made, batch_size=1000)
    head.size, head.hashes = tree.size, b"".join(tree.hashes)
    head.save()


@contextmanager
def triggers_off() -> Iterator[None]:
    """The database refuses nothing any more, as for somebody who broke in as its owner."""
    owner = from_url(os.environ["DATABASE_OWNER_URL"])
    with psycopg.connect(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"],
        dbname=connection.settings_dict["NAME"], autocommit=True,
    ) as opened:  # fmt: skip
        try:
            for table in TABLES:
                opened.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            yield
        finally:
            for table in TABLES:
                opened.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
