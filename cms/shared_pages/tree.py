"""All pages of a municipality's site in one list: its own, and the library's with what it does with each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.local import choices
from cms.models import HomePage
from cms.shared_pages_models import FilledIn
from cms.trees import LIBRARY, address, is_library, root_slug

from .changes import to_look_at
from .pieces import streams


class Mark(TextChoices):
    """What a page is on this site."""

    OWN = "eigen", _("Eigen")
    SHARED = "gedeeld", _("Gedeeld")
    FILLED_IN = "ingevuld", _("Gedeeld en ingevuld")
    REPLACED = "vervangen", _("Vervangen")
    LEFT_OUT = "weggelaten", _("Weggelaten")


@dataclass(frozen=True, slots=True)
class Row:
    """One page in the list."""

    id: int
    title: str
    type: str
    mark: Mark
    address: str
    depth: int
    """How deep it stands, 0 for what stands right under the home page."""
    live: bool
    changed: bool
    """Whether it has changes that are not published."""
    asks: bool
    """Whether the library asks to look at a change of it."""

    @property
    def own(self) -> bool:
        return self.mark is Mark.OWN


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an editor looks for."""

    words: str = ""
    mark: str = ""


def rows_of(home: HomePage, language: str, wanted: Wanted) -> list[Row]:
    """The pages of a site in one language, in the order of their addresses. Five queries, however many."""
    chosen = choices()
    filled = set(FilledIn.objects.filter(home=home).values_list("page_id", flat=True))
    asked = {change.page_id for change in to_look_at(home)}
    names = {one.pk: str(one.name) for one in ContentType.objects.get_for_models(*_types()).values()}
    slug = home.municipality.slug
    pages = Page.objects.filter(
        Q(url_path__startswith=f"/{root_slug(slug, language)}/")
        | Q(url_path__startswith=f"/{root_slug(LIBRARY, language)}/", live=True, depth__gt=2)
    ).order_by("url_path")
    own_addresses = {
        address(page.url_path, language) for page in pages if page.live and not is_library(page.url_path)
    }
    rows = []
    for page in pages:
        mark = _mark(page, chosen.left_out, chosen.replaced, filled)
        if mark is not Mark.OWN and address(page.url_path, language) in own_addresses:
            mark = Mark.REPLACED  # an own page stands at its very address, and comes first
        if (wanted.mark and wanted.mark != mark) or not _has(page, wanted.words):
            continue
        where = address(page.url_path, language)
        rows.append(
            Row(
                page.pk,
                page.draft_title or page.title,
                names.get(page.content_type_id, ""),
                mark,
                where,
                max(page.depth - 3, 0),
                page.live,
                page.has_unpublished_changes,
                page.pk in asked,
            )
        )
    return sorted(rows, key=lambda row: row.address)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a library page that a municipality may leave out."""

    id: str
    title: str
    left_out: bool


def optional_parts(page: Page, left_out: frozenset[str]) -> list[Part]:
    """The parts of a page that may be left out, from top to bottom."""
    return [
        Part(raw["id"], raw["value"]["title"], raw["id"] in left_out)
        for stream in streams(page)
        for raw in getattr(page, stream.name).raw_data
        if raw["type"] == "optional"
    ]


def mark_of_library(*, replaced: bool, left_out: bool, filled_in: bool) -> Mark:
    """What a page of the library is on a site: of several, what its visitors meet."""
    if replaced:
        return Mark.REPLACED
    if left_out:
        return Mark.LEFT_OUT
    return Mark.FILLED_IN if filled_in else Mark.SHARED


def _mark(page: Page, left_out: frozenset[UUID], replaced: Any, filled: set[int]) -> Mark:
    if not is_library(page.url_path):
        return Mark.OWN
    key = page.translation_key
    return mark_of_library(replaced=key in replaced, left_out=key in left_out, filled_in=page.pk in filled)


def _has(page: Page, words: str) -> bool:
    text = f"{page.draft_title} {page.title} {page.slug}".casefold()
    return all(word in text for word in words.casefold().split())


def _types() -> list[type[Page]]:
    from wagtail.models import get_page_models

    return list(get_page_models())
