"""The values of a grant, under a key of its own.

Municipality, grant, resident, consumer, version, what was chosen, once or more often, end, and when and how
it was first proven are bound into the encryption: a row edited in the database does not decrypt. Deleting the
key is the erasure.
"""

import json
import secrets
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from portal.municipalities.crypto import DoesNotDecrypt, decrypt, encrypt
from portal.municipalities.keys import KeyMissing

from . import monthly
from .models import Disclosure, Grant, GrantKey

Values = Mapping[str, str]


def seal(grant: Grant, values: Values) -> GrantKey:
    """Put the values in the grant under a new key; neither is saved yet."""
    key, nonce = secrets.token_bytes(32), secrets.token_bytes(12)
    grant.values = nonce + AESGCM(key).encrypt(nonce, json.dumps(dict(values)).encode(), _bound_to(grant))
    row = GrantKey(municipality_id=grant.municipality_id, grant=grant)
    monthly.wrap(row, key)
    return row


def unseal(grant: Grant) -> Values:
    """The values. Raises DoesNotDecrypt when they are erased or the row was changed."""
    row = GrantKey.objects.filter(grant=grant).first()
    if row is None or grant.values is None:
        raise DoesNotDecrypt("the values of this grant are erased")
    try:
        key = monthly.unwrap(row)
    except KeyMissing:
        raise DoesNotDecrypt("the key that this grant hangs on is gone") from None
    stored = bytes(grant.values)
    try:
        plain = AESGCM(key).decrypt(stored[:12], stored[12:], _bound_to(grant))
    except InvalidTag:
        raise DoesNotDecrypt("the grant was changed after it was given") from None
    return {str(name): str(value) for name, value in json.loads(plain).items()}


def erase(grant: Grant) -> None:
    """Destroy the key and the values; nobody can read them any more."""
    GrantKey.objects.filter(grant=grant).delete()
    grant.values = None


def keep_unconfirmed(disclosure: Disclosure, column: str, plain: bytes) -> None:
    """Encrypt something of a disclosure with the municipality's key; lives fifteen minutes at most."""
    sealed = encrypt(plain, table="sharing_disclosure", column=column, row=disclosure.id)
    setattr(disclosure, column, sealed)


def read_unconfirmed(disclosure: Disclosure, column: str) -> bytes | None:
    """What `keep_unconfirmed` kept, or None."""
    stored = getattr(disclosure, column)
    if stored is None:
        return None
    return decrypt(stored, table="sharing_disclosure", column=column, row=disclosure.id)


def _bound_to(grant: Grant) -> bytes:
    end = grant.until.isoformat() if grant.until else "until stopped"
    parts = (
        grant.municipality_id,
        grant.id,
        grant.subject_id,
        grant.consumer_id,
        grant.version.content_hash,
        ",".join(sorted(grant.chosen)),
        "once" if grant.one_time else "more often",
        end,
        *((grant.proven.isoformat(), grant.proven_by) if grant.proven else ()),
    )
    return "|".join(map(str, parts)).encode()
