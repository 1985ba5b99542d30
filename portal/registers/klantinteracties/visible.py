"""What a resident may see of contacts, and which are questions. Pure functions; any doubt means no."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.municipalities.bsn import BSN

from .records import Contact

WRITTEN_BY_RESIDENT = frozenset(
    {"contactformulier", "webformulier", "formulier", "e-mail", "email", "whatsapp", "chat"}
)
"""Channels where the text is the resident's own; elsewhere it is an employee's note."""
FORMS = frozenset({"contactformulier", "webformulier", "formulier"})
"""Channels by which a question is asked that waits for an answer."""


def is_own(contact: Contact, bsn: BSN) -> bool:
    """Whether this resident may see that contact: it was theirs, and it is not confidential.

    Who spoke for somebody else (vertegenwoordiger) sees it by a mandate, not by having spoken.
    """
    theirs = any(one.role == "klant" and one.is_person(bsn) for one in contact.parts)
    return theirs and not contact.confidential


@dataclass(frozen=True, slots=True)
class Moment:
    """A contact as its resident sees it, with what came of it."""

    id: UUID
    number: str
    channel: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    """The resident's own words, or the note of the conversation where the municipality shows those."""
    answer: str = field(repr=False)
    answered: datetime | None
    """When a later contact answered; None also where the answer stands in the contact itself."""
    at: datetime
    team: str
    cases: Sequence[UUID]
    is_question: bool

    @property
    def is_open(self) -> bool:
        """A question without an answer."""
        return self.is_question and not self.answer


def moments(contacts: Sequence[Contact], parameters: Mapping[str, Any]) -> list[Moment]:
    """The contacts in their order; one that only answers an earlier one stands with that one."""
    own = {one.id for one in contacts}
    later: dict[UUID, Contact] = {}
    for contact in contacts:
        for earlier in contact.answers:
            if earlier != contact.id and contact.text and not _began(contact):
                later.setdefault(earlier, contact)  # newest first, so the last word stands
    answering = {one.id for earlier, one in later.items() if earlier in own}
    notes = parameters.get("notes") == "shown"
    forms = FORMS | {str(parameters.get("channel", "")).lower()}
    return [_moment(one, later.get(one.id), notes, forms) for one in contacts if one.id not in answering]


def about_case(moments: Iterable[Moment], case: UUID) -> list[Moment]:
    """Those about one case."""
    return [one for one in moments if case in one.cases]


def _moment(contact: Contact, later: Contact | None, notes: bool, forms: Set[str]) -> Moment:
    own_words = contact.channel.lower() in WRITTEN_BY_RESIDENT | forms and _began(contact)
    answer = contact.answer or (later.text if later else "")
    teams = [*contact.teams, *(later.teams if later else [])]
    return Moment(
        id=contact.id,
        number=contact.number,
        channel=contact.channel,
        subject=contact.subject,
        text=contact.text if own_words or notes else "",
        answer=answer,
        answered=later.at if later and not contact.answer else None,
        at=contact.at,
        team=teams[0] if teams else "",
        cases=contact.cases,
        is_question=contact.channel.lower() in forms and _began(contact),
    )


def _began(contact: Contact) -> bool:
    """Whether the resident sought contact."""
    return any(one.initiator for one in contact.parts)
