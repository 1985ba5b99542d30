"""The overview's part on contact, what a case's page shows of it, and the data of the pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..about_case import AboutCase, CaseRef
from ..answers import Found
from ..earlier import Keeps
from ..faults import Fault, fault_of, not_connected
from ..gather import Question
from ..sections import Answered, Section
from .client import chosen_mail, contacts, reached
from .records import Contact
from .visible import Moment, about_case, moments

KIND = "klantinteracties"
MOST = 3  # questions on the overview; the rest is behind the link


@dataclass(frozen=True, slots=True)
class Had:
    """The contacts of a resident, or why they cannot be shown."""

    fault: Fault | None
    moments: Sequence[Moment]

    @property
    def open(self) -> list[Moment]:
        """Questions that wait for an answer."""
        return [one for one in self.moments if one.is_open]

    @property
    def answered(self) -> list[Moment]:
        """Questions that have one."""
        return [one for one in self.moments if one.is_question and one.answer]


def had(answered: Answered) -> Had:
    """What the register told of contacts; a municipality has one such register."""
    if not answered:
        return Had(not_connected(), [])
    connection, answer = answered[0]
    if isinstance(answer, Found):
        return Had(None, moments(answer.value, connection.parameters))
    return Had(fault_of(answer), [])


def ask(klant: Connection, bsn: BSN) -> Question:
    """The question for a resident's contacts."""
    return Question(klant, lambda caller: contacts(caller, bsn))


def ask_chosen_mail(klant: Connection, bsn: BSN) -> Question:
    """The question for where a resident chose to hear of their cases."""
    return Question(klant, lambda caller: chosen_mail(caller, bsn))


def ask_reached(klant: Connection, bsn: BSN) -> Question:
    """The question for where a resident can be reached."""
    return Question(klant, lambda caller: reached(caller, bsn))


def show(answered: Answered) -> Mapping[str, Any]:
    """What the overview shows: questions that wait, and the last answers."""
    found = had(answered)
    return {"contact_had": found, "questions": [*found.open, *found.answered][:MOST]}


def _fit(found: Sequence[Contact]) -> Sequence[Contact] | None:
    """Without the numbers of who took part; they were looked at already."""
    kept = [replace(one, parts=[replace(part, _bsns=()) for part in one.parts]) for one in found]
    return kept or None


KEEPS = Keeps(KIND, Sequence[Contact], _fit)


def _ask_about(klant: Connection, bsn: BSN, _case: CaseRef) -> Question:
    return ask(klant, bsn)


def _show_about(case: CaseRef, answered: Answered) -> Mapping[str, Any]:
    found = had(answered)
    return {"case": case, "fault": found.fault, "moments": about_case(found.moments, case.zaak)}


ABOUT_CASE = AboutCase(
    kind=KIND,
    place=20,
    title=_("Uw vragen over deze zaak"),
    ask=_ask_about,
    template="klantinteracties/about_case.html",
    show=_show_about,
)

SECTION = Section(
    kind=KIND,
    place=30,
    title=_("Contact met de gemeente"),
    waiting=_("Uw contact met de gemeente wordt opgehaald."),
    ask=ask,
    template="klantinteracties/section.html",
    show=show,
    page="mijn:klantinteracties:contact",
    menu_label=_("Contact"),
    urls="portal.registers.klantinteracties.urls",
    keeps=KEEPS,
)
