"""The keys of a municipality: made once, kept wrapped, held in memory while a process lives.

The master key never lies in the database: without it, a stolen database is noise. A
municipality's keys are rows, so closing a municipality can destroy them.
"""

import base64
import secrets
import time
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from .acting import current_municipality
from .models import Municipality, WrappedKey

FIELD = "field"
"""Encrypts columns."""
LOOKUP = "lookup"
"""Finds a resident by BSN without keeping the BSN."""
SIGN = "sign"
"""Signs receipts, heads of the act log and messages to other systems; the seed of an Ed25519 key."""


HELD = 60  # seconds that a process goes on writing with a key after a newer one was made


class KeyMissing(RuntimeError):
    """A key that is needed is not there, or its master key is not configured."""


def master_key(name: str) -> bytes:
    """A master key by name. Raises KeyMissing."""
    encoded = settings.MASTER_KEYS.get(name)
    if encoded is None:
        raise KeyMissing(f"master key {name!r} is not in MASTER_KEYS")
    return base64.b64decode(encoded)


def wrap(key: bytes, context: str) -> tuple[str, bytes]:
    """Encrypt a key under the newest master key; gives the master's name and the wrapped key."""
    name = next(iter(settings.MASTER_KEYS))
    nonce = secrets.token_bytes(12)
    return name, nonce + AESGCM(master_key(name)).encrypt(nonce, key, context.encode())


def unwrap(master: str, wrapped: bytes, context: str) -> bytes:
    """The key again. Raises KeyMissing when the master key does not fit."""
    try:
        return AESGCM(master_key(master)).decrypt(wrapped[:12], wrapped[12:], context.encode())
    except InvalidTag:
        raise KeyMissing(f"master key {master!r} does not open the key of {context}") from None


def make_keys() -> None:
    """Give the municipality in force its keys, once."""
    for use in (FIELD, LOOKUP, SIGN):
        if not WrappedKey.objects.filter(use=use).exists():
            rotate(use)


def rotate(use: str) -> UUID:
    """A new key to write with, for the municipality in force; the earlier ones stay, to read with.

    Raises KeyMissing when its keys were destroyed.
    """
    municipality = current_municipality()
    # Locked, and read anew: whoever signs or writes may still think that the municipality has keys.
    if not Municipality.objects.select_for_update().filter(id=municipality.id, keys_destroyed=None):
        raise KeyMissing("the keys of this municipality are destroyed, and it gets no new ones")
    row = WrappedKey(use=use, municipality=municipality)
    row.master, row.wrapped = wrap(secrets.token_bytes(32), _context(municipality.id, row.id, use))
    row.save()
    return row.id


def rewrap() -> int:
    """Put the keys of the municipality in force under the newest master key; gives how many moved."""
    behind = WrappedKey.objects.exclude(master=next(iter(settings.MASTER_KEYS))).select_for_update()
    moved = 0
    for row in behind:
        context = _context(row.municipality_id, row.id, row.use)
        row.master, row.wrapped = wrap(unwrap(row.master, bytes(row.wrapped), context), context)
        row.save(update_fields=["master", "wrapped"])
        moved += 1
    return moved


def newest(use: str) -> tuple[UUID, bytes]:
    """The id and bytes of the key to write with. Raises KeyMissing."""
    key = _newest(current_municipality().id, use, int(time.monotonic() // HELD))
    return key, by_id(key)


def by_id(key: UUID) -> bytes:
    """A key of the municipality in force by its id. Raises KeyMissing."""
    municipality = current_municipality()
    if municipality.keys_destroyed:  # by another process: this one may hold them in memory still
        raise KeyMissing("the keys of this municipality are destroyed")
    return _by_id(municipality.id, key)


def destroy_all() -> int:
    """Destroy every key of the municipality in force: what is under them is noise. Gives how many."""
    destroyed, _models = WrappedKey.objects.filter(municipality=current_municipality()).delete()
    forget_cached_keys()
    return destroyed


def all_of(use: str) -> list[UUID]:
    """The ids of all keys of the municipality in force for a use, the newest first."""
    rows = WrappedKey.objects.filter(municipality=current_municipality(), use=use)
    return list(rows.order_by("-created").values_list("id", flat=True))


@lru_cache(maxsize=4096)
def _newest(municipality: UUID, use: str, _moment: int) -> UUID:
    row = WrappedKey.objects.filter(municipality=municipality, use=use).order_by("-created").first()
    if row is None:
        raise KeyMissing(f"the municipality has no key for {use}")
    return row.id


@lru_cache(maxsize=4096)
def _by_id(municipality: UUID, key: UUID) -> bytes:
    row = WrappedKey.objects.filter(municipality=municipality, id=key).first()
    if row is None:
        raise KeyMissing("that key is not there (any more)")
    return unwrap(row.master, bytes(row.wrapped), _context(municipality, row.id, row.use))


def forget_cached_keys() -> None:
    """Drop what this process holds in memory; after a rotation, and between tests."""
    _newest.cache_clear()
    _by_id.cache_clear()


def _context(municipality: UUID, row: UUID, use: str) -> str:
    return f"{municipality}|key|{row}|{use}"
