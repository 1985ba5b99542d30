"""Each day's uses are sealed by one leaf: a use that is added, changed or taken away later is found."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from heapq import merge
from itertools import islice
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from portal.sharing.models import ForgottenUse, LogRecord
from portal.sharing.purposes import canonical
from portal.usage.models import Use

from .entries import locked_head, note
from .tree import Growing, Hash, leaf_hash

HERE = ZoneInfo("Europe/Amsterdam")
SETTLED = timedelta(minutes=10)
"""After midnight, until the last use of the day is committed; no transaction takes that long."""
_FIRST = (
    "id", "subject_id", "grant_id", "consumer_id", "who", "purpose", "ground", "basis", "activity", "what",
    "zaak", "trace", "span", "call", "at",
)  # fmt: skip
SEALED = {1: _FIRST, 2: (*_FIRST, "labels")}
"""The columns of a use that are bound, by version of what a day commits to: a sealed day keeps its own."""
NEWEST = max(SEALED)


def seal(at: datetime, most: int = 7) -> int:
    """Seal the days that are over and not sealed yet, oldest first; gives how many.

    The first day is that of the first use; from then on no day is left out, also when nothing was used.
    """
    sealed = 0
    with transaction.atomic():
        due = list(islice(_due(at), most))
    for day in due:
        content = summary(day)
        with transaction.atomic():
            locked_head()  # another worker may be at it too
            if not LogRecord.objects.filter(day=day.isoformat()).exists():
                note(LogRecord.DAY, content, at, day.isoformat())
                sealed += 1
    return sealed


def summary(day: date, version: int = NEWEST) -> dict[str, Any]:
    """What a day commits to: how many uses there were, and the root over them in the order of their ids."""
    start, end = bounds(day)
    tree = Growing()
    with transaction.atomic():
        uses = Use.objects.filter(at__gte=start, at__lt=end).order_by("id").values(*SEALED[version])
        there = ((use["id"], leaf_of(use, version)) for use in uses.iterator(5000))
        gone = ForgottenUse.objects.filter(day=day).order_by("id").values_list("id", "leaf").iterator(5000)
        for _id, leaf in merge(there, gone, key=itemgetter(0)):
            tree.add(bytes(leaf))
    content = {"day": day.isoformat(), "uses": tree.size, "root": tree.root().hex()}
    return content if version == 1 else {"version": version, **content}


def leaf_of(use: Mapping[str, Any], version: int) -> Hash:
    """The hash of one use in its day, of a row of columns by name."""
    return leaf_hash(canonical({name: _plain(use[name]) for name in SEALED[version]}))


def sealed_until() -> datetime | None:
    """The first moment after the days that are sealed; None while none is."""
    newest = _newest_sealed()
    return bounds(date.fromisoformat(newest))[1] if newest else None


def version_of(day: date) -> int:
    """Which columns a sealed day binds. Raises LogRecord.DoesNotExist for a day that is not sealed."""
    version: int = LogRecord.objects.get(day=day.isoformat(), kind=LogRecord.DAY).payload.get("version", 1)
    return version


def faults() -> Iterator[str]:
    """Which sealed days no longer are what they were, and which are missing.

    Raises ValueError, AttributeError or TypeError at a day whose date or content is none any more.
    """
    expected = None
    for row in LogRecord.objects.filter(kind=LogRecord.DAY).order_by("day"):
        day = date.fromisoformat(row.day)
        if expected is None:
            if Use.objects.filter(at__lt=bounds(day)[0]).exists():
                yield f"there are uses before {day}, the first day that was sealed"
        elif day != expected:
            yield f"no day was sealed from {expected} until {day}"
        expected = day + timedelta(days=1)
        version = row.payload.get("version", 1)
        if version not in SEALED:
            yield f"{day} says that it was sealed in a way that there is not"
            continue
        now = summary(day, version)
        if any(now[name] != row.payload.get(name) for name in now):
            yield f"the uses of {day} are not those that were sealed ({now['uses']} now)"


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day, and of the next; 23 or 25 hours apart when the clock changes."""
    return tuple(datetime.combine(one, time(), HERE) for one in (day, day + timedelta(days=1)))  # type: ignore[return-value]  # two of them


def _due(at: datetime) -> Iterator[date]:
    newest = _newest_sealed()
    if newest:
        day = date.fromisoformat(newest) + timedelta(days=1)
    else:
        first = Use.objects.order_by("at").values_list("at", flat=True).first()
        if first is None:
            return
        day = first.astimezone(HERE).date()
    while bounds(day)[1] + SETTLED <= at:
        yield day
        day += timedelta(days=1)


def _newest_sealed() -> str | None:
    days = LogRecord.objects.filter(kind=LogRecord.DAY).order_by("-day")
    return days.values_list("day", flat=True).first()


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo("UTC")).isoformat()
    return value if value is None or isinstance(value, (str, list)) else str(value)
