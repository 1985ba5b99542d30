"""Patterns of use that a privacy officer should look at: pure rules on a consumer's days.

An odd pattern is no proof of anything; it says what to ask about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

NIGHT = (22, 6)
"""Hours between which hardly anybody is at work."""
SOME_AT_NIGHT = 3
BURST = 5
"""Times its own average."""
BURST_FROM = 20
"""Uses in a day; below that a multiple of nearly nothing means nothing."""
MANY_RESIDENTS = 50
"""Residents in a day, when that is also more than a burst above the own average."""
MANY_AT_FIRST = 1000
"""Residents in a day that are many whatever is usual, as on the very first day."""
ONE_OFTEN = 10
"""Readings of the same resident in a day."""
AVERAGE_OVER = timedelta(days=28)


class Odd(StrEnum):
    NIGHT = "night"
    BURST = "burst"
    MANY_RESIDENTS = "many_residents"
    ONE_OFTEN = "one_often"


@dataclass(frozen=True, slots=True)
class Day:
    """What one consumer read on one day."""

    on: date
    uses: int
    at_night: int
    residents: int
    most_of_one: int
    """How often the resident who was read most."""


def odd_days(days: Sequence[Day]) -> dict[date, frozenset[Odd]]:
    """For the days of one consumer: which are odd, and how. Days without use need not be there."""
    return {day.on: found for day in days if (found := _odd(day, days))}


def _odd(day: Day, days: Sequence[Day]) -> frozenset[Odd]:
    before = [one for one in days if day.on - AVERAGE_OVER <= one.on < day.on]
    first = (day.on - min(one.on for one in before)).days if before else 0
    found = {
        Odd.NIGHT: day.at_night >= SOME_AT_NIGHT,
        Odd.BURST: day.uses >= BURST_FROM and day.uses > BURST * _a_day([one.uses for one in before], first),
        Odd.MANY_RESIDENTS: (
            day.residents >= MANY_RESIDENTS
            and day.residents > BURST * _a_day([one.residents for one in before], first)
        )
        or (not first and day.residents >= MANY_AT_FIRST),
        Odd.ONE_OFTEN: day.most_of_one >= ONE_OFTEN,
    }
    return frozenset(odd for odd, true in found.items() if true)


def _a_day(earlier: Sequence[int], days: int) -> float:
    """The average over all days since the first; on the very first day nothing is above it."""
    return sum(earlier) / days if days else float("inf")
