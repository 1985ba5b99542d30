"""What residents added to a case, and where they add more: a room above says it, the case's page shows it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from .about_case import CaseRef


@dataclass(frozen=True, slots=True)
class Added:
    """A part of a case's page. Its template has `added` (what is shown), and `may_add`."""

    template: str
    shown: Mapping[str, Any]


Tells: TypeAlias = Callable[[CaseRef, UUID], Added]
_tellers: list[Tells] = []


def told_by(tell: Tells) -> None:
    """Register who tells of a case and a resident; called when a room's app is ready."""
    if tell not in _tellers:
        _tellers.append(tell)


def added_to(case: CaseRef, resident: UUID) -> list[Added]:
    """All parts, in a transaction of the caller."""
    return [tell(case, resident) for tell in _tellers]
