"""What can come of a question to a register; broken is never shown as empty."""

from dataclasses import dataclass, field
from typing import Any, TypeAlias


@dataclass(frozen=True, slots=True)
class Found:
    """The register answered. Only this says anything about what it knows."""

    value: Any


@dataclass(frozen=True, slots=True)
class Late:
    """No answer within its time."""

    hurried: bool = field(default=False, compare=False)
    """Its time was shorter than a register may take, so that it says nothing of the register."""


@dataclass(frozen=True, slots=True)
class Skipped:
    """It did not answer somebody just now, so nobody waits for it; the page is told at once."""


@dataclass(frozen=True, slots=True)
class Broken:
    """It cannot be reached or answered nonsense."""

    reason: str
    """For the log; never an answer, an address or a person."""
    answered: bool = field(default=False, compare=False)
    """It did say something of what was asked; we could not make out what."""


@dataclass(frozen=True, slots=True)
class Refused:
    """It does not accept our credentials or doelbinding; an administrator must act."""

    unheard: bool = field(default=False, compare=False)
    """It does not know us at all (401), so it says nothing of what was asked."""


@dataclass(frozen=True, slots=True)
class SwitchedOff:
    """The municipality does not show it now; it was not asked."""


Answer: TypeAlias = Found | Late | Skipped | Broken | Refused | SwitchedOff
