"""Links to pages in running text: relative, to the version that this site shows."""

from typing import Any

from django.utils.html import escape
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.municipalities.acting import current_id

from .local import best_in_language, in_reach, local

NO_LINK = "<a>"
"""What stays of a link to a page that this site does not show: its text."""


class PageLinks(PageLinkHandler):
    """Replaces Wagtail's own, which gives whole addresses of one site, or none for library pages."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """One query for all links of a text; none is written where no municipality is in force."""
        if not current_id():
            return [NO_LINK for _ in attrs_list]
        here = local()
        ids = {int(attrs["id"]) for attrs in attrs_list if str(attrs.get("id", "")).isdigit()}
        wanted = Page.objects.filter(id__in=ids).values("translation_key")
        pages = Page.objects.filter(in_reach(), live=True, translation_key__in=wanted)
        found = list(pages.select_related("locale"))
        best = best_in_language(found, here.language)
        keys = {str(page.id): page.translation_key for page in found}
        shown = (best.get(keys.get(str(attrs.get("id")))) for attrs in attrs_list)  # type: ignore[arg-type]
        return [_link(here.address_of(page) if page else None) for page in shown]


def _link(url: str | None) -> str:
    return f'<a href="{escape(url)}">' if url else NO_LINK
