"""What rooms offer for the page of own data; the registers do not know each other, `own_page.py` asks them.

One room knows the person, and where that person lives (`person_is_told_by`); the others add a part each
(`offer_own_data`).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .answers import Answer, Found
from .earlier import Keeps
from .gather import Question

REGISTERS_OWN = "nl"
"""The language of what is shown as the register words it."""


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

    @property
    def waiting(self) -> str:
        """What a resident reads until it is there; nothing of what may turn out not to be."""
        return _("“%(what)s” wordt opgehaald.") % {"what": self.title} if self.empty else ""


_person: list[tuple[OwnData, Callable[[Any], Home | None]]] = []
_offered: dict[str, OwnData] = {}


def person_is_told_by(part: OwnData, home_of: Callable[[Any], Home | None]) -> None:
    """Register the room that knows the person and the house; called when its app is ready."""
    _person[:] = [(part, home_of)]


def offer_own_data(part: OwnData) -> None:
    """Put a part on the page of own data; called when the room's app is ready."""
    _offered[part.kind] = part


def person_part() -> OwnData | None:
    """What knows the person, where that is installed."""
    return _person[0][0] if _person else None


def other_parts() -> list[OwnData]:
    """All else, in the order of the page."""
    return sorted(_offered.values(), key=lambda one: one.place)


def home_told_by(answer: Answer) -> Home | None:
    """The house that an answer about the person tells."""
    return _person[0][1](answer.value) if isinstance(answer, Found) else None
