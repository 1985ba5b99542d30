"""Whose words somebody of the staff may explain: of the municipalities and the library they edit."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from cms.reach import User, edits_library, homes_of
from cms.trees import LIBRARY
from portal.municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality, or the library."""

    slug: str
    name: str
    municipality: Municipality | None
    """None: the library, for all sites."""


def places_of(user: User) -> list[Place]:
    """The library first. At most three queries."""
    own = [Place(one.municipality.slug, one.municipality.name, one.municipality) for one in homes_of(user)]
    if edits_library(user):
        return [Place(LIBRARY, _("Bibliotheek: voor alle sites"), None), *own]
    return own


def place_of(user: User, slug: str) -> Place:
    """The place that an address names. Raises Http404 for who does not edit there."""
    found = next((one for one in places_of(user) if one.slug == slug), None)
    if found is None:
        raise Http404
    return found
