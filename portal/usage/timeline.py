"""Uses as their resident reads them: when, which team, what, what for, on what ground, and what was asked."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from . import questions
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
    zaak: str
    grant: UUID | None
    """The own yes it was read under; None when a law is the ground."""
    what: Sequence[str]
    question: UUID | None
    """What the resident asked about it, when they did."""
    answered: bool


def of(subject: UUID, purpose: str = "", days: int | None = None) -> QuerySet[Use]:
    """The uses of a resident, newest first; of one purpose or the last so many days only."""
    rows = Use.objects.filter(subject_id=subject).order_by("-at", "id")
    if purpose:
        rows = rows.filter(purpose=purpose)
    if days is not None:
        rows = rows.filter(at__gte=timezone.now() - timedelta(days=days))
    return rows


def purposes_of(subject: UUID) -> list[str]:
    """What a resident's data was used for so far."""
    rows = Use.objects.filter(subject_id=subject).order_by("purpose")
    return list(rows.values_list("purpose", flat=True).distinct())


def shown(uses: Iterable[Use]) -> list[Shown]:
    """As the resident reads them. One query, whatever the number."""
    rows = list(uses)
    asked = questions.about(rows)
    return [_shown(one, asked) for one in rows]


def _shown(use: Use, asked: Mapping[UUID, UseQuestion]) -> Shown:
    question = asked.get(use.id)
    return Shown(
        id=use.id,
        at=use.at,
        day=timezone.localtime(use.at).date(),
        who=use.who,
        purpose=use.purpose,
        law=use.ground,
        zaak=use.zaak,
        grant=use.grant_id if use.basis == Basis.GRANT else None,
        what=use.labels or use.what,
        question=question.id if question else None,
        answered=bool(question and question.answered),
    )
