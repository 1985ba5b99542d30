"""How it is told that a register gave no answer: what happened, what now, whom to call. Never as if empty."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from .answers import Answer, Broken, Found, Late, Refused, Skipped, SwitchedOff
from .earlier import Earlier
from .sections import Answered


@dataclass(frozen=True, slots=True)
class Fault:
    """Words for one register that did not answer."""

    kind: str
    """"late", "skipped", "broken", "refused", "switched_off", "busy", "not_connected" or "level"."""
    happened: str
    now: str
    again: bool
    """Whether trying again soon can help."""


def fault_of(answer: Answer | None) -> Fault | None:
    """The words for an answer, or None where the register answered. No answer: we were too busy to ask."""
    match answer:
        case Found():
            return None
        case Late():
            return Fault(
                "late",
                _("Het systeem van de gemeente antwoordt nu niet snel genoeg."),
                _("Er is niets weg. Probeer het over een minuut opnieuw."),
                True,
            )
        case Skipped():
            return Fault(
                "skipped",
                _("Het systeem van de gemeente gaf net geen antwoord. Daarom wachten wij er nu niet op."),
                _("Er is niets weg. Wij proberen het vanzelf weer. Kijk over een minuut nog eens."),
                True,
            )
        case Broken():
            return Fault(
                "broken",
                _("Er is een storing in een systeem van de gemeente."),
                _("Er is niets weg. Probeer het straks opnieuw."),
                True,
            )
        case Refused():
            return Fault(
                "refused",
                _("Onze site mag dit systeem nu niet lezen. Dat ligt niet aan u, en wij lossen het op."),
                _("Opnieuw proberen helpt nu niet. Wilt u het vandaag weten? Bel ons dan."),
                False,
            )
        case SwitchedOff():
            return Fault(
                "switched_off",
                _("Wij tonen dit nu niet. Dat is onze keuze, bijvoorbeeld omdat wij aan het systeem werken."),
                _("Er is niets weg. Wilt u het vandaag weten? Bel ons dan."),
                False,
            )
        case None:
            return Fault(
                "busy",
                _("Het is nu heel druk op de site. Daarom hebben wij dit nog niet opgehaald."),
                _("Wacht een paar tellen en laad de pagina opnieuw."),
                True,
            )


def not_connected() -> Fault:
    """The municipality has no connection of that kind."""
    return Fault(
        "not_connected",
        _("Uw gemeente laat dit nog niet op deze site zien."),
        _("Wij vertellen het u graag aan de telefoon of aan de balie."),
        False,
    )


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the registers of a kind answered."""

    missing: Sequence[Fault]
    """What went wrong; each kind once, however many registers have it."""
    nothing: bool
    """None answered, now or earlier, so nothing can be said at all."""
    complete: bool
    """Every register answers now, and whole; only then may be said that there is nothing."""


def coverage(answered: Answered, partly: Sequence[bool]) -> Coverage:
    """What is told of several registers; `partly`: of each, whether some of its answer could not be read."""
    missing = _missing(answered, partly)
    return Coverage(
        missing=missing,
        nothing=not any(isinstance(answer, Found) for _connection, answer in answered),
        complete=not missing and not any(isinstance(answer, Earlier) for _connection, answer in answered),
    )


def without_some(known: Coverage, hidden: int) -> Coverage:
    """The same where so many things ask for a surer sign-in: that there is nothing must not be said then."""
    if not hidden:
        return known
    surer = Fault(
        "level",
        _("Voor een deel moet u op een veiligere manier inloggen. Zo blijft privé wat privé is."),
        _("Log uit. Log daarna weer in, op de veiligste manier die u heeft. Mist u dan nog iets? Bel ons."),
        False,
    )
    return replace(known, missing=[*known.missing, surer], complete=False)


def _missing(answered: Answered, partly: Sequence[bool]) -> list[Fault]:
    missing: dict[str, Fault] = {}
    for (_connection, answer), part in zip(answered, partly, strict=True):
        if fault := fault_of(Broken("in part") if part else answer):
            missing[fault.kind] = fault
    if not answered:
        missing["not_connected"] = not_connected()
    return list(missing.values())
