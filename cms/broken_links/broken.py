"""Finding the links of a site that lead nowhere: pages and documents that are gone, and paths that mean
nothing.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.models import Page

from cms.local import Local, filled_in, is_own
from cms.models import FilledIn, HomePage
from cms.routing import find, old_address
from cms.shared_pages.pieces import streams, text_fields
from cms.trees import LIBRARY, is_library
from portal.municipalities.acting import current_municipality

LINK = re.compile(r"<a\b([^>]*)>(.*?)</a>", re.IGNORECASE | re.DOTALL)
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a link stands."""

    id: int
    title: str
    own: bool
    """On a page of its own; else in what the municipality wrote on a page of the library."""


@dataclass(frozen=True, slots=True)
class Link:
    """One link as it is stored."""

    place: Place
    words: str
    page: int | None = None
    document: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Broken:
    """One link that leads nowhere."""

    place: Place
    words: str
    why: str


def broken_on(home: HomePage) -> list[Broken]:
    """The broken links of what a municipality, which is in force, wrote and published itself."""
    with override(home.locale.language_code), filled_in() as local:
        links = list(_links(home))
        pages = Page.objects.in_bulk({link.page for link in links if link.page})
        documents = get_document_model().objects.select_related("collection")
        files = documents.in_bulk({link.document for link in links if link.document})
        known: dict[str, str] = {}
        found = []
        for link in links:
            if link.page:
                why = _page(pages.get(link.page), local)
            elif link.document:
                why = _document(files.get(link.document))
            else:
                if link.address not in known:
                    known[link.address] = fault_of(link.address, local)
                why = known[link.address]
            if why:
                found.append(Broken(link.place, link.words, why))
        return found


def _links(home: HomePage) -> Iterator[Link]:
    for page in Page.objects.descendant_of(home, inclusive=True).live().specific():
        place = Place(page.pk, page.title, own=True)
        for field in text_fields(page):
            value = getattr(page, field.name) or ""
            if field.name.endswith("_url") and value:
                yield Link(place, value, address=value)
        for stream in streams(page):
            yield from _in_block(place, stream.stream_block, getattr(page, stream.name).get_prep_value())
    for row in FilledIn.objects.filter(home=home).select_related("page"):
        yield from _in_text(Place(row.page_id, row.page.title, own=False), row.text)


def _in_block(place: Place, block: blocks.Block, value: Any) -> Iterator[Link]:
    if isinstance(block, blocks.StreamBlock):
        for part in value or ():
            if child := block.child_blocks.get(part["type"]):
                yield from _in_block(place, child, part["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            inner = (value or {}).get(name)
            if name.endswith("url") and inner:
                yield Link(place, str((value or {}).get("label") or inner), address=inner)
            yield from _in_block(place, child, inner)
    elif isinstance(block, blocks.ListBlock):
        for one in value or ():
            inner = one.get("value") if isinstance(one, Mapping) else one
            yield from _in_block(place, block.child_block, inner)
    elif isinstance(block, blocks.PageChooserBlock) and value:
        yield Link(place, str(block.label), page=int(value))
    elif isinstance(block, blocks.RichTextBlock) and value:
        yield from _in_text(place, value)


def _in_text(place: Place, html: str) -> Iterator[Link]:
    for attributes, inner in LINK.findall(html):
        named = {name: unescape(value) for name, value in ATTRIBUTE.findall(attributes)}
        words = " ".join(unescape(TAG.sub("", inner)).split())
        id_ = int(named["id"]) if named.get("id", "").isdecimal() else 0
        if named.get("linktype") == "page":
            yield Link(place, words, page=id_ or -1)
        elif named.get("linktype") == "document":
            yield Link(place, words, document=id_ or -1)
        elif named.get("href"):
            yield Link(place, words, address=named["href"])


def _page(page: Page | None, local: Local) -> str:
    if page is None or not (is_library(page.url_path) or is_own(page.url_path)):
        return _("Deze pagina is er niet meer.")
    if not page.live:
        return str(_("“%s” staat niet op de site.") % page.title)
    if is_library(page.url_path) and page.translation_key in local.choices.left_out:
        return str(_("“%s” heeft u weggelaten.") % page.title)
    return ""


def _document(file: Any) -> str:
    if file is None or file.collection.name not in (current_municipality().slug, LIBRARY):
        return _("Dit document is er niet meer.")
    return ""


def fault_of(address: str, local: Local) -> str:
    """Whether a path of this very site means something; what is elsewhere is not looked at."""
    parts = urlsplit(address)
    if parts.scheme in ("mailto", "tel") or (
        parts.hostname and parts.hostname != current_municipality().host
    ):
        return ""
    path = parts.path or "/"
    try:
        language = get_language_from_path(path) or settings.LANGUAGE_CODE
        with override(language):
            match = resolve(path, "portal.urls")
            if match.url_name == "wagtail_serve":
                find(match.args[0].strip("/"), path, Local(language, local.choices))
            if match.url_name == "cms_old_address":
                old_address(path)
    except (Http404, Resolver404):
        return _("Op dit adres staat niets: %s") % path
    return ""


def by_place(found: Iterable[Broken]) -> dict[Place, list[Broken]]:
    """Together per page, as they are mended."""
    places: dict[Place, list[Broken]] = {}
    for one in found:
        places.setdefault(one.place, []).append(one)
    return places
