"""When a place is open, read from what its editor filled in. Pure functions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any


@dataclass(frozen=True, slots=True)
class Span:
    """From–until on one day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the week and when it is open then; nothing means closed."""

    number: int
    """0 is Monday, as `date.weekday` counts."""
    spans: Sequence[Span]


@dataclass(frozen=True, slots=True)
class Differing:
    """Days on which it is otherwise."""

    first: date
    last: date
    span: Span | None
    """None: closed."""
    why: str


def week_of(hours: Iterable[Any]) -> Sequence[Day]:
    """All seven days; nothing at all where no hours were filled in."""
    spans: dict[int, list[Span]] = {number: [] for number in range(7)}
    for block in hours:
        spans[int(block.value["day"])].append(Span(block.value["opens"], block.value["closes"]))
    if not any(spans.values()):
        return ()
    return [Day(number, sorted(each, key=lambda one: one.opens)) for number, each in spans.items()]


def exceptions_from(exceptions: Iterable[Any], today: date) -> Sequence[Differing]:
    """Those of today and later, the nearest first."""
    found = [_differing(block.value) for block in exceptions]
    return sorted((one for one in found if one.last >= today), key=lambda one: one.first)


def on_day(hours: Iterable[Any], exceptions: Iterable[Any], day: date) -> Sequence[Span] | None:
    """When it is open on a day, an exception before the week; None where nothing was filled in."""
    for one in exceptions_from(exceptions, day):
        if one.first <= day <= one.last:
            return [one.span] if one.span else []
    week = week_of(hours)
    return week[day.weekday()].spans if week else None


def _differing(value: Any) -> Differing:
    span = Span(value["opens"], value["closes"]) if value["opens"] and value["closes"] else None
    return Differing(value["first"], value["last"] or value["first"], span, value["why"] or "")
