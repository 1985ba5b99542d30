"""A turn of making records in a case system: one question after the other, until it is done or time is up.

There is no transaction on the other side. Whoever makes something writes down first that it will, and looks
for it when it goes on; this says in what time, and what it means when no answer comes.
"""

from collections.abc import Awaitable, Callable
from time import monotonic
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from portal.municipalities.connections import connections

from ..answers import Answer, Found, Refused, Skipped, SwitchedOff
from ..caller import Caller
from ..gather import Question, ask_one

ONE_CALL = 3.8  # seconds
LEAST = 0.5  # seconds that must be left before anything is asked
T = TypeVar("T")


class OutOfTime(Exception):
    """The rest is for the next turn."""


class NoAnswer(Exception):
    """The case system did not do as asked; `answer` says how."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(type(answer).__name__.lower())
        self.answer = answer

    @property
    def problem(self) -> str:
        """What it was, in a few words without data."""
        return f"{self} {getattr(self.answer, 'reason', '')}".strip()[:100]

    @property
    def made_nothing(self) -> bool:
        """Whether that is sure: only of who was never asked, or refused us."""
        return isinstance(self.answer, Skipped | Refused | SwitchedOff)


class Turn:
    """The case system of a connection of the municipality in force, until `ends` (monotonic seconds)."""

    def __init__(self, connection: UUID | None, ends: float) -> None:
        """Raises NoAnswer when it is connected no longer."""
        with transaction.atomic():
            system = next((one for one in connections("zaken") if one.id == connection), None)
        if system is None:
            raise NoAnswer(Refused())
        self.system, self._ends = system, ends

    def asked(self, ask: Callable[[Caller], Awaitable[T]], budget: float = 0) -> T:
        """What it answers; a `budget` in seconds is for what may take longer than the turn lasts.

        Raises OutOfTime before anything is sent, NoAnswer after.
        """
        left = self._ends - monotonic()
        if left < LEAST:
            raise OutOfTime
        hurried = not budget and left < ONE_CALL  # else the end of each turn would close it to all residents
        answer = ask_one(Question(self.system, ask), budget or min(left, ONE_CALL), hurried=hurried)
        if not isinstance(answer, Found):
            raise NoAnswer(answer)
        value: T = answer.value
        return value
