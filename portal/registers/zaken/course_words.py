"""A case's way and its end date, worded for its resident."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from ..dates import day_here
from .course import Place, Step, Term
from .described import Described
from .plain_words import StepText
from .words import more_of_step, name_of_step


@dataclass(frozen=True, slots=True)
class State:
    """How the term stands, at the step where the case is: it stands still, it is longer, or it is over."""

    kind: str
    """"waiting", "extended" or "late"."""
    title: str
    says: Sequence[str]
    letter: str
    """What to write in a letter about it; empty where there is nothing to write."""
    then: Sequence[str]
    """What follows on the letter."""

    @property
    def alert(self) -> str:
        """How much attention it asks."""
        return "warning" if self.kind == "late" else "info"


@dataclass(frozen=True, slots=True)
class StepInWords:
    """A step of the timeline as the page shows it."""

    text: str
    """Its name."""
    more: str
    """What the catalogue adds to the name; empty where the municipality says more about this step itself."""
    do: str
    """What the resident does; often empty."""
    nothing_to_do: bool
    """It is now at this step, and the resident need not do anything."""
    expect: str
    """What follows for the resident; often empty."""
    place: str
    when: str
    """The day it was reached; empty for what is still to come."""
    status: str
    """Where it stands, for who does not see the drawing."""
    state: State | None
    """Of the step where the case is now, how its term stands."""
    reached: datetime | None
    """When, where it was."""


def steps_in_words(steps: Sequence[Step], said: Described, state: State | None) -> list[StepInWords]:
    """The steps of a timeline, each with its day and its place in words."""
    reached = [step for step in steps if step.place is not Place.TO_COME]
    now = next((step for step in steps if step.place is Place.NOW), reached[-1] if reached else None)
    return [_step(step, said.steps.get(step.number), state if step is now else None) for step in steps]


def _step(step: Step, said: StepText | None, state: State | None) -> StepInWords:
    places = {Place.DONE: _("Gedaan"), Place.NOW: _("Nu bezig"), Place.TO_COME: _("Komt nog")}
    asks = said is not None and step.place is not Place.DONE
    do = said.do if said and asks else ""
    waits = state is not None and state.kind == "waiting"
    return StepInWords(
        text=(said.name if said else "") or name_of_step(step.text),
        more="" if said else more_of_step(step.text),
        do=do,
        nothing_to_do=asks and not do and not waits and step.place is Place.NOW,
        expect=said.expect if said and asks else "",
        place=step.place.value,
        when=day(day_here(step.reached)) if step.reached else "",
        status=places[step.place],
        state=state,
        reached=step.reached,
    )


def state_of(term: Term, number: str) -> State | None:
    """What is out of the ordinary about a term; None where it runs, or is over with the case."""
    if term.ended:
        return None
    if term.waiting is not None:
        says = [_because(term.waiting)] if term.waiting else []
        still = _("Deze dagen tellen niet mee. Daarna gaan wij verder.")
        return State("waiting", _("Wij wachten op u. De termijn staat stil."), [*says, still], "", [])
    if term.passed and term.latest:
        late = _("Het had uiterlijk %(date)s klaar moeten zijn.") % {"date": day(term.latest)}
        call = _("Bel ons gerust. Wij vertellen u dan hoe het staat.")
        return State("late", _("Wij zijn te laat."), [late, call], _in_default(number), _after_default())
    if term.extended is not None:
        says = [_because(term.extended)] if term.extended else []
        until = [_("Het is uiterlijk %(date)s klaar.") % {"date": day(term.latest)}] if term.latest else []
        return State("extended", _("Wij hebben meer tijd nodig."), [*says, *until], "", [])
    return None


def term_in_words(term: Term) -> list[str]:
    """When it is expected to be ready, in whole sentences; a state of the term says the rest."""
    if term.ended:
        return [_("Afgerond op %(date)s.") % {"date": day(term.ended)}]
    if term.waiting is not None:
        return [_("Dat weten wij nog niet. Wij wachten op u, en de termijn staat stil.")]
    if term.passed and term.latest:
        return [
            _("Het had uiterlijk %(date)s klaar moeten zijn. Wij zijn te laat.") % {"date": day(term.latest)}
        ]
    if term.expected is None:
        return [_("Wij weten nog niet wanneer dit klaar is. Wilt u het weten? Bel het team.")]
    return _ready_by(term.expected, term.latest)


def day(one: date) -> str:
    """A day as people write it."""
    return date_format(one, "j F Y")


def _ready_by(expected: date, latest: date | None) -> list[str]:
    if latest is None:
        return [_("Wij verwachten dat het klaar is op %(date)s.") % {"date": day(expected)}]
    at_last = _("Het is uiterlijk %(date)s klaar.") % {"date": day(latest)}
    if expected >= latest:
        return [at_last]
    return [_("Wij verwachten dat het klaar is op %(date)s.") % {"date": day(expected)}, at_last]


def _in_default(number: str) -> str:
    """How one tells a municipality that it is in default (Awb 4:17, third paragraph: in writing)."""
    return _(
        "Schrijf een brief. Zet erin: uw naam en adres, de datum en het nummer van uw zaak (%(number)s). "
        "Schrijf dat wij te laat zijn, en dat u binnen twee weken een besluit wilt."
    ) % {"number": number}


def _after_default() -> list[str]:
    return [
        _("Wij hebben dan nog twee weken om te beslissen."),
        _(
            "Beslissen wij dan nog niet? Dan kunt u geld krijgen voor elke dag dat het langer duurt, "
            "hoogstens 42 dagen (Algemene wet bestuursrecht, artikel 4:17). Dat geldt als u een besluit "
            "vroeg."
        ),
    ]


def _because(reason: str) -> str:
    """A reason as the register words it: in Dutch, and without its last stop, since ours follows."""
    return format_html(_('De reden: <span lang="nl">{reason}</span>.'), reason=reason.strip().rstrip("."))
