"""Encrypted columns: AES-256-GCM, bound to municipality, table, column and row.

Bound, so that a value moved to another row, column or municipality does not decrypt.
Stored as version (1 byte), key id (16), nonce (12), ciphertext with tag.
"""

import hashlib
import hmac
import secrets
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from .acting import current_municipality
from .keys import FIELD, LOOKUP, by_id, newest

VERSION = b"\x01"


class DoesNotDecrypt(Exception):
    """The value was changed, moved, or its key is gone."""


def encrypt(plain: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """Encrypt for one column of one row of the municipality in force."""
    key_id, key = newest(FIELD)
    nonce = secrets.token_bytes(12)
    bound = _bound_to(table, column, row)
    return VERSION + key_id.bytes + nonce + AESGCM(key).encrypt(nonce, plain, bound)


def decrypt(stored: bytes, *, table: str, column: str, row: UUID) -> bytes:
    """The plain value. Raises DoesNotDecrypt, KeyMissing."""
    stored = bytes(stored)
    if stored[:1] != VERSION or len(stored) < 45:
        raise DoesNotDecrypt(f"{table}.{column}: not a value of ours")
    key = by_id(UUID(bytes=stored[1:17]))
    try:
        return AESGCM(key).decrypt(stored[17:29], stored[29:], _bound_to(table, column, row))
    except InvalidTag:
        raise DoesNotDecrypt(f"{table}.{column}: changed or moved") from None


def lookup_hash(value: str, key_id: UUID | None = None) -> tuple[UUID, bytes]:
    """HMAC-SHA-256 of a value under the municipality's look-up key; the newest unless one is named.

    Keyed, because all 91 million BSNs can be hashed in under a minute.
    """
    chosen, key = (key_id, by_id(key_id)) if key_id else newest(LOOKUP)
    return chosen, hmac.new(key, value.encode(), hashlib.sha256).digest()


def _bound_to(table: str, column: str, row: UUID) -> bytes:
    return f"{current_municipality().id}|{table}|{column}|{row}".encode()
