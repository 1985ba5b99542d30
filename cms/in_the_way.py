"""Telling who publishes what stands in the way of what at one address.

The order is own page, own redirect, library page, library redirect (`routing`); nothing here changes it.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from portal.accounts.places import language_of
from portal.municipalities.models import Municipality

from .models import ContentPage, HomePage
from .trees import LIBRARY, address, is_library, root_path, root_slug, url_paths


def page_at(path: str, tree: str) -> Page | None:
    """The published page of this tree that stands at this path of a site."""
    language = language_of(path)
    below = path.strip("/")
    if language != settings.LANGUAGE_CODE:
        below = below.removeprefix(language).strip("/")
    return Page.objects.filter(url_path=url_paths(tree, below, [language])[language], live=True).first()


def library_page_beside(page: Page) -> Page | None:
    """The published page of the library that an own page hides, without saying that it replaces it."""
    there = page_at(address(page.url_path, page.locale.language_code), LIBRARY)
    replaced = getattr(page, "replaces", None)
    meant = there is not None and replaced is not None and replaced.translation_key == there.translation_key
    return None if meant else there


def hidden_on(page: Page) -> list[str]:
    """The municipalities where something else stands at the address of this page of the library. Three
    queries.
    """
    language, below = page.locale.language_code, page.url_path.split("/", 2)[2]
    everyone = Municipality.objects.exclude(site=None).filter(closed=None)
    places = {f"/{root_slug(one.slug, language)}/{below}": one for one in everyone}
    pages = ContentPage.objects.filter(live=True, url_path__in=places)
    meant = pages.filter(replaces__translation_key=page.translation_key)
    hiding = {places[one].name for one in pages.difference(meant).values_list("url_path", flat=True)}
    path = Redirect.normalise_path(address(page.url_path, language))
    sites = set(Redirect.objects.filter(old_path=path).values_list("site_id", flat=True))
    hiding |= {one.name for one in places.values() if one.site_id in sites}
    return sorted(hiding)


@hooks.register("after_publish_page")
def tell(request: HttpRequest, page: Any) -> None:
    """Who publishes hears it at once: nobody finds a page that another hides by looking at either."""
    if not isinstance(page, ContentPage):
        return
    if is_library(page.url_path):
        if names := hidden_on(page):
            told = _("Op dit adres staat iets anders in: %(names)s. Daar ziet een inwoner deze pagina niet.")
            messages.warning(request, told % {"names": ", ".join(names)})
        return
    if hidden := library_page_beside(page):
        told = _("Op dit adres staat ook “%s” van de bibliotheek. Op uw site ziet een inwoner nu uw pagina.")
        messages.warning(request, told % hidden.title)
    path = Redirect.normalise_path(address(page.url_path, page.locale.language_code))
    home = HomePage.objects.filter(path=root_path(page.path)).select_related("municipality").first()
    if home and Redirect.objects.filter(old_path=path, site_id=home.municipality.site_id).exists():
        messages.warning(
            request, _("Van dit adres was er een doorverwijzing. Die werkt niet meer: uw pagina gaat voor.")
        )
