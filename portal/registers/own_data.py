"""The page of own data, out of several registers that do not know each other.

One room knows the person, and where that person lives (`person_is_told_by`); the others add a part each
(`offer_own_data`). Who asks of a house gets it from here, for one question, once the first has told it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from time import monotonic
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections_of

from .answers import Answer, Found
from .businesses import tellers
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
class Known:
    """What other registers told already, for the one question that cannot do without."""

    home: Home | None = None
    businesses: Sequence[str] = ()
    """KVK numbers."""


class Needs(Enum):
    """What must be known before a register can be asked."""

    NOTHING = "nothing"
    HOME = "home"
    BUSINESSES = "businesses"


@dataclass(frozen=True, slots=True)
class OwnData:
    """What one room has for the page of own data."""

    kind: str
    """Of the connection it asks; a municipality without one has no such part."""
    place: int
    title: str | Promise
    ask: Callable[[Connection, BSN, Known], Question]
    groups: Callable[[Any], Sequence[Group]]
    """What a resident may see of the answer; of a secret address nothing."""
    all_groups: Callable[[Any], Sequence[Group]] | None = None
    """The same with a secret address in it, for who asks for that."""
    empty: str | Promise = ""
    """What is said where the register knows nothing; without it the part is then not there."""
    keeps: Keeps | None = None
    needs: Needs = Needs.NOTHING
    """It is asked after that; where there is no such thing it is not asked, and has nothing."""
    about: str | Promise = ""
    """What a resident must know to read it."""
    wrong: str | Promise = ""
    """Where it is put right, and by when, where that is not with the form for the BRP."""


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
        told_by = tellers() if any(one.needs is Needs.BUSINESSES for one in offered) else {}
        found = connections_of(*(part.kind for part in offered), *told_by)
        self._connections: Mapping[str, Connection] = {one.kind: one for one in reversed(found)}
        self._parts = [one for one in offered if one.kind in self._connections]
        self._tellers = [one for one in found if one.kind in told_by and self._need(Needs.BUSINESSES)]
        met = {Needs.NOTHING: True, Needs.HOME: self._kind_of_person in self._connections}
        met[Needs.BUSINESSES] = bool(self._tellers)
        self._parts = [one for one in self._parts if met[one.needs]]  # else there is nobody to tell it

    def ask(self) -> list[Told]:
        """The parts that this municipality connected, the person first."""
        with place_to_wait() as there_is_room:
            answers = dict(self._answers()) if there_is_room else {}
        told = [self._told(one, answers.get(one.kind)) for one in self._parts]
        told = [one for one in told if one.part.empty or one.fault or one.groups]
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
        """As they come; who needs what another tells is asked as soon as it is known."""
        ends = monotonic() + BUDGET
        told = {str(one.id): tellers()[one.kind](one, self._bsn) for one in self._tellers}
        asking = [gather({**self._questions(Needs.NOTHING, Known()), **told})]
        businesses: dict[str, Answer] = {}
        try:
            for name, answer in asking[0]:
                if name in told:
                    businesses[name] = answer
                else:
                    yield name, answer
                known, nothing = Known(), answer
                if name == self._kind_of_person:
                    known, need = Known(home=_home(answer)), Needs.HOME
                elif name in told and len(businesses) == len(told):
                    known, need = _businesses(businesses), Needs.BUSINESSES
                    nothing = next((one for one in businesses.values() if not isinstance(one, Found)), answer)
                else:
                    continue
                if known == Known():
                    # There is no such thing; or it is not known now, and then nor is this.
                    nothing = Found([]) if isinstance(nothing, Found) else nothing
                    yield from ((one.kind, nothing) for one in self._need(need))
                elif questions := self._questions(need, known):
                    asking.append(gather(questions, max(LEAST, ends - monotonic())))
            for more in asking[1:]:
                yield from more
        finally:
            for one in asking:
                one.close()

    def _need(self, need: Needs) -> list[OwnData]:
        return [one for one in self._parts if one.needs is need]

    def _questions(self, need: Needs, known: Known) -> dict[str, Question]:
        return {one.kind: one.ask(self._connections[one.kind], self._bsn, known) for one in self._need(need)}

    @property
    def _kind_of_person(self) -> str:
        return _person[0][0].kind if _person else ""


def _place(part: OwnData) -> int:
    return part.place


def _home(answer: Answer) -> Home | None:
    return _person[0][1](answer.value) if isinstance(answer, Found) else None


def _businesses(answers: Mapping[str, Answer]) -> Known:
    """All that were named, each once; what one teller could not say may be missing."""
    named = [one for answer in answers.values() if isinstance(answer, Found) for one in answer.value]
    return Known(businesses=tuple(dict.fromkeys(named)))
