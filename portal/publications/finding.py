"""What a visitor sees: publications by kind, area and word, the newest first, and how old the list is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db.models import F, Func, QuerySet
from django.utils import timezone

from .kinds import Kind
from .models import Fetching, Publication

MOST_WORDS = 6
STALE = timedelta(hours=6)
"""The source is asked each hour; so long without an answer is told."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked for; what is empty is no limit."""

    kinds: Sequence[Kind] = ()
    postcode: str = ""
    """Of four digits, or whole."""
    place: str = ""
    words: str = ""


class Standing(StrEnum):
    """How the list stands."""

    WHOLE = "whole"
    COMING = "coming"
    """It was never whole yet."""
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class State:
    """How the list stands, and when it was whole last."""

    standing: Standing
    whole_at: datetime | None = None


def chosen(choice: Choice) -> QuerySet[Publication]:
    """The newest first; of one day in an order that stays."""
    rows = Publication.objects.order_by("-day", "-identifier")
    if choice.kinds:
        rows = rows.filter(kind__in=choice.kinds)
    if choice.postcode:
        rows = rows.filter(postcodes__contains=[choice.postcode])
    if choice.place:
        rows = rows.filter(places__contains=[choice.place])
    for word in choice.words.split()[:MOST_WORDS]:
        rows = rows.filter(title__icontains=word)
    return rows


def places() -> list[str]:
    """The places that publications are about. One query."""
    named = Publication.objects.annotate(place=Func(F("places"), function="unnest"))
    return sorted(named.values_list("place", flat=True).distinct(), key=str.casefold)


def state() -> State:
    """How the list of the municipality in force stands. One query."""
    whole_at = Fetching.objects.values_list("whole_at", flat=True).first()
    if whole_at is None:
        return State(Standing.COMING)
    stale = timezone.now() - whole_at > STALE
    return State(Standing.STALE if stale else Standing.WHOLE, whole_at)
