"""The act log of a municipality: append-only, each entry a commitment to one act.

An entry holds no word of what happened, only a hash (RFC 9162's leaf hash) over a salted commitment; the
record beside it says what. Without the salt the entry can no longer be tied to anybody.
"""

import hashlib
import hmac
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from portal.municipalities.acting import current_municipality

from .models import ActRecord, Grant, LedgerEntry, LedgerHead
from .purposes import canonical


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
    salt = secrets.token_bytes(32)
    head = _locked_head()
    entry = LedgerEntry.objects.create(
        municipality=current_municipality(), position=head.size, leaf=leaf(salt, payload), at=at
    )
    head.size += 1
    head.save(update_fields=["size"])
    return ActRecord.objects.create(
        municipality=current_municipality(), entry=entry, grant=grant, act=act, payload=payload, salt=salt
    )


def leaf(salt: bytes, payload: Mapping[str, Any]) -> bytes:
    """SHA-256(0x00 ‖ HMAC(salt, canonical payload))."""
    commitment = hmac.new(salt, canonical(payload), hashlib.sha256).digest()
    return hashlib.sha256(b"\x00" + commitment).digest()


def faults() -> list[str]:
    """What does not fit in the log of the municipality in force; empty when it is whole."""
    found = []
    entries = list(LedgerEntry.objects.order_by("position"))
    head = LedgerHead.objects.first()
    if (head.size if head else 0) != len(entries):
        found.append("the head does not count the entries")
    if [entry.position for entry in entries] != list(range(len(entries))):
        found.append("positions are missing or doubled")
    for record in ActRecord.objects.select_related("entry"):
        if leaf(bytes(record.salt), record.payload) != bytes(record.entry.leaf):
            found.append(f"the record of entry {record.entry.position} is not what was logged")
    return found


def _locked_head() -> LedgerHead:
    head = LedgerHead.objects.select_for_update().first()
    if head is None:
        LedgerHead.objects.bulk_create(
            [LedgerHead(municipality=current_municipality())], ignore_conflicts=True
        )
        head = LedgerHead.objects.select_for_update().get()
    return head
