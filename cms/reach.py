"""Which trees a member of staff edits, and whose a page is."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from wagtail.models import GroupPagePermission, Page

from portal.municipalities.models import Municipality

from .trees import LIBRARY, is_library, root_path

User = AbstractBaseUser | AnonymousUser


def municipality_of_page(page: Any) -> Municipality | None:
    """Whose page this is; for a library page the first municipality there is, as somewhere to look at it."""
    from .models import HomePage

    if is_library(page.url_path or f"/{LIBRARY}/"):
        return Municipality.objects.exclude(site=None).order_by("name").first()
    home = HomePage.objects.filter(path=root_path(page.path)).select_related("municipality").first()
    return home.municipality if home else None


def roots_of(user: User) -> list[Page]:
    """The roots of the trees that a member of staff edits. One query."""
    ids = GroupPagePermission.objects.filter(group__user=user.pk).values("page_id")
    return list(Page.objects.filter(id__in=ids))


def homes_of(user: User) -> list[Any]:
    """The home pages, one for each municipality, that a member of staff edits."""
    from .models import HomePage

    homes = HomePage.objects.select_related("municipality", "locale").order_by("municipality__name", "path")
    if not getattr(user, "is_superuser", False):
        ids = GroupPagePermission.objects.filter(group__user=user.pk).values("page_id")
        homes = homes.filter(id__in=ids)
    first: dict[Any, Any] = {}
    for home in homes:
        first.setdefault(home.municipality_id, home)
    return list(first.values())
