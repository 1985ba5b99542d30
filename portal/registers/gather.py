"""Asks several registers side by side, from one asyncio loop in a background thread.

The page is plain synchronous Django (measured: twenty times the throughput of ASGI for it). Answers come in
the order in which the registers give them, all within one budget; whoever stops listening cancels the rest.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any, TypeAlias
from uuid import UUID

from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import Connection

from . import breakers, loop
from .answers import Answer, Broken, Found, Late, Refused, Skipped, SwitchedOff
from .caller import Caller
from .errors import (
    NotAccepted,
    NotRecognised,
    NotUnderstood,
    RegisterError,
    RegisterRefused,
    RegisterSwitchedOff,
    RegisterTooSlow,
)
from .outcomes import Outcome, outcome_of
from .places import place_to_wait
from .response_times import hand_over, learned

BUDGET = 4.0  # seconds for a whole page
FAIR = 1.5  # seconds; who had less, of a page or a worker nearly out of time, is not left alone for it
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Question:
    """Whom to ask, and how: `Question(brp, lambda caller: person(caller, bsn))`."""

    connection: Connection
    ask: Callable[[Caller], Awaitable[Any]]


Resting: TypeAlias = Mapping[UUID, bool]
"""Who is left alone, as `breakers.left_alone` says it."""


def gather(
    questions: Mapping[str, Question], budget: float = BUDGET, resting: Resting | None = None
) -> "Gathering":
    """Ask at once; iterate for (name, answer) in order of arrival. After `budget` seconds the rest is Late.

    Call it where the database may be read (it reads the breakers, one query), before the first byte; a page
    that read them with what else it needs says who rests, and one that goes on with a question says nobody.
    """
    return Gathering(questions, budget, resting)


def ask_one(question: Question, budget: float = BUDGET, *, hurried: bool = False) -> Answer:
    """One question, for a page that cannot do without.

    `hurried`: the budget is what was left of another's; who does not make it is not left alone for that.
    """
    return dict(Gathering({"it": question}, budget, hurried=hurried))["it"]


def ask_each(
    questions: Sequence[Question], budget: float = BUDGET, resting: Resting | None = None
) -> Sequence[Answer | None]:
    """Several questions side by side, for a page that shows all answers at once; in the order asked.

    None for each when too many pages wait already: then nothing is asked. `resting` as for `gather`.
    """
    with place_to_wait() as there_is_room:
        if not there_is_room:
            return [None] * len(questions)
        asked = {str(place): one for place, one in enumerate(questions)}
        answers = dict(gather(asked, budget, resting))
    return [answers[str(place)] for place in range(len(questions))]


class Gathering(Iterator[tuple[str, Answer]]):
    """Questions under way. `close` cancels what is left; Django calls it when the visitor leaves."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        budget: float,
        resting: Resting | None = None,
        *,
        hurried: bool = False,
    ) -> None:
        self._municipality, self._hurried = current_municipality(), hurried
        self._ends = monotonic() + budget
        self._connections = {name: one.connection for name, one in questions.items()}
        self._arrived: SimpleQueue[tuple[str, Answer]] = SimpleQueue()
        self._waiting: dict[str, float] = {}
        """Names, and when each was asked."""
        self._slow: set[UUID] = set()
        self._well: set[UUID] = set()
        self._futures: list[Future[None]] = []
        self._closed = False
        self._resting = (
            breakers.left_alone(one.id for one in self._connections.values()) if resting is None else resting
        )
        self._begin(questions)

    def ask_too(self, questions: Mapping[str, Question], least: float) -> None:
        """Ask these as well, with what came just now; in what is left of the budget, or `least` seconds."""
        self._ends = max(self._ends, monotonic() + least)
        self._connections |= {name: one.connection for name, one in questions.items()}
        self._begin(questions)

    def __next__(self) -> tuple[str, Answer]:
        if not self._waiting or self._closed:
            self.close()
            raise StopIteration
        name, answer = self._next_to_come()
        del self._waiting[name]
        self._learn(name, answer)
        return name, answer

    def _next_to_come(self) -> tuple[str, Answer]:
        """What came, each once: who was told to be late may come after all, while others are waited for."""
        try:
            while True:
                name, answer = self._arrived.get(timeout=max(0.0, self._ends - monotonic()))
                if name in self._waiting:
                    return name, answer
        except Empty:
            name = min(self._waiting)
            had = monotonic() - self._waiting[name]
            return name, Late(hurried=self._hurried or had < FAIR)

    def close(self) -> None:
        """Cancel what is under way and tell the breakers what was learned. Harmless to repeat."""
        if self._closed:
            return
        self._closed = True
        for future in self._futures:
            future.cancel()
        well_again = self._well.intersection(self._resting) - self._slow
        breakers.remember(self._municipality, self._slow, well_again)
        hand_over()

    def _begin(self, questions: Mapping[str, Question]) -> None:
        self._waiting |= dict.fromkeys(questions, monotonic())
        for name, question in questions.items():
            if question.connection.switched_off:
                self._arrived.put((name, SwitchedOff()))
            elif self._resting.get(question.connection.id):
                self._arrived.put((name, Skipped()))
            else:
                asking = _ask(name, question, self._arrived)
                self._futures.append(asyncio.run_coroutine_threadsafe(asking, loop.running()))

    def _learn(self, name: str, answer: Answer) -> None:
        connection = self._connections[name]
        if isinstance(answer, Late) and not answer.hurried:
            self._slow.add(connection.id)
            learned(connection, Outcome.TOO_LATE)
        elif isinstance(answer, Found):
            self._well.add(connection.id)
            learned(connection, Outcome.WORKS)


async def _ask(name: str, question: Question, arrived: "SimpleQueue[tuple[str, Answer]]") -> None:
    """One question, on the loop thread; whatever goes wrong becomes an answer."""
    answer: Answer
    try:
        answer = Found(await question.ask(loop.caller(question.connection)))
    except RegisterTooSlow:
        answer = Late()
    except RegisterSwitchedOff:
        answer = SwitchedOff()
    except RegisterRefused as fault:
        learned(question.connection, outcome_of(fault))
        log.error("%s refuses our credentials (%s)", name, fault)
        answer = Refused(unheard=isinstance(fault, NotRecognised))
    except RegisterError as fault:
        learned(question.connection, outcome_of(fault))
        answered = isinstance(fault, NotUnderstood | NotAccepted)
        answer = Broken(f"{type(fault).__name__} {fault}".strip(), answered=answered)
    except Exception as nonsense:
        # JSON, but not what the API promises: broken, never empty. Its text may hold data, so only its kind.
        learned(question.connection, Outcome.UNEXPECTED)
        answer = Broken(f"not understood: {type(nonsense).__name__}", answered=True)
    if isinstance(answer, Broken):
        log.warning("%s is broken: %s", name, answer.reason)
    arrived.put((name, answer))
