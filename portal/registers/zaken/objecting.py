"""Until when one can object to a decision: pure, and as the law counts.

The term is six weeks (Awb 6:7) from the day after it was sent (Awb 6:8, 3:41); one that ends on a Saturday,
Sunday or holiday runs on to the next other day (Algemene termijnenwet 1 and 3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from .decisions import Decision

SIX_WEEKS = timedelta(weeks=6)


class Way(StrEnum):
    """Where one goes."""

    OBJECTION = "bezwaar"
    """To the municipality itself."""
    APPEAL = "beroep"
    """To the court, against a decision on an objection."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What can be done against a decision."""

    way: Way
    until: date | None
    """The last day; None where it is not known, and the letter says it."""
    over: bool


def remedy(decision: Decision, way: Way, today: date) -> Remedy:
    """The earlier of what the law and the register say, so that nobody is ever too late by our doing."""
    days = [one for one in (decision.sent and last_day(decision.sent), decision.answer_by) if one]
    until = min(days) if days else None
    return Remedy(way, until, bool(until and until < today))


def last_day(sent: date) -> date:
    """The last day to object to what was sent on a day."""
    day = sent + SIX_WEEKS
    while day.weekday() >= 5 or day in set(_holidays(day.year)):
        day += timedelta(days=1)
    return day


def _holidays(year: int) -> Iterator[date]:
    """The days of Algemene termijnenwet 3; Good Friday counts as one."""
    easter = _easter(year)
    kings_day = date(year, 4, 27)
    yield date(year, 1, 1)
    yield from (easter + timedelta(days=days) for days in (-2, 1, 39, 50))
    yield kings_day - timedelta(days=1) if kings_day.weekday() == 6 else kings_day
    yield from (date(year, 5, 5), date(year, 12, 25), date(year, 12, 26))


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (Meeus, Jones, Butcher)."""
    golden, century, rest = year % 19, *divmod(year, 100)
    leaps, more = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leaps - moon + 15) % 30
    by_four, left = divmod(rest, 4)
    weekday = (32 + 2 * more + 2 * by_four - epact - left) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)
