"""Into which trees somebody of the staff may read pages: those they write, and no other."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.reach import User, homes_of, once_a_request, roots_of
from cms.trees import LIBRARY, is_library
from portal.municipalities.models import Municipality


@dataclass(frozen=True, slots=True)
class Tree:
    """The pages of one municipality, or those of the library in one language."""

    slug: str
    name: str
    root: Page
    municipality: Municipality | None


@once_a_request
def places_of(user: User) -> list[Tree]:
    """The library first, a tree for each of its languages. At most three queries."""
    from cms.models import LibraryRoot

    own = [
        Tree(one.municipality.slug, one.municipality.name, one, one.municipality) for one in homes_of(user)
    ]
    if getattr(user, "is_superuser", False):
        shared: list[Page] = list(LibraryRoot.objects.order_by("path"))
    else:
        shared = [root for root in roots_of(user) if is_library(root.url_path) and root.depth == 2]
    names = {root.pk: _("Bibliotheek: voor alle sites") for root in shared if root.slug == LIBRARY}
    return [Tree(root.slug, names.get(root.pk, root.title), root, None) for root in shared] + own
