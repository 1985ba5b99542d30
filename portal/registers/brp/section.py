"""The overview's part on own data, and the data of the own page: who you are, by the BRP."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Answer, Found
from ..earlier import Earlier, Keeps
from ..faults import fault_of, not_connected
from ..gather import Question
from ..own_data import Fact, Group, Home, Known, OwnData
from ..sections import Answered, Section
from .client import person
from .records import Person
from .visible import address_is_hidden, own_data

IN_SHORT = {"person": 3, "address": 1}
"""How many facts of each group the overview shows."""


def ask(brp: Connection, bsn: BSN) -> Question:
    """The question for who signed in."""
    return Question(brp, lambda caller: person(caller, bsn))


def _ask_at_home(brp: Connection, bsn: BSN, _known: Known) -> Question:
    return ask(brp, bsn)


def show(answered: Answered) -> Mapping[str, Any]:
    """The first facts, or what went wrong. The address of who keeps it secret is never on the overview."""
    answers = [answer for _connection, answer in answered]
    return {**facts_of(answers, show_address=False), "short": _in_short(answers)}


def facts_of(answers: Sequence[Answer | None], *, show_address: bool) -> Mapping[str, Any]:
    """Everything the own page shows, for what the BRP answered; no answer where it is not connected."""
    answer = answers[0] if answers else None
    fault = fault_of(answer) if answers else not_connected()
    known: Person | None = answer.value if isinstance(answer, Found) else None
    return {
        "fault": fault,
        "unknown": fault is None and known is None,
        "groups": own_data(known, show_address=show_address) if known else [],
        "address_is_hidden": known is not None and address_is_hidden(known, show_address=show_address),
        "address_is_not_kept": known is not None and known.secret and isinstance(answer, Earlier),
    }


def _fit(known: Person | None) -> Person | None:
    """Without the address of who keeps it secret; that is never kept, for however short a time."""
    return replace(known, address=[], since=None, home=None) if known is not None and known.secret else known


def _is_secret(known: Person | None) -> bool:
    return known is None or known.secret


KEEPS = Keeps("brp", Person, _fit, _is_secret)


def _in_short(answers: Sequence[Answer | None]) -> Sequence[Fact]:
    groups = facts_of(answers, show_address=False)["groups"]
    return [fact for group in groups for fact in group.facts[: IN_SHORT.get(group.key, 0)]]


def _groups(known: Person | None) -> Sequence[Group]:
    return own_data(known, show_address=False) if known else []


def with_address(known: Person | None) -> Sequence[Group]:
    """For who asked to see the own address, though it is secret."""
    return own_data(known, show_address=True) if known else []


def home_of(known: Person | None) -> Home | None:
    """Where the resident lives, for the registers that know of houses."""
    return known.home if known else None


PART = OwnData(
    kind="brp",
    place=0,
    title=_("Persoon, adres en familie"),
    ask=_ask_at_home,
    groups=_groups,
    all_groups=with_address,
    empty=_("De Basisregistratie Personen (BRP) kent u niet. Bel ons: dat hoort niet zo te zijn."),
    keeps=KEEPS,
)

SECTION = Section(
    kind="brp",
    place=20,
    title=_("Mijn gegevens"),
    waiting=_("Uw gegevens worden opgehaald."),
    ask=ask,
    template="brp/section.html",
    show=show,
    page="mijn:brp:own_data",
    menu_label=_("Mijn gegevens"),
    urls="portal.registers.brp.urls",
    keeps=KEEPS,
)
