"""Where somebody of the staff makes or guards purposes: municipalities, the library, and in which role."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest

from cms.models import PrivacyOffice
from cms.places import place_named
from cms.reach import User, homes_of, roots_of
from cms.trees import LIBRARY, is_library
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.purposes.making import Person, Role, Workshop
from portal.sharing.purposes.own import OWN

from .library import LIBRARY_SHOP


@dataclass(frozen=True, slots=True)
class Place:
    """One municipality, or the library, as one person works in it."""

    slug: str
    name: str
    municipality: Municipality | None
    me: Person

    @property
    def shop(self) -> Workshop:
        return OWN if self.municipality else LIBRARY_SHOP

    @property
    def edits(self) -> bool:
        return Role.EDITOR in self.me.roles

    @property
    def guards(self) -> bool:
        """Whether this person is its privacy officer."""
        return Role.OFFICER in self.me.roles


def places_of(user: User) -> list[Place]:
    """Everywhere that this person edits or guards purposes, by name. At most three queries."""
    found: dict[str, tuple[Municipality | None, set[Role]]] = {}
    for home in homes_of(user):
        found.setdefault(home.municipality.slug, (home.municipality, set()))[1].add(Role.EDITOR)
    if getattr(user, "is_superuser", False) or any(is_library(root.url_path) for root in roots_of(user)):
        found.setdefault(LIBRARY, (None, set()))[1].add(Role.EDITOR)
    offices = PrivacyOffice.objects.select_related("municipality").filter(municipality__keys_destroyed=None)
    if not getattr(user, "is_superuser", False):
        offices = offices.filter(group__user=user.pk)
    for office in offices:
        slug = office.municipality.slug if office.municipality else LIBRARY
        found.setdefault(slug, (office.municipality, set()))[1].add(Role.OFFICER)
    return sorted(
        (_place(slug, municipality, roles, user) for slug, (municipality, roles) in found.items()),
        key=lambda place: place.name,
    )


@contextmanager
def at(request: HttpRequest, slug: str) -> Iterator[Place]:
    """The place that an address names, in force. Raises Http404 for who has nothing to do there."""
    place = place_named(slug, places_of(request.user))
    if place.municipality is None:
        yield place
    else:
        with acting_for(place.municipality):
            yield place


@contextmanager
def guarding(request: HttpRequest, slug: str) -> Iterator[Place]:
    """As `at`, for the privacy officer of a municipality only."""
    with at(request, slug) as place:
        if not place.guards or place.municipality is None:
            raise Http404
        yield place


def _place(slug: str, municipality: Municipality | None, roles: set[Role], user: Any) -> Place:
    name = municipality.name if municipality else "Bibliotheek"
    who = user.get_full_name() or user.get_username()
    return Place(slug, name, municipality, Person(user.pk, who, frozenset(roles)))
