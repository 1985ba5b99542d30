"""The second secret of a grant: the key from which the salts of its acts derive.

The first, the key of the values, goes when sharing stops. This one stays as long as the municipality must
be able to show what happened, and goes then; see forgetting.py.
"""

import hmac
import secrets
from datetime import datetime

from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import decrypt, encrypt
from portal.sharing.models import ActRecord, Grant, RecordKey

TABLE = "sharing_recordkey"


class Forgotten(LookupError):
    """The record key is destroyed: nothing can be shown any more."""


def of(grant: Grant, at: datetime) -> bytes:
    """The record key of a grant, made when it has none yet."""
    row = RecordKey.objects.filter(grant=grant).first()
    if row is not None:
        return opened(row)
    key = secrets.token_bytes(32)
    row = RecordKey(municipality=current_municipality(), grant=grant, created=at)
    row.wrapped = encrypt(key, table=TABLE, column="wrapped", row=row.grant_id)
    row.save(force_insert=True)
    return key


def opened(row: RecordKey) -> bytes:
    """The key in a row. Raises DoesNotDecrypt, KeyMissing."""
    return decrypt(bytes(row.wrapped), table=TABLE, column="wrapped", row=row.grant_id)


def salt_of(record: ActRecord, key: bytes | None) -> bytes:
    """The salt of one act; knowing it tells nothing of another act's. Raises Forgotten."""
    if record.salt is not None:
        return bytes(record.salt)
    if key is None:
        raise Forgotten
    return hmac.digest(key, record.id.bytes, "sha256")
