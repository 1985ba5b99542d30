"""Which page a path on a site means: own page, own redirect, library page, library redirect, in that order.

In each tree the version in the active language comes first, then Dutch, then any other. Languages have paths
of their own: a page found in another language may exist in the active one, elsewhere.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.municipalities.acting import current_municipality

from .local import Local
from .trees import LIBRARY, address, languages, url_paths


@dataclass(frozen=True, slots=True)
class Crumb:
    """A page above the one shown."""

    label: str
    url: str
    language: str
    """The language of its label."""


@dataclass(frozen=True, slots=True)
class Found:
    """The page to show."""

    page: Page
    trail: tuple[Crumb, ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The address that this path leads to."""

    url: str
    permanent: bool


def find(path: str, full_path: str, local: Local) -> Found | Elsewhere:
    """What stands at `path` (without language and slashes around it). Raises Http404 when nothing does.

    Queries: one for the pages, one for redirects unless an own page is there.
    """
    order = tuple(dict.fromkeys((local.language, *languages())))
    own = url_paths(current_municipality().slug, path, order)
    shared = url_paths(LIBRARY, path, order)
    known = _pages_at([*own.values(), *shared.values()]) if path else _home(own)
    if page := _first(own, known):
        return Found(page, _trail(page, known, local.language))
    redirects = _redirects(full_path)
    if redirect := redirects.get(current_municipality().site_id):
        return redirect
    page = _first(shared, known)
    if page and page.translation_key not in local.choices.left_out:
        if replacing := local.choices.replaced.get(page.translation_key):
            return Elsewhere(address(replacing, local.language), permanent=False)
        return Found(page, _trail(page, known, local.language))
    if redirect := redirects.get(None):
        return redirect
    raise Http404


def old_address(full_path: str) -> Elsewhere:
    """Where an own redirect, or else one of the library, leads from an address that no page can have.

    Raises Http404 when there is none. One query.
    """
    redirects = _redirects(full_path)
    if found := redirects.get(current_municipality().site_id) or redirects.get(None):
        return found
    raise Http404


def _trail(page: Page, known: Mapping[str, Page], language: str) -> tuple[Crumb, ...]:
    above = (known.get(url_path) for url_path in _paths_above(page.url_path))
    return tuple(
        Crumb(one.title, address(one.url_path, language), one.locale.language_code)
        for one in above
        if one and one.live
    )


def _first(places: Mapping[str, str], known: Mapping[str, Page]) -> Page | None:
    pages = (known.get(url_path) for url_path in places.values())
    return next((page for page in pages if page and page.live), None)


def _paths_above(url_path: str) -> list[str]:
    """Of the pages above, without the tree's root and the page itself."""
    parts = url_path.strip("/").split("/")
    return ["/" + "/".join(parts[:depth]) + "/" for depth in range(2, len(parts))]


def _pages_at(places: list[str]) -> dict[str, Page]:
    from .models import ContentPage

    wanted = {above for place in places for above in (place, *_paths_above(place))}
    kinds = {kind._meta.model_name: kind for kind in ContentPage.__subclasses__()}
    pages = ContentPage.objects.filter(url_path__in=wanted).select_related("locale", *kinds)
    return {page.url_path: _of_its_kind(page) for page in pages}


def _of_its_kind(page: Page) -> Page:
    """As Wagtail's `specific`, which would ask for it once more."""
    if page.specific_class is None or isinstance(page, page.specific_class):
        return page
    whole: Page = getattr(page, page.specific_class._meta.model_name)
    whole.locale = page.locale
    return whole


def _home(places: Mapping[str, str]) -> dict[str, Page]:
    from .models import HomePage

    pages = HomePage.objects.filter(url_path__in=places.values()).select_related("locale", "picture")
    return {page.url_path: page for page in pages}


def _redirects(full_path: str) -> dict[int | None, Elsewhere]:
    site = current_municipality().site_id
    rows = Redirect.objects.filter(old_path=Redirect.normalise_path(full_path))
    found = {}
    for row in rows.select_related("redirect_page__locale"):
        if row.site_id in (site, None) and (url := _target(row)):
            found[row.site_id] = Elsewhere(url, row.is_permanent)
    return found


def _target(row: Redirect) -> str | None:
    page = row.redirect_page
    if page is None:
        return str(row.redirect_link) or None
    return address(page.url_path, page.locale.language_code) if page.live else None
