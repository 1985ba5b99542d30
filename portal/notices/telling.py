"""Writing down that a resident must hear of something."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils import timezone

from portal.municipalities.acting import current_municipality

from .kinds import Kind
from .mailing import seal_address
from .models import Notice, State

SPREAD = 14 * 24 * 3600  # seconds


def tell(
    subject: UUID,
    kind: Kind,
    due: date | None = None,
    *,
    cause: UUID | None = None,
    at: datetime | None = None,
    address: str = "",
) -> None:
    """Let a resident know, as soon as it can be; call it in the transaction of the act.

    `due` is the last day for what is asked of the resident, None when nothing is. With a `cause` (the id of
    what it is about) the same kind is told once. `at` is for later: not before then, if still wanted.
    `address` is where to mail it, from who knows that; without one it is looked up when it is sent.
    """
    now = timezone.now()
    row = Notice(
        municipality=current_municipality(),
        subject_id=subject,
        kind=kind,
        answer_by=due,
        cause=cause,
        made=now,
        due=at or now,
    )
    if address:
        seal_address(row, address)
    Notice.objects.bulk_create([row], ignore_conflicts=cause is not None)


def told_by_letter(subject: UUID, kind: Kind, cause: UUID) -> Notice:
    """The notice of this cause, for a letter that a resident asked for; made as one by post if need be."""
    now = timezone.now()
    row, _made = Notice.objects.get_or_create(
        kind=kind,
        cause=cause,
        defaults={
            "municipality": current_municipality(),
            "subject_id": subject,
            "state": State.BY_LETTER,
            "made": now,
            "due": now,
        },
    )
    return row


def tell_overview(subject: UUID, since: datetime) -> None:
    """The yearly overview, in the January after `since`; one a year, as long as something is shared.

    Spread over two weeks, so that a whole municipality does not wait behind it.
    """
    year = since.year + 1
    moment = datetime(year, 1, 8, 9, tzinfo=UTC) + timedelta(seconds=subject.int % SPREAD)
    tell(subject, Kind.OVERVIEW, cause=uuid5(subject, f"overview {year}"), at=moment)
