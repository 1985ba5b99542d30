"""Above which sites somebody of the staff may put something."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from cms.models import DutyOffice
from cms.reach import User, edits_library, homes_of, once_a_request
from portal.municipalities.models import Municipality

ALL = "alle-sites"
"""In an address, where else a municipality's slug stands."""


@dataclass(frozen=True, slots=True)
class Place:
    """One site, or all of them."""

    slug: str
    name: str
    municipality: Municipality | None
    """None: all."""


@once_a_request
def places_of(user: User) -> list[Place]:
    """Of who is on duty, and of who edits there; all sites first. At most three queries."""
    every = getattr(user, "is_superuser", False)
    offices = set(DutyOffice.objects.filter(group__user=user.pk).values_list("municipality", flat=True))
    known = Municipality.objects.all()
    if not every:
        homes = {home.municipality_id for home in homes_of(user)}
        known = known.filter(id__in=(offices | homes) - {None})
    own = [Place(one.slug, one.name, one) for one in known]
    return [Place(ALL, _("Alle sites"), None), *own] if None in offices or edits_library(user) else own


def place_of(user: User, slug: str) -> Place:
    """The place that an address names. Raises Http404 for who has nothing to say there."""
    found = next((one for one in places_of(user) if one.slug == slug), None)
    if found is None:
        raise Http404
    return found
