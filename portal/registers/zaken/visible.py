"""What a resident may see of cases, and how a case's way is worded. Pure functions; any doubt means no."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from portal.municipalities.bsn import BSN

from .records import Case, Rol, Zaak, Zaaktype

ORDER = (
    "openbaar", "beperkt_openbaar", "intern", "zaakvertrouwelijk",
    "vertrouwelijk", "confidentieel", "geheim", "zeer_geheim",
)  # fmt: skip
OWN = frozenset({"initiator", "mede_initiator"})
"""Roles that make a case one's own. An interested party (a neighbour who objects) does not own it."""


def visible_to_resident(zaak: Zaak, zaaktype: Zaaktype, roles: Sequence[Rol], bsn: BSN, limit: str) -> bool:
    """Whether this resident may see this case at all (facts/zgw.md §3)."""
    return (
        zaaktype.url == zaak.zaaktype
        and zaaktype.external
        and limit in ORDER
        and zaak.confidentiality in ORDER[: ORDER.index(limit) + 1]
        and zaak.has_status
        and any(_owns(rol, bsn) for rol in roles)
    )


def _owns(rol: Rol, bsn: BSN) -> bool:
    # A representative sees a case by a mandate (a later room), not by a role alone.
    return rol.role in OWN and rol.mandate != "gemachtigde" and rol.is_person(bsn)


class Place(StrEnum):
    """Where a step stands."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the timeline."""

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
        steps.append(Step(kind.text, place, reached.get(kind.url)))
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
    latest = zaak.latest_end or (zaak.started + kind.term if kind.term else None)
    promised = zaak.planned_end or (zaak.started + kind.promise if kind.promise else None)
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


def contact(case: Case, parameters: Mapping[str, Any]) -> Contact:
    """The team that handles it, never an employee's name; what the roles do not say, the connection does."""
    teams = [rol.team for rol in case.roles if rol.role in {"behandelaar", "klantcontacter"} and rol.team]
    return Contact(teams[0] if teams else str(parameters.get("team", "")), str(parameters.get("phone", "")))
