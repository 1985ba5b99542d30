"""All that a resident needs to check an own sharing without believing the portal, in one record.

It goes to the browser, and as a file to whoever wants to check with `docs/controleer.py`. It holds no value
that was shared: the record of an act never does. The salt in it is the owner's to see; it opens this act
and no other.
"""

from typing import Any
from uuid import UUID

from portal.accounts.required import Session
from portal.municipalities import signing
from portal.sharing.grants import own_grant
from portal.sharing.models import ActRecord, RecordKey, SignedHead
from portal.sharing.purposes import canonical

from . import heads, nodes, record_keys

FORMAT = "logboekbewijs/1"


def of(session: Session, grant: UUID) -> dict[str, Any]:
    """The proof of all acts of one own grant. Raises NotYours."""
    own_grant(session, grant)
    row = RecordKey.objects.filter(grant=grant).first()
    key = record_keys.opened(row) if row else None
    records = ActRecord.objects.filter(grant=grant).select_related("entry").order_by("entry__position")
    newest = heads.published()
    return {
        "formaat": FORMAT,
        "kop": heads.shown(newest) if newest else None,
        "sleutels": signing.key_set()["keys"],
        "handelingen": [_act(record, key, newest) for record in records],
    }


def _act(record: ActRecord, key: bytes | None, newest: SignedHead | None) -> dict[str, Any]:
    """One act. The record is text, and not an object, since the very bytes are what was logged."""
    entry = record.entry
    printed = heads.printed(entry.position)
    covered = newest is not None and entry.position < newest.size
    inclusion = nodes.inclusion(entry.position, newest.size) if newest and covered else []
    known = newest is not None and printed is not None and printed.size <= newest.size
    grown = nodes.consistency(printed.size, newest.size) if newest and printed and known else []
    return {
        "handeling": record.act,
        "tekst": canonical(record.payload).decode(),
        "zout": record_keys.salt_of(record, key).hex(),
        "blad": bytes(entry.leaf).hex(),
        "plaats": entry.position,
        "kopOpBewijs": heads.shown(printed) if printed else None,
        "pad": [one.hex() for one in inclusion],
        "groei": [one.hex() for one in grown],
        "onderKop": covered,
    }
