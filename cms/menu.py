"""The menu and the legal links: what a municipality chose on its home page; otherwise the pages that say they
belong there.

What the law asks for stands at the foot of each page whatever was chosen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.models import Page

from portal.municipalities.menu import MenuItem, SiteMenu

from .local import Home, Local, best_in_language, in_reach, local
from .models import ContentPage, HomePage
from .shared_pages_models import Required
from .trees import is_library, languages, root_path

Place = ContentPage.Place


@dataclass(frozen=True, slots=True)
class Line:
    """One line that a municipality chose: a page, or else a label and where it leads."""

    page: int | None
    label: str
    url: str
    language: str
    """The language of its label."""


def menu(language: str) -> SiteMenu:
    """The menu of the municipality in force. One query in a page."""
    here = replace(local(), language=language)
    return chosen_on(here.homes, here)


def tried_on(home: HomePage, language: str) -> SiteMenu:
    """The menu as a home page says that is not on the site yet."""
    lines = (list(stream.raw_data) for stream in (home.menu, home.footer))
    return chosen_on([Home(home.locale.language_code, *lines)], replace(local(), language=language))


def chosen_on(homes: Iterable[Home], here: Local) -> SiteMenu:
    """The menu as these home pages say, which are versions of one in several languages. One query."""
    order = (here.language, *languages())
    versions = sorted(homes, key=lambda home: order.index(home.language))
    chosen = {
        Place.MENU: _lines((home.language, home.menu) for home in versions),
        Place.LEGAL: _lines((home.language, home.footer) for home in versions),
    }
    pages = _Pages([line.page for lines in chosen.values() for line in lines if line.page], here)
    top = pages.as_chosen(chosen[Place.MENU]) or pages.as_they_say(Place.MENU)
    foot = pages.as_chosen(chosen[Place.LEGAL])
    below = [*foot, *pages.required()] if foot else pages.as_they_say(Place.LEGAL)
    return SiteMenu(_once(top), _once([*below, *_of_the_site_itself(here.language)]))


def passed_over(page: ContentPage) -> HomePage | None:
    """The home page that chose its menu without this page, which says it belongs there."""
    name = {Place.MENU: "menu", Place.LEGAL: "footer"}.get(Place(page.place))
    home = HomePage.objects.filter(path=root_path(page.path)).first()
    chosen = list(getattr(home, name).raw_data) if home and name else []
    there = any(one["value"].get("page") == page.pk for one in chosen)
    return home if chosen and not there else None


class _Pages:
    """What may stand in a menu of the municipality in force, asked once."""

    def __init__(self, chosen: Sequence[int], here: Local) -> None:
        self._here = here
        wanted = Q(place__in=(Place.MENU, Place.LEGAL))
        if chosen:
            keys = Page.objects.filter(id__in=chosen).values("translation_key")
            wanted |= Q(translation_key__in=keys)
        law = Required.objects.filter(page__translation_key=OuterRef("translation_key"))
        rows = ContentPage.objects.filter(in_reach(), wanted, live=True).annotate(by_law=Exists(law))
        self._found = list(rows.select_related("locale").defer("body", "intro"))
        self._key = {page.pk: page.translation_key for page in self._found}
        self._best = best_in_language(self._found, here.language)

    def as_chosen(self, lines: Iterable[Line]) -> list[MenuItem]:
        """These lines, without the pages that are not on the site."""
        return [item for line in lines if (item := self._item(line))]

    def as_they_say(self, place: str) -> list[MenuItem]:
        """The pages that say they belong in this place: shared ones first, then own ones."""
        return self._items(page for page in self._found if page.place == place)

    def required(self) -> list[MenuItem]:
        """What must stand at the foot of each page by law."""
        return self._items(page for page in self._found if page.place == Place.LEGAL and page.by_law)

    def _items(self, pages: Iterable[Any]) -> list[MenuItem]:
        best = best_in_language(pages, self._here.language).values()
        ordered = sorted(best, key=lambda page: (not is_library(page.url_path), page.path))
        return [item for page in ordered if (item := self._of_page(page))]

    def _item(self, line: Line) -> MenuItem | None:
        if line.page is None:
            other = "" if line.language == self._here.language else line.language
            return MenuItem(line.label, line.url, other)
        key = self._key.get(line.page)
        return self._of_page(self._best[key]) if key else None

    def _of_page(self, page: Any) -> MenuItem | None:
        url = self._here.address_of(page)
        return MenuItem(page.title, url, self._here.other_language(page)) if url else None


def _lines(versions: Iterable[tuple[str, Sequence[Mapping[str, Any]]]]) -> list[Line]:
    """Of the first version where something was chosen. A line that was only begun says nothing yet."""
    for language, stored in versions:
        lines = [_line(one["value"], language) for one in stored]
        if begun := [line for line in lines if line.page or (line.label and line.url)]:
            return begun
    return []


def _line(value: Any, language: str) -> Line:
    return Line(value.get("page"), value.get("label", ""), value.get("url", ""), language)


def _of_the_site_itself(language: str) -> Iterator[MenuItem]:
    """What every site has at its foot, whatever pages there are."""
    with override(language):
        if settings.PUBLICATIONS_URL:
            yield MenuItem(gettext("Officiële bekendmakingen"), reverse("publications:all"))
        yield MenuItem(gettext("Register van verwerkingen"), reverse("register:all"))


def _once(items: Iterable[MenuItem]) -> tuple[MenuItem, ...]:
    """Each address once, the first of its kind."""
    by_address: dict[str, MenuItem] = {}
    for item in items:
        by_address.setdefault(item.url, item)
    return tuple(by_address.values())
