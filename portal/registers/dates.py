"""Dates of the national registers, of which day, month or all may be unknown."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.utils import timezone
from django.utils.formats import date_format


def moment(told: str) -> datetime:
    """A moment with its zone; one without is a moment of ours. Raises ValueError or TypeError for none."""
    at = datetime.fromisoformat(told)
    return at if timezone.is_aware(at) else timezone.make_aware(at)


def day_here(at: datetime) -> date:
    """The day of a moment on our calendar; registers write the last moment there is for "without end"."""
    try:
        return timezone.localtime(at).date()
    except OverflowError:
        return at.date()


@dataclass(frozen=True, slots=True)
class WordedDate:
    """A date as the BRP words it; day or month may be unknown (schema `AbstractDatum`)."""

    text: str
    """As the register writes it out, e.g. "juli 1975". Shown as it is, never completed."""

    exact: date | None
    """The calendar date, or None where the register does not know day or month."""

    latest: date | None = None
    """The last day it can be; None where not even the year is known. For rules on age only, never shown."""

    @classmethod
    def of(cls, answer: Mapping[str, Any] | None) -> Self | None:
        """Read one AbstractDatum; raises KeyError or ValueError on what the API does not promise."""
        if not answer:
            return None
        exact = date.fromisoformat(answer["datum"]) if answer["type"] == "Datum" else None
        latest = exact
        if answer["type"] == "JaarDatum":
            latest = date(answer["jaar"], 12, 31)
        if answer["type"] == "JaarMaandDatum":
            latest = date(answer["jaar"], answer["maand"], monthrange(answer["jaar"], answer["maand"])[1])
        return cls(str(answer["langFormaat"]), exact, latest)

    @property
    def in_words(self) -> str:
        """A whole date follows the language of the page; of an incomplete one the register's words stand."""
        return date_format(self.exact, "j F Y") if self.exact else self.text
