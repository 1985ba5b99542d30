"""Adding to the log, as the last thing in a transaction: the head stays locked until commit."""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.timezone import localdate

from portal.municipalities.acting import current_municipality
from portal.sharing.models import ActRecord, Grant, LedgerEntry, LedgerHead, LedgerNode, LogRecord
from portal.sharing.purposes import canonical

from . import record_keys
from .tree import Growing, Hash, leaf_hash


def append(act: str, grant: Grant, details: Mapping[str, Any], at: datetime) -> ActRecord:
    """Add one act, as the last thing in the act's transaction: the head stays locked until commit."""
    payload = {
        "v": 1,
        "act": act,
        "grant": str(grant.id),
        "actor": str(grant.actor_id),
        "subject": str(grant.subject_id),
        "consumer": str(grant.consumer_id),
        "version": grant.version.content_hash,
        "at": at.isoformat(),
        **details,
    }
    record = ActRecord(municipality=current_municipality(), grant=grant, act=act, payload=payload)
    salt = record_keys.salt_of(record, record_keys.of(grant, at))
    record.entry = _add(leaf(salt, payload), at)
    record.save(force_insert=True)
    return record


def note(kind: str, content: Mapping[str, Any], at: datetime, day: str = "") -> LogRecord:
    """Add what the log itself has to say: a day sealed, records forgotten, acts lost. Last, as `append`."""
    payload = {"v": 1, "kind": kind, "at": at.isoformat(), **content}
    salt = secrets.token_bytes(32)
    return LogRecord.objects.create(
        municipality=current_municipality(),
        entry=_add(leaf(salt, payload), at),
        kind=kind,
        day=day,
        payload=payload,
        salt=salt,
    )


def leaf(salt: bytes, payload: Mapping[str, Any]) -> Hash:
    """SHA-256(0x00 ‖ HMAC(salt, canonical payload))."""
    return leaf_hash(hmac.new(salt, canonical(payload), hashlib.sha256).digest())


def locked_head() -> LedgerHead:
    """The head of the log, locked until commit. Grants are locked before it, never after."""
    head = LedgerHead.objects.select_for_update().first()
    if head is None:
        LedgerHead.objects.bulk_create(
            [LedgerHead(municipality=current_municipality())], ignore_conflicts=True
        )
        head = LedgerHead.objects.select_for_update().get()
    return head


def tree_of(head: LedgerHead) -> Growing:
    """The tree as its head remembers it."""
    kept = bytes(head.hashes)
    return Growing(head.size, [kept[start : start + 32] for start in range(0, len(kept), 32)])


def _add(leaf: Hash, at: datetime) -> LedgerEntry:
    municipality = current_municipality()
    head = locked_head()
    tree = tree_of(head)
    day = localdate(at)
    entry = LedgerEntry.objects.create(municipality=municipality, position=tree.size, leaf=leaf, day=day)
    LedgerNode.objects.bulk_create(
        LedgerNode(municipality=municipality, last=one.last, level=one.level, hash=made)
        for one, made in tree.add(leaf)
    )
    head.size, head.hashes = tree.size, b"".join(tree.hashes)
    head.save(update_fields=["size", "hashes"])
    return entry
