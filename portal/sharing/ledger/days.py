"""Each day's uses are sealed by one leaf: a use that is added, changed or taken away later is found."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from portal.sharing.models import LogRecord
from portal.sharing.purposes import canonical
from portal.usage.models import Use

from .entries import locked_head, note
from .tree import Growing, leaf_hash

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
        uses = Use.objects.filter(at__gte=start, at__lt=end).order_by("id")
        for use in uses.values(*SEALED[version]).iterator(5000):
            tree.add(leaf_hash(canonical({name: _plain(value) for name, value in use.items()})))
    content = {"day": day.isoformat(), "uses": tree.size, "root": tree.root().hex()}
    return content if version == 1 else {"version": version, **content}


def faults() -> list[str]:
    """Which sealed days no longer are what they were, and which are missing. Raises nothing."""
    found, expected = [], None
    for row in LogRecord.objects.filter(kind=LogRecord.DAY).order_by("day"):
        day = date.fromisoformat(row.day)
        if expected is None:
            if Use.objects.filter(at__lt=bounds(day)[0]).exists():
                found.append(f"there are uses before {day}, the first day that was sealed")
        elif day != expected:
            found.append(f"no day was sealed from {expected} until {day}")
        expected = day + timedelta(days=1)
        now = summary(day, row.payload.get("version", 1))
        if any(now[name] != row.payload.get(name) for name in now):
            found.append(f"the uses of {day} are not those that were sealed ({now['uses']} now)")
    return found


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of a day, and of the next; 23 or 25 hours apart when the clock changes."""
    return tuple(datetime.combine(one, time(), HERE) for one in (day, day + timedelta(days=1)))  # type: ignore[return-value]  # two of them


def _due(at: datetime) -> Iterator[date]:
    newest = (
        LogRecord.objects.filter(kind=LogRecord.DAY).order_by("-day").values_list("day", flat=True).first()
    )
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


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(ZoneInfo("UTC")).isoformat()
    return value if value is None or isinstance(value, (str, list)) else str(value)
