"""What a resident is asked that no register of tasks knows: rooms above tell it, pages of tasks show it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

_tellers: list[Callable[[UUID], Sequence["AlsoAsked"]]] = []


@dataclass(frozen=True, slots=True)
class AlsoAsked:
    """One thing that may be answered."""

    title: str
    url: str
    about: str
    language: str
    """Of what it is about."""
    deadline: str
    """Until when, in a whole sentence."""
    came: datetime | None = None
    """When it was asked, where that is known."""


def stands_among_tasks(tell: Callable[[UUID], Sequence[AlsoAsked]]) -> None:
    """Register what tells the questions to a resident; called when a room's app is ready."""
    if tell not in _tellers:
        _tellers.append(tell)


def asked_beside(resident: UUID) -> list[AlsoAsked]:
    """All of them, in a transaction of the caller."""
    return [one for tell in _tellers for one in tell(resident)]
