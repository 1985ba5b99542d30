"""A page that gets another address leaves a redirect behind, own pages on their site, library pages on every
site.

(Wagtail's own asks for all sites at each change, comes after the transaction, and makes none for library
pages.)
"""

from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page
from wagtail.signals import post_page_move

from .reach import municipality_of_page
from .trees import address, is_library, tree_of


def leave_redirects(page: Page, before: str) -> None:
    """From where this page and all below it stood to where they stand now, unless the tree is another."""
    if before == page.url_path or tree_of(before) != tree_of(page.url_path):
        return
    municipality = None if is_library(page.url_path) else municipality_of_page(page)
    site = municipality.site_id if municipality else None
    if site is None and not is_library(page.url_path):
        return
    for moved in page.get_descendants(inclusive=True).live().select_related("locale"):
        language = moved.locale.language_code
        old = before + moved.url_path[len(page.url_path) :]
        now = Redirect.normalise_path(address(moved.url_path, language))
        Redirect.objects.filter(old_path=now, site_id=site, automatically_created=True).delete()
        Redirect.objects.update_or_create(
            old_path=Redirect.normalise_path(address(old, language)),
            site_id=site,
            defaults={"redirect_page": moved, "automatically_created": True},
        )


def _moved(instance: Page, url_path_before: str, url_path_after: str, **_kwargs: Any) -> None:
    instance.url_path = url_path_after
    leave_redirects(instance, url_path_before)


def listen() -> None:
    """Called once all models are there."""
    post_page_move.connect(_moved, dispatch_uid="redirect-after-move")
