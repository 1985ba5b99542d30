"""The overview's part on own data, and the data of the own page: who you are, by the BRP."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Found
from ..earlier import Earlier, Keeps
from ..faults import fault_of, not_connected
from ..gather import Question
from ..sections import Answered, Section
from .client import person
from .records import Person
from .visible import Fact, address_is_hidden, own_data

IN_SHORT = {"person": 3, "address": 1}
"""How many facts of each group the overview shows."""


def ask(brp: Connection, bsn: BSN) -> Question:
    """The question for who signed in."""
    return Question(brp, lambda caller: person(caller, bsn))


def show(answered: Answered) -> Mapping[str, Any]:
    """The first facts, or what went wrong. The address of who keeps it secret is never on the overview."""
    return {**facts_of(answered, show_address=False), "short": _in_short(answered)}


def facts_of(answered: Answered, *, show_address: bool) -> Mapping[str, Any]:
    """Everything the own page shows, for what the BRP answered."""
    answer = answered[0][1] if answered else None
    fault = fault_of(answer) if answered else not_connected()
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
    return replace(known, address=[], since=None) if known is not None and known.secret else known


def _is_secret(known: Person | None) -> bool:
    return known is None or known.secret


KEEPS = Keeps("brp", Person, _fit, _is_secret)


def _in_short(answered: Answered) -> Sequence[Fact]:
    groups = facts_of(answered, show_address=False)["groups"]
    return [fact for group in groups for fact in group.facts[: IN_SHORT.get(group.key, 0)]]


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
