"""Local facts: what a municipality fills in on shared pages, and how to reach its people."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from .hosts import numbers_of
from .models import Fact, Municipality

NAMES = {
    "telefoon": _("Telefoonnummer"),
    "e-mail": _("E-mailadres"),
    "balie": _("Adres van de balie"),
    "openingstijden": _("Openingstijden van de balie"),
    "sociaal-team": _("Naam van het sociaal team"),
    "clientondersteuning": _("Onafhankelijke cliëntondersteuning"),
    "afval": _("Milieustraat"),
    "leges-dakkapel": _("Leges voor een dakkapel"),
    "prijs-uittreksel": _("Prijs van een uittreksel"),
    "prijs-paspoort": _("Prijs van een paspoort"),
    "prijs-identiteitskaart": _("Prijs van een identiteitskaart"),
    "prijs-rijbewijs": _("Prijs van een rijbewijs"),
    "prijs-parkeervergunning": _("Prijs van een parkeervergunning"),
    "functionaris-gegevensbescherming": _("Functionaris gegevensbescherming"),
}
"""The facts that library pages may use, with the name an editor reads."""


OWN = "eigen-"
"""How the name of a fact begins that a municipality made itself, for its own pages."""


def label_of(name: str) -> str:
    """What an editor reads for a fact."""
    return str(NAMES.get(name) or name.removeprefix(OWN).replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class PeopleToReach:
    """How a resident reaches a person; on every page, also when all else fails."""

    phone: str
    email: str
    address: str
    hours: str


def facts() -> Mapping[str, str]:
    """All facts of the municipality in force, by key. One query."""
    return dict(Fact.objects.values_list("key", "value"))


def site_facts(municipality: Municipality) -> Mapping[str, str]:
    """The same, for its site. One query, none while nothing of the site changes (`hosts.numbers_of`)."""
    numbers = numbers_of(municipality)
    return remembered(municipality.id, *numbers) if numbers else facts()


@lru_cache(1024)
def remembered(_municipality: UUID, _own: int, _library: int) -> Mapping[str, str]:
    """Of each of 342 municipalities, and of what they were before; some kilobytes each."""
    return facts()


def people_to_reach(known: Mapping[str, str]) -> PeopleToReach:
    """The contact facts; empty text for what the municipality left open."""
    return PeopleToReach(
        phone=known.get("telefoon", ""),
        email=known.get("e-mail", ""),
        address=known.get("balie", ""),
        hours=known.get("openingstijden", ""),
    )
