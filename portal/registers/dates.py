"""Dates of the national registers, of which day, month or all may be unknown."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self

from django.utils import timezone
from django.utils.formats import date_format


def moment(told: str) -> datetime:
    """A moment with its zone; one without is a moment of ours. Raises ValueError or TypeError for none.

    Registers write the last moment there is for "without end". On our clock that can lie past the calendar,
    where no page could show it; it is then ours as it is written.
    """
    at = datetime.fromisoformat(told)
    if timezone.is_naive(at):
        return timezone.make_aware(at)
    try:
        timezone.localtime(at)
    except OverflowError:
        return at.replace(tzinfo=timezone.get_current_timezone())
    return at


def day_here(at: datetime) -> date:
    """The day of a moment on our calendar."""
    return timezone.localtime(at).date()


def day_with_more(told: str | None) -> date | None:
    """A day from which others are counted; None for none, and for one in the last year that there is.

    With those registers say "without end", and six weeks later is past the calendar.
    Raises ValueError or TypeError for what is no day.
    """
    day = date.fromisoformat(told) if told else None
    return day if day and day.year < date.max.year else None


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
