"""One resident's own data: asks the rooms that offer some, each as soon as can be, and settles what they say.

Who asks of a house or a business gets it from here, for one question, once another register has told it.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections_of

from .answers import Answer, Found
from .breakers import left_alone
from .businesses import tellers
from .earlier import Earlier, Memory, Stale
from .faults import Fault, fault_of
from .gather import Question, gather
from .own_data import Group, Known, Needs, OwnData, home_told_by, other_parts, person_part
from .places import place_to_wait

LEAST = 0.5  # seconds for a question that must wait for another's answer


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

    @property
    def is_shown(self) -> bool:
        """Whether there is anything to say: what has no words for nothing is not there then."""
        return bool(self.part.empty or self.fault or self.groups)


class OwnPage:
    """The parts that this municipality connected, the person first; made in a transaction of the caller."""

    def __init__(self, bsn: BSN, memory: Memory | None) -> None:
        """One query. Without a memory nothing of earlier is told, and nothing is kept."""
        self.bsn, self._memory, self.person = bsn, memory, person_part()
        offered = [*([self.person] if self.person else []), *other_parts()]
        told_by = tellers() if any(one.needs is Needs.BUSINESSES for one in offered) else {}
        found = connections_of(*(part.kind for part in offered), *told_by)
        self.connections: Mapping[str, Connection] = {one.kind: one for one in reversed(found)}
        parts = [one for one in offered if one.kind in self.connections]
        wanted = any(one.needs is Needs.BUSINESSES for one in parts)
        self.tellers = [one for one in found if one.kind in told_by and wanted]
        met = {Needs.NOTHING: True, Needs.HOME: self.person in parts, Needs.BUSINESSES: bool(self.tellers)}
        self.parts = [one for one in parts if met[one.needs]]  # else there is nobody to tell it

    def begin(self) -> "Asking":
        """Ask; one query, in a transaction of the caller or none."""
        return Asking(self)

    def ask(self) -> list[Told]:
        """All parts, once they are there; outside a transaction."""
        answers: dict[str, Answer] = {}
        with place_to_wait() as there_is_room:
            if there_is_room:
                with closing(self.begin()) as asking:
                    answers = {part.kind: answer for part, answer in asking}
        told = [self.told(one, answers.get(one.kind)) for one in self.parts]
        if self._memory:
            self._memory.write()
        return [one for one in told if one.is_shown]

    def told(self, part: OwnData, answer: Answer | None) -> Told:
        """What is told of a part, for what was answered now, or earlier."""
        settled = answer
        if self._memory:
            asked = (self.connections[part.kind], answer)
            ((_connection, settled),) = self._memory.settle(part.keeps, [asked])
        return Told(part, settled, settled.at if isinstance(settled, Earlier) else timezone.now())

    def need(self, need: Needs) -> list[OwnData]:
        """The parts that wait for this."""
        return [one for one in self.parts if one.needs is need]

    def questions(self, need: Needs, known: Known) -> dict[str, Question]:
        """Their questions, by kind, with what is known."""
        return {one.kind: one.ask(self.connections[one.kind], self.bsn, known) for one in self.need(need)}


class Asking(Iterator[tuple[OwnData, Answer]]):
    """Parts with their answers, as they come; who needs what another tells is asked when that is known."""

    def __init__(self, page: OwnPage) -> None:
        self._page = page
        self._parts = {one.kind: one for one in page.parts}
        self._tellers = {str(one.id): tellers()[one.kind](one, page.bsn) for one in page.tellers}
        everybody = [*page.tellers, *(page.connections[kind] for kind in self._parts)]
        self._gathering = gather(
            {**page.questions(Needs.NOTHING, Known()), **self._tellers},
            resting=left_alone(one.id for one in everybody),
        )
        self._businesses: dict[str, Answer] = {}
        self._ready: deque[tuple[OwnData, Answer]] = deque()

    def __next__(self) -> tuple[OwnData, Answer]:
        while not self._ready:
            self._take(*next(self._gathering))
        return self._ready.popleft()

    def close(self) -> None:
        """Cancel what is under way. Harmless to repeat."""
        self._gathering.close()

    def _take(self, name: str, answer: Answer) -> None:
        if name in self._tellers:
            self._businesses[name] = answer
            if len(self._businesses) == len(self._tellers):
                silent = (one for one in self._businesses.values() if not isinstance(one, Found))
                self._go_on(Needs.BUSINESSES, _businesses(self._businesses), next(silent, answer))
            return
        part = self._parts[name]
        self._ready.append((part, answer))
        if part is self._page.person:
            self._go_on(Needs.HOME, Known(home=home_told_by(answer)), answer)

    def _go_on(self, need: Needs, known: Known, answer: Answer) -> None:
        if known == Known():
            # There is no such thing; or it is not known now, and then nor is this.
            nothing = Found([]) if isinstance(answer, Found) else answer
            self._ready.extend((one, nothing) for one in self._page.need(need))
        elif questions := self._page.questions(need, known):
            self._gathering.ask_too(questions, LEAST)


def _businesses(answers: Mapping[str, Answer]) -> Known:
    """All that were named, each once; what one teller could not say may be missing."""
    named = [one for answer in answers.values() if isinstance(answer, Found) for one in answer.value]
    return Known(businesses=tuple(dict.fromkeys(named)))
