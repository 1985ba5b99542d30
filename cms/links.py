"""Links to pages in running text: relative, to the version that this site shows."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.municipalities.acting import current_id

from .local import Local, best_in_language, in_reach, local

NO_LINK = "<a>"
"""What stays of a link to a page that this site does not show: its text."""

LINK = re.compile(r'<a\b[^>]*\blinktype=\\*"page[^>]*>')
ID = re.compile(r'\bid=\\*"(\d+)')
"""As a text is stored, by itself or within JSON."""


class PageLinks(PageLinkHandler):
    """Replaces Wagtail's own, which gives whole addresses of one site, or none for library pages."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """One query for what `look_up` has not found yet; no link where no municipality is in force."""
        if not current_id():
            return [NO_LINK for _ in attrs_list]
        here = local()
        ids = [str(attrs.get("id", "")) for attrs in attrs_list]
        look_up({int(one) for one in ids if one.isdecimal()}, here)
        return [_link(here.links.get(int(one)) if one.isdecimal() else None) for one in ids]


def look_up(ids: Iterable[int], here: Local) -> None:
    """Keep where these pages stand on this site. One query, for those that are not kept yet."""
    missing = set(ids) - here.links.keys()
    if not missing:
        return
    wanted = Page.objects.filter(id__in=missing).values("translation_key")
    pages = Page.objects.filter(in_reach(), live=True, translation_key__in=wanted)
    found = list(pages.select_related("locale"))
    best = best_in_language(found, here.language)
    here.links.update(dict.fromkeys(missing))
    here.links.update({page.pk: here.address_of(best[page.translation_key]) for page in found})


def linked_in(texts: Iterable[str]) -> set[int]:
    """The pages that these texts, as they are stored, lead to."""
    return {int(one) for text in texts for tag in LINK.findall(text) for one in ID.findall(tag)}


def texts_of(page: Page) -> list[str]:
    """All running text of a page, as it is stored."""
    fields = page._meta.concrete_fields
    written = [getattr(page, one.name) or "" for one in fields if isinstance(one, RichTextField)]
    bodies = [getattr(page, one.name).raw_data for one in fields if isinstance(one, StreamField)]
    return [*written, *(json.dumps(list(body)) for body in bodies)]


def _link(url: str | None) -> str:
    return f'<a href="{escape(url)}">' if url else NO_LINK
