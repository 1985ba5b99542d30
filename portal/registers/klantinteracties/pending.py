"""The way of a new e-mail address: a code is sent, typed, and only then is the address written.

When the register or the mail to the old address fails after the code was right, it stays right: the resident
tries again without a new code.
"""

import json
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from portal.accounts.required import Session
from portal.codes.sending import (
    WRONG_CODES,
    CodeNotSent,
    TooManyWrongCodes,
    WrongCode,
    all_right,
    may_send,
    new_code,
    send_code,
)
from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import decrypt, encrypt

from .models import PendingAddress

TABLE = "klantinteracties_pendingaddress"
KEPT = timedelta(minutes=15)


class NothingPending(Exception):
    """It is over, was written, or another tab asked for another address."""


@dataclass(frozen=True, slots=True)
class Pending:
    """An address on its way."""

    id: UUID
    address: str = field(repr=False)
    was: str
    """The mark of the address that it takes the place of."""
    until: datetime
    proven: bool
    told: bool
    _code: str = field(repr=False)


def begin(session: Session, address: str, was: str) -> UUID:
    """Send a code to an address, in place of what this session had under way.

    Raises AskedTooOften, CodeNotSent; then nothing is under way.
    """
    may_send(session.subject, [address])
    row = PendingAddress(
        id=uuid4(), municipality=current_municipality(), session=session.id, begun=timezone.now()
    )
    code = new_code()
    held = json.dumps({"address": address, "code": code, "was": was}).encode()
    with transaction.atomic():  # the key may have to be read anew
        row.sealed = encrypt(held, table=TABLE, column="sealed", row=row.id)
        PendingAddress.objects.filter(session=session.id).delete()
        row.save(force_insert=True)
    try:
        send_code("email", address, code, row.begun + KEPT)
    except CodeNotSent:
        with transaction.atomic():
            PendingAddress.objects.filter(id=row.id).delete()
        raise
    return row.id


def of_session(session: Session) -> Pending | None:
    """What this session has under way."""
    row = PendingAddress.objects.filter(session=session.id, begun__gt=timezone.now() - KEPT).first()
    return _read(row) if row else None


def confirm(session: Session, pending: UUID, code: str) -> Pending:
    """The code is right: the address counts as the resident's. Harmless to repeat.

    Raises WrongCode, TooManyWrongCodes, NothingPending.
    """
    with transaction.atomic():
        rows = PendingAddress.objects.select_for_update()
        row = rows.filter(id=pending, session=session.id, begun__gt=timezone.now() - KEPT).first()
        if row is None:
            raise NothingPending
        if row.proven:
            return _read(row)
        if row.wrong_codes >= WRONG_CODES:
            raise TooManyWrongCodes
        held = _read(row)
        if all_right({"code": held._code}, {"code": code}):
            row.proven = True
            row.save(update_fields=["proven"])
            return _read(row)
        row.wrong_codes += 1
        row.save(update_fields=["wrong_codes"])
        left = row.wrong_codes < WRONG_CODES
    raise WrongCode if left else TooManyWrongCodes


def note_told(pending: UUID) -> None:
    """The old address knows."""
    PendingAddress.objects.filter(id=pending).update(told=True)


def finish(pending: UUID) -> None:
    """It is written, or the resident lets it be."""
    PendingAddress.objects.filter(id=pending).delete()


def forget_over(at: datetime) -> None:
    """For the municipality in force, each turn of the worker."""
    PendingAddress.objects.filter(begun__lte=at - KEPT).delete()


def forget_session(session: UUID) -> None:
    """The session ended, and what it had under way with it."""
    PendingAddress.objects.filter(session=session).delete()


def _read(row: PendingAddress) -> Pending:
    held = json.loads(decrypt(bytes(row.sealed), table=TABLE, column="sealed", row=row.id))
    return Pending(
        id=row.id,
        address=held["address"],
        was=held["was"],
        until=row.begun + KEPT,
        proven=row.proven,
        told=row.told,
        _code=held["code"],
    )
