"""The one way a consumer reads what a resident shares: ground checked and use written in one transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import DoesNotDecrypt
from portal.usage.models import Use

from .acts import in_force
from .models import Consumer, Duty, Grant
from .purposes import read as read_version
from .values import Values, unseal


class UnknownGrant(LookupError):
    """No such grant for this consumer; the same for another's and for one that never was."""


class NoLongerShared(Exception):
    """The grant is withdrawn or over."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a consumer gets: the chosen values, under which purpose, until when."""

    grant: UUID
    purpose: str
    values: Values
    labels: dict[str, str]
    until: str | None


def read(consumer: Consumer, grant: UUID) -> Reading:
    """Read the shared values. The row lock puts each use before or after a withdrawal, never during.

    Raises UnknownGrant, NoLongerShared.
    """
    with transaction.atomic():
        row = (
            Grant.objects.select_related("version", "version__purpose")
            .select_for_update(of=("self",))
            .filter(id=grant, consumer=consumer)
            .first()
        )
        if row is None:
            raise UnknownGrant
        at = timezone.now()
        if not in_force(row, at):
            raise NoLongerShared
        try:
            values = unseal(row)
        except DoesNotDecrypt:
            raise NoLongerShared from None
        version = read_version(row.version, "nl")
        Use.objects.create(
            municipality=current_municipality(),
            subject_id=row.subject_id,
            grant_id=row.id,
            who=consumer.name,
            purpose=version.title,
            ground=version.law,
            what=sorted(values),
            at=at,
        )
        labels = {name: version.attribute(name).label for name in values}
        until = row.until.isoformat() if row.until else None
        return Reading(row.id, version.title, values, labels, until)


def confirm_erased(consumer: Consumer, grant: UUID) -> None:
    """The consumer says that it erased what it had. Raises UnknownGrant."""
    with transaction.atomic():
        told = Duty.objects.filter(
            kind=Duty.TELL_CONSUMER,
            grant=grant,
            grant__consumer=consumer,
            event__in=("ingetrokken", "verlopen"),
        )
        if not told.filter(confirmed=None).update(confirmed=timezone.now()) and not told.exists():
            raise UnknownGrant
