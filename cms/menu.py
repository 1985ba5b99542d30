"""The menu and the legal links, from the pages that say they belong there."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, override

from portal.municipalities.menu import MenuItem, SiteMenu

from .local import best_in_language, in_reach, local
from .models import ContentPage
from .trees import is_library


def menu(language: str) -> SiteMenu:
    """The menu of the municipality in force: shared pages first, then its own. One query in a page."""
    here = local()
    listed = ContentPage.objects.filter(
        in_reach(), live=True, place__in=(ContentPage.Place.MENU, ContentPage.Place.LEGAL)
    )
    best = best_in_language(listed.select_related("locale").defer("body", "intro"), language)
    pages = sorted(best.values(), key=lambda page: (not is_library(page.url_path), page.path))
    items: dict[str, dict[str, MenuItem]] = {"menu": {}, "legal": {}}
    for page in pages:
        if url := here.address_of(page):
            items[page.place].setdefault(url, MenuItem(page.title, url, here.other_language(page)))
    with override(language):
        also = [MenuItem(gettext("Register van verwerkingen"), reverse("register:all"))]
        if settings.PUBLICATIONS_URL:
            also.insert(0, MenuItem(gettext("Officiële bekendmakingen"), reverse("publications:all")))
    return SiteMenu(tuple(items["menu"].values()), (*items["legal"].values(), *also))
