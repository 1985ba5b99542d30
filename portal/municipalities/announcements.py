"""What stands above every page of a site for a while: a crisis, or a plain notice.

It is read in the one query that finds the municipality of a host (`middleware`), so it costs no page a query;
and stored pages are kept under what is announced at that moment, so it appears and goes by itself, at its
time.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

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


def announced_on(municipality: Municipality) -> Sequence[Announced]:
    """A crisis first; nothing for a municipality that was not found by its host."""
    rows: Sequence[str] = getattr(municipality, "announced", None) or ()
    return [Announced(**json.loads(row)) for row in rows]


def mark_of(municipality: Municipality) -> str:
    """A few letters that differ whenever what is announced differs; empty when nothing is."""
    shown = announced_on(municipality)
    return sha256(repr(shown).encode()).hexdigest()[:16] if shown else ""
