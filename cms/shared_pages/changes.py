"""Changes of the library that matter: local editors are asked to look, and nothing is written for each of
them.
"""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from wagtail.models import Page

from cms.models import HomePage
from cms.shared_pages_models import Change, LookedAt
from cms.trees import LIBRARY, root_slug

KEPT = 50
"""How many of the latest changes are looked through; older ones are history."""


def announce(page: Page, what: str, kind: str = Change.Kind.CHANGED) -> Change:
    """Ask all editors to look at a page of the library. One write, however many municipalities there are."""
    return Change.objects.create(page=page, what=what, kind=kind)


def to_look_at(home: HomePage) -> QuerySet[Change]:
    """What nobody of this municipality has looked at yet, the newest first; not of before it was there."""
    looked = LookedAt.objects.filter(change=OuterRef("pk"), home=home)
    changes = Change.objects.filter(
        ~Exists(looked),
        Q(at__gte=home.first_published_at) if home.first_published_at else Q(),
        page__live=True,
        page__url_path__startswith=f"/{root_slug(LIBRARY, home.locale.language_code)}/",
    )
    return changes.select_related("page").order_by("-at")


def looked_at(home: HomePage, page: Page, user: Any) -> None:
    """Somebody of this municipality has looked at all that was asked of a page."""
    for change in to_look_at(home).filter(page=page):
        LookedAt.objects.get_or_create(change=change, home=home, defaults={"by": user})
