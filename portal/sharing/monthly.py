"""The key of the month: wraps the keys of grants, and lies outside the database and its backups.

Living grants move to the key of the current month; the key of a past month is destroyed when nothing hangs on
it any more. A backup of the database that is older cannot be read, so what was erased stays erased there too.
A month's key alone is noise: it counts only together with the master key.
"""

import hashlib
import hmac
import logging
import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.keys import KeyMissing, master_key
from portal.municipalities.written_once import write_once

from .models import GrantKey

log = logging.getLogger(__name__)
STILL_WRITING = timedelta(days=2)
HELD = 60.0
"""Seconds that a process reads with a month's key before it looks whether it is still there."""
_held: dict[str, tuple[float, bytes]] = {}
"""The keys of months by file, and until when each is held."""
_reached: dict[UUID, UUID] = {}
"""By municipality, the last row that this process looked at: the next turn begins behind it."""


def month_of(at: datetime) -> str:
    """The name of the key of that moment, in UTC, e.g. "2026-11"."""
    return at.astimezone(UTC).strftime("%Y-%m")


def wrap(row: GrantKey, key: bytes) -> None:
    """Put a grant's key in its row, under the key of this month; the row is not saved yet."""
    nonce = secrets.token_bytes(12)
    row.master = f"{month_of(timezone.now())}/{next(iter(settings.MASTER_KEYS))}"
    row.wrapped = nonce + AESGCM(_both(row.master, make=True)).encrypt(nonce, key, _bound_to(row))


def unwrap(row: GrantKey) -> bytes:
    """The key again. Raises KeyMissing when the month's key is destroyed or does not fit."""
    wrapped = bytes(row.wrapped)
    try:
        return AESGCM(_both(row.master, make=False)).decrypt(wrapped[:12], wrapped[12:], _bound_to(row))
    except InvalidTag:
        raise KeyMissing(f"the key {row.master!r} does not open the key of grant {row.grant_id}") from None


def move_on(at: datetime, most: int = 500) -> int:
    """Put living grants under the key of this month, for the municipality in force; gives how many moved.

    A key that does not open, of a backup or damaged, is left as it is, since its month's key may yet be
    brought back; it holds up nobody else.
    """
    rows, moved, closed = _behind(at, most), 0, []
    for row in rows:
        try:
            key = unwrap(row)
        except KeyMissing:
            closed.append(row.grant_id)
            continue
        wrap(row, key)
        row.save(update_fields=["master", "wrapped"])
        moved += 1
    if closed:
        log.error("the keys of %s grants do not open, that of %s first", len(closed), closed[0])
    return moved


def _behind(at: datetime, most: int) -> list[GrantKey]:
    """The next rows under an earlier month, in the order of their ids; after the last, the first again."""
    whose = current_municipality().id
    rows = GrantKey.objects.filter(master__lt=month_of(at)).order_by("id")
    if whose in _reached:
        rows = rows.filter(id__gt=_reached[whose])
    found = list(rows.select_for_update(skip_locked=True)[:most])
    if len(found) == most:
        _reached[whose] = found[-1].id
    else:
        _reached.pop(whose, None)
    return found


def past_keys(at: datetime) -> list[str]:
    """Months whose key is there and may go; a transaction that began before the turn has ended by then."""
    last = month_of(at - STILL_WRITING)
    return sorted(file.stem for file in _folder().glob("????-??.key") if file.stem < last)


def is_in_use(month: str) -> bool:
    """Whether a grant of the municipality in force hangs on a month's key."""
    return GrantKey.objects.filter(master__startswith=f"{month}/").exists()


def destroy(month: str) -> None:
    """Destroy the key of a month that no grant of any municipality hangs on."""
    (_folder() / f"{month}.key").unlink(missing_ok=True)
    forget_held_keys()


def forget_held_keys() -> None:
    """Read each month's key anew when it is needed."""
    _held.clear()


def _bound_to(row: GrantKey) -> bytes:
    return f"{row.municipality_id}|grant|{row.grant_id}".encode()


def _both(name: str, *, make: bool) -> bytes:
    month, _slash, master = name.partition("/")
    file = _folder() / f"{month}.key"
    if make and not file.exists():
        write_once(file, secrets.token_hex(32))
    return hmac.new(master_key(master), _month(str(file)), hashlib.sha256).digest()


def _month(file: str) -> bytes:
    """The key in a file. Another process destroys it: nobody holds it for longer than `HELD`."""
    now = monotonic()
    for name, (until, _key) in list(_held.items()):
        if until <= now:
            _held.pop(name, None)
    until, key = _held.get(file, (0.0, b""))
    if until:
        return key
    try:
        key = bytes.fromhex(Path(file).read_text())
    except (OSError, ValueError):
        raise KeyMissing(f"there is no key of the month at {Path(file).name!r}") from None
    _held[file] = now + HELD, key
    return key


def _folder() -> Path:
    if not settings.GRANT_KEYS:
        raise KeyMissing("GRANT_KEYS names no folder")
    return Path(settings.GRANT_KEYS)
