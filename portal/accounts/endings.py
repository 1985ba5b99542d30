"""What else must go when a session ends; registered by the rooms above, which accounts do not know."""

from collections.abc import Callable
from uuid import UUID

_endings: list[Callable[[UUID], None]] = []


def when_a_session_ends(ending: Callable[[UUID], None]) -> None:
    """Register what to do with a session's id when it ends."""
    if ending not in _endings:
        _endings.append(ending)


def session_ended(session: UUID) -> None:
    """Tell everyone who asked."""
    for ending in _endings:
        ending(session)
