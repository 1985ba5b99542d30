"""Whose data is looked at by somebody with a mandate must be able to see that; told to the rooms above."""

from collections.abc import Callable
from uuid import UUID

_told: list[Callable[[UUID], None]] = []


def when_somebody_comes_for_another(tell: Callable[[UUID], None]) -> None:
    """Register what to do with the resident for whom somebody came; in the sign-in's own transaction."""
    if tell not in _told:
        _told.append(tell)


def came_for_another(subject: UUID) -> None:
    """Tell everyone who asked."""
    for tell in _told:
        tell(subject)
