"""A case of a list in words, and what a step is called."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .listing import Row
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
    """When it came to stand so, where that is known."""


def card_in_words(row: Row) -> CardInWords:
    """A case of which it is sure that it may be shown."""
    case = row.case
    assert isinstance(case, CaseInList)
    zaak, status = case.zaak, name_of_step(case.status_text)
    kind = (
        "neutral"
        if zaak.ended or not case.status_came
        else "warning"
        if zaak.suspended is not None
        else "info"
    )
    reason = zaak.suspended or ""
    to_do = reason if reason and reason != status else more_of_step(case.status_text)
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
        changed=case.status_set,
    )


NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“])")


def name_of_step(text: str) -> str:
    """The name of a step is its first sentence; the rest says what one does or can expect."""
    return NEXT_SENTENCE.split(text.strip(), 1)[0].rstrip(".")


def more_of_step(text: str) -> str:
    """What follows on a step's name; often nothing."""
    _name, *more = NEXT_SENTENCE.split(text.strip(), 1)
    return "".join(more)
