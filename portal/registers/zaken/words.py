"""A case of a list in words, and what a step is called."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .described import described
from .listing import Row
from .marks import NO_MARKS, Marks
from .plain_words import NO_WORDS, Words
from .records import CaseInList


@dataclass(frozen=True, slots=True)
class CardInWords:
    """A case of a list as a page shows it."""

    connection: UUID
    zaak: UUID
    title: str
    number: str
    started: date
    ended: date | None
    came: bool
    """Whether it came in time how it stands."""
    status: str
    """How it stands, in a few words."""
    kind: str
    """How the status looks; never the only thing that tells."""
    to_do: str
    """Why the case stands still, or what the resident can expect; empty once it is over."""
    language: str
    """Of status and what to do: the register's, or the page's own."""
    changed: datetime | None
    """When it came to stand so, or the last document or decision came, where that is known."""


def card_in_words(row: Row, marks: Marks = NO_MARKS, known: Words = NO_WORDS) -> CardInWords:
    """A case of which it is sure that it may be shown; `marks` say of which more than their step is new.

    Its step is called as on its page: as the site does (`known`), or else the catalogue.
    """
    case = row.case
    assert isinstance(case, CaseInList)
    said = described(row.connection.parameters, case.zaaktype, known).steps.get(case.status_number or 0)
    zaak, status = case.zaak, (said.name if said else "") or name_of_step(case.status_text)
    kind = (
        "neutral"
        if zaak.ended or not case.status_came
        else "warning"
        if zaak.suspended is not None
        else "info"
    )
    reason = zaak.suspended or ""
    follows = (said.do if said else "") or more_of_step(case.status_text)
    to_do = reason if reason and reason not in {status, name_of_step(case.status_text)} else follows
    return CardInWords(
        connection=row.connection.id,
        zaak=zaak.id,
        title=case.zaaktype.title,
        number=case.shown_number,
        started=zaak.started,
        ended=zaak.ended,
        came=case.status_came,
        status=status if case.status_came else _("Nog niet binnen"),
        kind=kind,
        to_do="" if zaak.ended or not case.status_came else to_do,
        language="nl" if case.status_came else get_language() or "nl",
        changed=max(filter(None, (case.status_set, marks.get((row.connection.id, zaak.id)))), default=None),
    )


NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“])")


def name_of_step(text: str) -> str:
    """The name of a step is its first sentence; the rest says what one does or can expect."""
    return NEXT_SENTENCE.split(text.strip(), 1)[0].rstrip(".")


def more_of_step(text: str) -> str:
    """What follows on a step's name; often nothing."""
    _name, *more = NEXT_SENTENCE.split(text.strip(), 1)
    return "".join(more)
