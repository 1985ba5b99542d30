"""Uses as their resident reads them: when, which team, what, what for, on what ground, and what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from . import known, questions
from .models import Basis, Use, UseQuestion


@dataclass(frozen=True, slots=True)
class Shown:
    """One use."""

    id: UUID
    at: datetime
    day: date
    """Of the municipality's own time zone."""
    who: str
    """The team; never an employee."""
    purpose: str
    law: str
    """The law that allows it; also where that law asks for a yes."""
    language: str
    """Of purpose and law: the page's where they were written in it, else Dutch."""
    zaak: str
    grant: UUID | None
    """The own yes it was read under; None when a law is the ground."""
    what: Sequence[str]
    what_language: str
    question: UUID | None
    """What the resident asked about it, when they did."""
    answered: bool


def of(subject: UUID, purpose: str = "", since: datetime | None = None) -> QuerySet[Use]:
    """The uses of a resident, newest first; of one purpose or since a moment only."""
    rows = Use.objects.filter(subject_id=subject).order_by("-at", "id")
    if purpose:
        rows = rows.filter(purpose=purpose)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return rows


def purposes_of(subject: UUID) -> Mapping[str, str]:
    """What a resident's data was used for so far, by its Dutch name, as the page's language calls it.

    One query; another one where that is not Dutch.
    """
    rows = Use.objects.filter(subject_id=subject).order_by("purpose", "activity")
    pairs = list(rows.values_list("purpose", "activity").distinct())
    words = known.in_words([activity for _purpose, activity in pairs], _language())
    return {purpose: words[activity].title if activity in words else purpose for purpose, activity in pairs}


def shown(uses: Iterable[Use]) -> list[Shown]:
    """As the resident reads them. One query, whatever the number; another one where that is not Dutch."""
    rows = list(uses)
    asked, language = questions.about(rows), _language()
    words = known.in_words({one.activity for one in rows}, language)
    return [_shown(one, asked, words.get(one.activity), language) for one in rows]


def _language() -> str:
    return get_language() or "nl"


def _shown(use: Use, asked: Mapping[UUID, UseQuestion], words: known.Words | None, language: str) -> Shown:
    question = asked.get(use.id)
    labels = words.labels if words else {}
    translated = all(name in labels for name in use.what)
    return Shown(
        id=use.id,
        at=use.at,
        day=timezone.localtime(use.at).date(),
        who=use.who,
        purpose=words.title if words else use.purpose,
        law=words.law if words else use.ground,
        language=language if words else "nl",
        zaak=use.zaak,
        grant=use.grant_id if use.basis == Basis.GRANT else None,
        what=[labels[name] for name in use.what] if translated else use.labels or use.what,
        what_language=language if translated else "nl",
        question=question.id if question else None,
        answered=bool(question and question.answered),
    )
