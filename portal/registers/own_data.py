"""The page of own data, out of several registers that do not know each other.

One room knows the person, and where that person lives (`person_is_told_by`); the others add a part each
(`offer_own_data`). Who asks of a house gets it from here, for one question, once the first has told it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from time import monotonic
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections_of

from .answers import Answer, Found
from .earlier import Earlier, Keeps, Memory, Stale
from .faults import Fault, fault_of
from .gather import BUDGET, Question, gather
from .places import place_to_wait

REGISTERS_OWN = "nl"
"""The language of what is shown as the register words it."""
LEAST = 0.5  # seconds for a question that must wait for another's answer


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact with where it comes from."""

    label: str
    value: str = field(repr=False)
    source: str
    in_doubt: bool = False
    """The register is looking into it."""
    language: str = REGISTERS_OWN
    """The language of the value; empty where we worded it ourselves, in the language of the page."""


@dataclass(frozen=True, slots=True)
class Group:
    """Facts that belong together."""

    key: str
    """For links and tests: "person", "address" or "family"."""
    title: str
    facts: Sequence[Fact]


@dataclass(frozen=True, slots=True)
class Home:
    """A house, as registers name it. Source: BAG, by way of Haal Centraal BRP 2.7."""

    postcode: str = field(repr=False)
    number: int = field(repr=False)
    letter: str = field(repr=False)
    addition: str = field(repr=False)
    object_id: str = field(repr=False)
    """Of the adresseerbaar object; empty where the register does not say."""


@dataclass(frozen=True, slots=True)
class OwnData:
    """What one room has for the page of own data."""

    kind: str
    """Of the connection it asks; a municipality without one has no such part."""
    place: int
    title: str | Promise
    ask: Callable[[Connection, BSN, Home | None], Question]
    groups: Callable[[Any], Sequence[Group]]
    """What a resident may see of the answer; of a secret address nothing."""
    all_groups: Callable[[Any], Sequence[Group]] | None = None
    """The same with a secret address in it, for who asks for that."""
    empty: str | Promise = ""
    """What is said where the register knows nothing."""
    keeps: Keeps | None = None
    needs_home: bool = False
    """It is asked after the person; where nobody knows the house it is not asked, and has nothing."""
    about: str | Promise = ""
    """What a resident must know to read it."""


@dataclass(frozen=True, slots=True)
class Told:
    """A part as it was answered."""

    part: OwnData
    answer: Answer | None
    at: datetime
    """When it was fetched."""

    @property
    def fault(self) -> Fault | None:
        return fault_of(self.answer)

    @property
    def groups(self) -> Sequence[Group]:
        return self.part.groups(self.answer.value) if isinstance(self.answer, Found) else []

    @property
    def all_groups(self) -> Sequence[Group]:
        """With a secret address in it."""
        if self.part.all_groups is None or not isinstance(self.answer, Found):
            return self.groups
        return self.part.all_groups(self.answer.value)

    @property
    def stale(self) -> Stale | None:
        """That it is from earlier."""
        return Stale(self.part.title, self.answer.at) if isinstance(self.answer, Earlier) else None


_person: list[tuple[OwnData, Callable[[Any], Home | None]]] = []
_offered: dict[str, OwnData] = {}


def person_is_told_by(part: OwnData, home_of: Callable[[Any], Home | None]) -> None:
    """Register the room that knows the person and the house; called when its app is ready."""
    _person[:] = [(part, home_of)]


def offer_own_data(part: OwnData) -> None:
    """Put a part on the page of own data; called when the room's app is ready."""
    _offered[part.kind] = part


class OwnPage:
    """All parts for one resident; made in a transaction of the caller, asked outside one."""

    def __init__(self, bsn: BSN, memory: Memory | None) -> None:
        """One query. Without a memory nothing of earlier is told, and nothing is kept."""
        self._bsn, self._memory = bsn, memory
        offered = [*(part for part, _home_of in _person), *sorted(_offered.values(), key=_place)]
        found = connections_of(*(part.kind for part in offered))
        self._connections: Mapping[str, Connection] = {one.kind: one for one in reversed(found)}
        self._parts = [one for one in offered if one.kind in self._connections]

    def ask(self) -> list[Told]:
        """The parts that this municipality connected, the person first."""
        with place_to_wait() as there_is_room:
            answers = dict(self._answers()) if there_is_room else {}
        told = [self._told(one, answers.get(one.kind)) for one in self._parts]
        if self._memory:
            self._memory.write()
        return told

    def _told(self, part: OwnData, answer: Answer | None) -> Told:
        settled = answer
        if self._memory:
            asked = (self._connections[part.kind], answer)
            ((_connection, settled),) = self._memory.settle(part.keeps, [asked])
        return Told(part, settled, settled.at if isinstance(settled, Earlier) else timezone.now())

    def _answers(self) -> Iterator[tuple[str, Answer]]:
        """As they come; who needs the house is asked as soon as it is known."""
        ends = monotonic() + BUDGET
        asking = [gather({one.kind: self._question(one, None) for one in self._parts if not one.needs_home})]
        try:
            for kind, answer in asking[0]:
                yield kind, answer
                if later := [one for one in self._parts if one.needs_home and kind == self._kind_of_person]:
                    home = _home(answer)
                    if home is None:
                        # There is no such house; or it is not known now, and then nor is this.
                        nothing = Found([]) if isinstance(answer, Found) else answer
                        yield from ((one.kind, nothing) for one in later)
                    else:
                        questions = {one.kind: self._question(one, home) for one in later}
                        asking.append(gather(questions, max(LEAST, ends - monotonic())))
            for more in asking[1:]:
                yield from more
        finally:
            for one in asking:
                one.close()

    @property
    def _kind_of_person(self) -> str:
        return _person[0][0].kind if _person else ""

    def _question(self, part: OwnData, home: Home | None) -> Question:
        return part.ask(self._connections[part.kind], self._bsn, home)


def _place(part: OwnData) -> int:
    return part.place


def _home(answer: Answer) -> Home | None:
    return _person[0][1](answer.value) if isinstance(answer, Found) else None
