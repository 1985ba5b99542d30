"""What stands beside the cases in a resident's list and is no case, or not yet: rooms above say what."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

_tellers: list[Callable[[UUID], Sequence["Line"]]] = []


@dataclass(frozen=True, slots=True)
class Line:
    """One thing in the list of cases."""

    title: str
    language: str
    """Of the title; the rest is in the page's own."""
    url: str
    number: str
    status: str
    kind: str
    """How the status looks: "info", "warning", …"""
    when: str
    to_do: str
    """What the resident does or can expect."""


def stands_beside(tell: Callable[[UUID], Sequence[Line]]) -> None:
    """Register what tells the lines of a resident; called when a room's app is ready."""
    if tell not in _tellers:
        _tellers.append(tell)


def lines_beside(resident: UUID) -> list[Line]:
    """All of them, in a transaction of the caller."""
    return [line for tell in _tellers for line in tell(resident)]
