"""The one way a consumer reads what a resident shares: ground checked and use written in one transaction."""

import hashlib
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.municipalities.crypto import DoesNotDecrypt
from portal.usage.models import Use

from .grants import ANSWER_AGAIN, Standing, locked_to_read, owe, standing
from .ledger.restores import uses_are_refused
from .models import Consumer, Duty, Grant
from .purposes import Version
from .purposes import read as read_version
from .values import Values, unseal

ENDS = ("ingetrokken", "verlopen", "verbruikt")
"""What a consumer is told after which it may keep nothing."""


class UnknownGrant(LookupError):
    """No such grant for this consumer; the same for another's and for one that never was."""


class NoLongerShared(Exception):
    """The grant is withdrawn or over, or its purpose is."""

    def __init__(self, why: Standing) -> None:
        super().__init__(str(why))
        self.why = why


class TooOften(Exception):
    """More readings of one grant than anyone needs; each is one that the resident sees."""


class NotAfterRestore(Exception):
    """A backup came back and was not made right yet: what was erased or stopped since could be in it."""


@dataclass(frozen=True, slots=True)
class Caller:
    """What the calling system says of its own call."""

    key: str = ""
    """Its Idempotency-Key: the same again is the same use."""
    trace: str = ""
    span: str = ""

    @property
    def call(self) -> str:
        """The key as it is kept."""
        return hashlib.sha256(self.key.encode()).hexdigest() if self.key else ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a consumer gets: the chosen values, under which purpose, until when."""

    id: UUID
    """Of the use; the same for the same call."""
    grant: UUID | None
    """None for a use by law."""
    version: Version
    values: Values
    labels: dict[str, str]
    until: datetime | None


def read(
    consumer: Consumer,
    grant: UUID,
    caller: Caller = Caller(),  # frozen
    purposes: Container[str] | None = None,
) -> Reading:
    """Read the shared values. Row locks put each use before or after a withdrawal, recall or block.

    `purposes` are those the call may be about, by slug; None: any. A grant for another is as unknown as none.
    Raises UnknownGrant, NoLongerShared, NotAfterRestore.
    """
    try:
        return _read(consumer, grant, caller, purposes)
    except IntegrityError as fault:
        if "one_use_a_call" not in str(fault):
            raise
        raise UnknownGrant from None  # at this very moment its key became another grant's


def _read(consumer: Consumer, grant: UUID, caller: Caller, purposes: Container[str] | None) -> Reading:
    with transaction.atomic():
        if uses_are_refused():
            raise NotAfterRestore
        row = locked_to_read(grant)
        if row is None or row.consumer_id != consumer.id:
            raise UnknownGrant
        if purposes is not None and row.version.purpose.slug not in purposes:
            raise UnknownGrant
        at = timezone.now()
        earlier = _same_call(consumer, row, caller)
        again = earlier is not None and at < earlier.at + ANSWER_AGAIN
        why = standing(row, at, again=again)
        if earlier is not None and not again:
            earlier, caller = None, Caller(trace=caller.trace, span=caller.span)  # a new use, seen as one
        if why is not Standing.HOLDS:
            raise NoLongerShared(why)
        try:
            values = unseal(row)
        except DoesNotDecrypt:
            raise NoLongerShared(Standing.EXPIRED) from None
        version = read_version(row.version, "nl")
        use = earlier or _used(row, version, sorted(values), caller, at)
        labels = {name: version.attribute(name).label for name in values}
        return Reading(use.id, row.id, version, values, labels, row.until)


def confirm_erased(consumer: Consumer, grant: UUID) -> None:
    """The consumer says that it erased what it had. Raises UnknownGrant."""
    with transaction.atomic():
        told = Duty.objects.filter(
            kind=Duty.TELL_CONSUMER,
            grant=grant,
            grant__consumer=consumer,
            event__in=ENDS,
        )
        if told.filter(confirmed=None).update(confirmed=timezone.now()):
            owe(Duty.TELL_CONSUMER, Grant.objects.get(id=grant), "gewist")
        elif not told.exists():
            raise UnknownGrant


def _same_call(consumer: Consumer, grant: Grant, caller: Caller) -> Use | None:
    """The use that this very call made before. Raises UnknownGrant when its key was another grant's."""
    if not caller.call:
        return None
    found = Use.objects.filter(consumer_id=consumer.id, call=caller.call).first()
    if found and found.grant_id != grant.id:
        raise UnknownGrant
    return found


def _used(grant: Grant, version: Version, what: list[str], caller: Caller, at: datetime) -> Use:
    if grant.one_time:
        grant.consumed = at
        grant.save(update_fields=["consumed"])
    return Use.objects.create(
        subject_id=grant.subject_id,
        grant_id=grant.id,
        consumer_id=grant.consumer_id,
        who=grant.consumer.name,
        purpose=version.title,
        ground=version.law,
        activity=version.activity,
        what=what,
        labels=[version.attribute(name).label for name in what],
        trace=caller.trace,
        span=caller.span,
        call=caller.call,
        at=at,
    )
