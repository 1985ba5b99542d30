"""What stands above every page of a site for a while: a crisis, or a plain notice.

It is read in the one query that finds the municipality of a host, so it costs no page a query; and stored
pages are kept under what is announced at that moment, so it appears and goes by itself, at its time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from .models import Announcement, Municipality


@dataclass(frozen=True, slots=True)
class Announced:
    """One that stands on the site now."""

    id: str
    kind: str
    text: str
    url: str

    @property
    def is_crisis(self) -> bool:
        """It may not be missed: read out at once, and above all others."""
        return self.kind == Announcement.Kind.CRISIS


def with_announced(municipalities: QuerySet[Municipality]) -> QuerySet[Municipality]:
    """Each with what stands on its site at this moment; no query of its own."""
    now = timezone.now()
    rows = Announcement.objects.filter(
        Q(municipality=OuterRef("id")) | Q(municipality=None), begins__lte=now, ends__gt=now
    )
    told = JSONObject(id="id", kind="kind", text="text", url="url")
    return municipalities.annotate(
        announced=ArraySubquery(rows.order_by("kind", "-begins").values(data=told))
    )


def announced_on(municipality: Municipality) -> Sequence[Announced]:
    """A crisis first; nothing for a municipality that was not found by its host."""
    rows = cast(Any, getattr(municipality, "announced", None) or ())
    return [Announced(**row) for row in rows]


def mark_of(municipality: Municipality) -> str:
    """A few letters that differ whenever what is announced differs; empty when nothing is."""
    shown = announced_on(municipality)
    return sha256(repr(shown).encode()).hexdigest()[:16] if shown else ""
