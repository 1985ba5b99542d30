"""The way of a case: its steps, by when it must be done, and whose it is to handle. Pure functions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from ..case_types import choice_of
from .records import Case, Zaak, Zaaktype


class Place(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the timeline."""

    number: int
    text: str
    place: Place
    reached: datetime | None


def timeline(case: Case) -> list[Step]:
    """The steps in order: what was reached, where it stands, and what is still to come."""
    reached = {status.statustype: status.set_on for status in case.statuses}
    current = case.statuses[-1].statustype if case.statuses else ""
    steps = []
    for kind in case.statustypes:
        if kind.url not in reached and case.zaak.ended:
            continue  # a case that is over skipped this step
        place = Place.DONE if kind.url in reached else Place.TO_COME
        if kind.url == current and not (kind.last or case.zaak.ended):
            place = Place.NOW
        steps.append(Step(kind.number, kind.text, place, reached.get(kind.url)))
    return steps


@dataclass(frozen=True, slots=True)
class Term:
    """By when it should be done."""

    expected: date | None
    """Our promise (servicenorm), else the legal end. None once it is done, or while the term stands still."""
    latest: date | None
    """What the law allows at most."""
    passed: bool
    """The latest day is over and the case is not."""
    waiting: str | None
    """The term stands still; the reason, may be empty. None while it runs."""
    extended: str | None
    """Why more time was taken; None where it was not."""
    ended: date | None


def term(zaak: Zaak, kind: Zaaktype, today: date) -> Term:
    """Expected and latest end of a case (Awb 4:13–4:15, 4:17)."""
    if zaak.ended:
        return Term(None, None, False, None, None, zaak.ended)
    latest = zaak.latest_end or (kind.term.last_day(zaak.started) if kind.term else None)
    promised = zaak.planned_end or (kind.promise.last_day(zaak.started) if kind.promise else None)
    if kind.reports:  # the Awb has terms for applications only; a catalogue must name one, and names our norm
        promised, latest = promised or latest, None
    if zaak.suspended is not None:
        return Term(None, latest, False, zaak.suspended, zaak.extended, None)
    # A promise that is over tells nothing any more; the law's date does.
    expected = promised if promised and promised >= today else latest
    return Term(expected, latest, bool(latest and latest < today), None, zaak.extended, None)


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call about a case; empty text where the register and the connection do not say."""

    team: str
    phone: str
    email: str = ""


def contact(case: Case, parameters: Mapping[str, Any]) -> Contact:
    """The team that handles it, never an employee's name.

    What the municipality chose for this kind of case goes first; what nobody says, the connection does.
    """
    chosen = choice_of(parameters, case.zaaktype.key)
    teams = [rol.team for rol in case.roles if rol.role in {"behandelaar", "klantcontacter"} and rol.team]
    team = chosen.team or (teams[0] if teams else str(parameters.get("team", "")))
    return Contact(team, chosen.phone or str(parameters.get("phone", "")), chosen.email)
