"""What did not happen in time, for operators: erasures nobody listed or confirmed, consumers not told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from .models import Consumer, Duty
from .purposes import read
from .use import ENDS

UNLISTED = timedelta(hours=1)
"""An erasure is on the list within a turn of the worker; longer means that the list cannot be written."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One thing that needs somebody."""

    what: str
    """"not_listed", "not_told", "not_confirmed", "blocked", "not_filed", "not_scanned" or "not_added"."""
    consumer: str
    """Empty when it is the installation's own duty."""
    since: datetime
    about: str
    """The id of the duty, or why the consumer is blocked; nothing of a resident."""


MOST = 1000
"""Of each kind, the oldest: more than an operator reads, and never a table in memory."""
_others: list[Callable[[datetime], Sequence[Overdue]]] = []


def look_here_too(find: Callable[[datetime], Sequence[Overdue]]) -> None:
    """Register what a room above may have overdue."""
    if find not in _others:
        _others.append(find)


def overdue(at: datetime) -> Sequence[Overdue]:
    """Of the municipality in force, the oldest first."""
    rows = Duty.objects.select_related("consumer", "grant__version__purpose").order_by("since")
    rows = rows.filter(consumer__isnull=False)
    found = [_about("not_told", row) for row in rows.filter(failed__isnull=False)[:MOST]]
    unlisted = Duty.objects.filter(kind=Duty.LIST_ERASURE, done=None, since__lte=at - UNLISTED)
    found += [Overdue("not_listed", "", row.since, str(row.id)) for row in unlisted.order_by("since")[:MOST]]
    for row in rows.filter(event__in=ENDS, confirmed=None)[:MOST]:
        if row.grant and at >= row.since + read(row.grant.version, "nl").erase_within:
            found.append(_about("not_confirmed", row))
    for one in Consumer.objects.filter(blocked__isnull=False):
        assert one.blocked is not None
        found.append(Overdue("blocked", one.name, one.blocked, one.blocked_why))
    found += [one for find in _others for one in find(at)]
    return sorted(found, key=lambda one: one.since)


def _about(what: str, duty: Duty) -> Overdue:
    assert duty.consumer is not None
    return Overdue(what, duty.consumer.name, duty.since, str(duty.id))
