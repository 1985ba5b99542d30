"""What the rooms say to each other about one case, without importing each other.

A room offers what it has about a case (`offer_about_case`): a question to its own register, and a template
for the case's page. The case systems' room tells in return which cases a resident has (`cases_are_known_by`),
so that a page elsewhere, such as one to ask a question on, can name the case and refuse somebody else's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.functional import Promise

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections, connections_of

from .answers import Answer, Found
from .gather import Question, ask_each
from .sections import Answered

TO_FIND = 2.0  # seconds in which a case that something belongs to must be found; else the page does without


@dataclass(frozen=True, slots=True)
class CaseRef:
    """Which case, of which connection; it says nothing of what the case is about, or whose it is."""

    connection: UUID
    zaak: UUID
    number: str = ""
    """Its identification, once the case itself was read; what is asked beside it does not know it yet."""


@dataclass(frozen=True, slots=True)
class NamedCase:
    """A case as another register names it: by the id it has in its case system, or by its number."""

    id: UUID | None = None
    number: str = ""

    def is_case(self, case: CaseRef) -> bool:
        """Whether that case is meant."""
        return self.id == case.zaak if self.id else bool(self.number) and self.number == case.number


@dataclass(frozen=True, slots=True)
class AboutCase:
    """A part of a case's page that another room fills, where the municipality connected its register."""

    kind: str
    """Of the connections it asks."""
    place: int
    """Where it stands; below zero above the case's own parts, else below them."""
    title: str | Promise
    ask: Callable[[Connection, BSN, CaseRef], Question]
    template: str
    """Has `offer`, and what `show` gives."""
    show: Callable[[CaseRef, Answered], Mapping[str, Any]]
    """Its `asks`, where there is one, says that the resident must do something, or that nobody can say."""
    for_another: bool = False
    """Whether somebody who acts for the resident sees it, as the room's section says."""


@dataclass(frozen=True, slots=True)
class AskedAboutCase:
    """An offer with its questions under way for one case."""

    offer: AboutCase
    case: CaseRef
    asked: Sequence[tuple[Connection, Question]]


@dataclass(frozen=True, slots=True)
class KnownCase:
    """A case that a resident has, as another room may name it."""

    title: str
    number: str
    zaak: UUID


@dataclass(frozen=True, slots=True)
class LinkedCase:
    """A case that a resident has, with its page."""

    title: str
    number: str
    url: str


AsksForCase: TypeAlias = Callable[[Connection, BSN, UUID], Question]
AsksForNamed: TypeAlias = Callable[[Connection, BSN, NamedCase], Question]


@dataclass(frozen=True, slots=True)
class _Knows:
    """Who knows cases of a kind of connection."""

    by_id: AsksForCase
    by_name: AsksForNamed
    page: str


_offered: dict[str, AboutCase] = {}
_known_by: dict[str, _Knows] = {}


def offer_about_case(offer: AboutCase) -> None:
    """Put a part on every case's page; called when the room's app is ready."""
    _offered[offer.kind] = offer


def cases_are_known_by(kind: str, by_id: AsksForCase, by_name: AsksForNamed, page: str) -> None:
    """Register who finds a KnownCase, or None for who has no such case, and the name of its page."""
    _known_by[kind] = _Knows(by_id, by_name, page)


def asked_about(case: CaseRef, bsn: BSN, *, for_another: bool = False) -> list[AskedAboutCase]:
    """What is offered about a case, in the order of its page; or of it what is open to who acts for another.

    One query; the questions are not sent yet.
    """
    offers = sorted(
        (one for one in _offered.values() if one.for_another or not for_another), key=lambda one: one.place
    )
    known = connections_of(*(one.kind for one in offers))
    asked = [
        AskedAboutCase(one, case, [(to, one.ask(to, bsn, case)) for to in known if to.kind == one.kind])
        for one in offers
    ]
    return [one for one in asked if one.asked]


def questions_about(asked: Sequence[AskedAboutCase]) -> list[Question]:
    """All their questions, to be sent beside the page's own."""
    return [question for one in asked for _connection, question in one.asked]


def parts_about(
    asked: Sequence[AskedAboutCase], answers: Sequence[Answer | None], number: str
) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """What the page draws above and below the case's own parts; answers in the order of `questions_about`.

    `number` is the case's identification.
    """
    arrived = iter(answers)
    above: list[Mapping[str, Any]] = []
    below: list[Mapping[str, Any]] = []
    for one in asked:
        answered = [(connection, next(arrived)) for connection, _question in one.asked]
        part = {"offer": one.offer, "shown": one.offer.show(replace(one.case, number=number), answered)}
        (above if one.offer.place < 0 else below).append(part)
    return above, below


def something_is_asked(parts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a part of the page asks something of the resident, so that nothing may say the contrary."""
    return any(part["shown"].get("asks") for part in parts)


def question_for(case: CaseRef, bsn: BSN) -> Question | None:
    """Asks whether this resident has that case; None when no such connection is known. One query a kind."""
    for kind, knows in _known_by.items():
        for connection in connections(kind):
            if connection.id == case.connection:
                return knows.by_id(connection, bsn, case.zaak)
    return None


def linked(named: NamedCase | None, bsn: BSN) -> LinkedCase | None:
    """The case that is named, if this resident has it; None just so when nobody could tell in time.

    All case systems are asked side by side. One query. No transaction is open meanwhile.
    """
    if named is None:
        return None
    with transaction.atomic():
        systems = connections_of(*_known_by)
    asked = [_known_by[one.kind].by_name(one, bsn, named) for one in systems]
    for system, answer in zip(systems, ask_each(asked, TO_FIND), strict=True):
        if isinstance(answer, Found) and answer.value is not None:
            known: KnownCase = answer.value
            url = reverse(_known_by[system.kind].page, args=[system.id, known.zaak])
            return LinkedCase(known.title, known.number, url)
    return None
