"""A case's way and its end date, worded for its resident."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from .visible import Place, Step, Term


@dataclass(frozen=True, slots=True)
class StepInWords:
    """A step of the timeline as the page shows it."""

    text: str
    """Its name."""
    more: str
    """What the resident does or can expect."""
    place: str
    when: str
    """The day it was reached; empty for what is still to come."""
    status: str
    """Where it stands, for who does not see the drawing."""


@dataclass(frozen=True, slots=True)
class TermInWords:
    """By when, and what to do about it."""

    kind: str
    """"ended", "waiting", "late", "extended", "running" or "unknown"."""
    says: Sequence[str]
    """Whole sentences, in order."""

    @property
    def title(self) -> str:
        """What asks for attention; empty where all goes as it should."""
        titles = {
            "waiting": _("Uw zaak staat even stil"),
            "late": _("Wij zijn te laat"),
            "extended": _("Het duurt langer"),
        }
        return titles.get(self.kind, "")

    @property
    def alert(self) -> str:
        """How much attention."""
        return "warning" if self.kind == "late" else "info"


NEXT_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÀ-Þ“])")


def name_of_step(text: str) -> str:
    """The name of a step is its first sentence; the rest says what one does or can expect."""
    return NEXT_SENTENCE.split(text.strip(), 1)[0].rstrip(".")


def more_of_step(text: str) -> str:
    """What follows on a step's name; often nothing."""
    _name, *more = NEXT_SENTENCE.split(text.strip(), 1)
    return "".join(more)


def steps_in_words(steps: Sequence[Step]) -> list[StepInWords]:
    """The steps of a timeline, each with its day and its place in words."""
    places = {Place.DONE: _("Gedaan"), Place.NOW: _("Nu bezig"), Place.TO_COME: _("Komt nog")}
    return [
        StepInWords(
            name_of_step(step.text),
            more_of_step(step.text),
            step.place.value,
            date_format(localtime(step.reached), "j F Y") if step.reached else "",
            places[step.place],
        )
        for step in steps
    ]


def term_in_words(term: Term) -> TermInWords:
    """When it is expected to be ready; what it means when that day is over or stands still."""
    if term.ended:
        return TermInWords("ended", [_("Afgerond op %(date)s.") % {"date": _day(term.ended)}])
    if term.waiting is not None:
        return TermInWords("waiting", _standing_still(term.waiting))
    if term.passed and term.latest:
        return TermInWords("late", _too_late(term.latest))
    more_time = _more_time(term.extended) if term.extended is not None else []
    if term.expected is None:
        unknown = _("Wij weten nog niet wanneer dit klaar is. Wilt u het weten? Bel het team.")
        return TermInWords("unknown", [*more_time, unknown])
    return TermInWords(
        "extended" if more_time else "running", [*more_time, *_ready_by(term.expected, term.latest)]
    )


def _ready_by(expected: date, latest: date | None) -> list[str]:
    if latest is None:
        return [_("Wij verwachten dat het klaar is op %(date)s.") % {"date": _day(expected)}]
    at_last = _("Het is klaar uiterlijk %(date)s.") % {"date": _day(latest)}
    if expected >= latest:
        return [at_last]
    return [_("Wij verwachten dat het klaar is op %(date)s.") % {"date": _day(expected)}, at_last]


def _standing_still(reason: str) -> list[str]:
    says = [_("Deze dagen tellen niet mee. Daarna gaan wij verder.")]
    return [_because(reason), *says] if reason else says


def _more_time(reason: str) -> list[str]:
    says = [_("Wij hebben meer tijd nodig.")]
    return [*says, _because(reason)] if reason else says


def _too_late(latest: date) -> list[str]:
    return [
        _("Het had uiterlijk %(date)s klaar moeten zijn.") % {"date": _day(latest)},
        _("Bel ons gerust. Wij vertellen u dan hoe het staat."),
        _(
            "U kunt ons ook in gebreke stellen. Schrijf ons dan dat wij te laat zijn en dat u een besluit "
            "wilt. Beslissen wij niet binnen twee weken daarna? Dan kunt u geld krijgen voor elke dag dat "
            "het langer duurt (Algemene wet bestuursrecht, artikel 4:17)."
        ),
    ]


def _because(reason: str) -> str:
    """A reason as the register words it: in Dutch, and without its last stop, since ours follows."""
    return format_html(_('De reden: <span lang="nl">{reason}</span>.'), reason=reason.strip().rstrip("."))


def _day(day: date) -> str:
    return date_format(day, "j F Y")
