"""Links in running text: to pages, relative, to the version that this site shows, and to documents."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from functools import reduce
from operator import or_
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils.html import escape
from wagtail.documents import get_document_model
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from portal.municipalities.acting import current_id, current_municipality

from .local import Local, best_in_language, in_reach, local
from .trees import LIBRARY

NO_LINK = "<a>"
"""What stays of a link to a page that this site does not show: its text."""

LINK = re.compile(r'<a\b[^>]*\blinktype=\\*"(page|document)[^>]*>')
ID = re.compile(r'\bid=\\*"([0-9]{1,18})\\*"')
"""As a text is stored, by itself or within JSON."""
AN_ID = re.compile("[0-9]{1,18}")


class PageLinks(PageLinkHandler):
    """Replaces Wagtail's own, which gives whole addresses of one site, or none for library pages."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """One query for what `look_up` has not found yet; no link where no municipality is in force."""
        if not current_id():
            return [NO_LINK for _ in attrs_list]
        here, ids = local(), _ids(attrs_list)
        if missing := {*ids} - here.links.keys():
            look_up(missing, here)
        return [_link(here.links[one]) for one in ids]


class DocumentLinks(DocumentLinkHandler):
    """Replaces Wagtail's own, which asks anew for each text of a page."""

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: list[dict[str, Any]]) -> list[str]:
        """One query for what `look_up_documents` has not found yet."""
        if not current_id():
            return super().expand_db_attributes_many(attrs_list)  # type: ignore[no-any-return]  # untyped
        here, ids = local(), _ids(attrs_list)
        look_up_documents({*ids} - here.documents.keys(), here)
        return [_link(here.documents[one]) for one in ids]


def look_up(ids: Collection[int], here: Local, *others: Q) -> list[Page]:
    """Keep where these pages stand on this site; gives the versions of them, and of `others`, that it may
    show. One query.
    """
    wanted = reduce(or_, others, Q(id__in=ids))
    keys = Page.objects.filter(wanted).values("translation_key")
    pages = Page.objects.filter(in_reach(), live=True, translation_key__in=keys)
    found = list(pages.select_related("locale"))
    best = best_in_language(found, here.language)
    here.links.update(dict.fromkeys(ids))
    here.links.update({page.pk: here.address_of(best[page.translation_key]) for page in found})
    return found


def look_up_documents(ids: Collection[int], here: Local) -> None:
    """Keep where these documents are, of this site's or the library's collection: no other's are served here.
    One query, if there are any.
    """
    here.documents.update(dict.fromkeys(ids))
    if ids:
        served = (current_municipality().slug, LIBRARY)
        found = get_document_model().objects.filter(collection__name__in=served).in_bulk(ids)
        here.documents.update({id_: one.url for id_, one in found.items()})


def linked_in(texts: Iterable[str], kind: str = "page") -> set[int]:
    """The pages, or the documents, that these texts, as they are stored, lead to."""
    tags = (tag for text in texts for tag in LINK.finditer(text) if tag[1] == kind)
    return {int(one) for tag in tags for one in ID.findall(tag[0])}


def texts_of(page: Page) -> list[str]:
    """All running text of a page, as it is stored."""
    fields = page._meta.concrete_fields
    written = [getattr(page, one.name) or "" for one in fields if isinstance(one, RichTextField)]
    bodies = [getattr(page, one.name).raw_data for one in fields if isinstance(one, StreamField)]
    # An hour or a day is text where it is stored, and none yet in a page that is being made.
    return [*written, *(json.dumps(list(body), cls=DjangoJSONEncoder) for body in bodies)]


def _ids(attrs_list: Iterable[Mapping[str, Any]]) -> list[int]:
    """0, which nothing has, for what is no id."""
    return [int(id_) if AN_ID.fullmatch(id_ := str(attrs.get("id", ""))) else 0 for attrs in attrs_list]


def _link(url: str | None) -> str:
    return f'<a href="{escape(url)}">' if url else NO_LINK
