"""Above which sites somebody of the staff may put something."""

from django.utils.translation import gettext as _

from cms.models import DutyOffice
from cms.places import Place
from cms.reach import User, edits_library, homes_of, once_a_request
from portal.municipalities.models import Municipality

ALL = "alle-sites"
"""In an address, where else a municipality's slug stands."""


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
