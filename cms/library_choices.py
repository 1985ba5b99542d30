"""The list of library pages as an editor of one municipality sees it."""

from dataclasses import dataclass
from typing import Any

from .local import Choices, choices
from .models import ContentPage, HomePage
from .trees import is_library, library_roots


@dataclass(frozen=True, slots=True)
class Part:
    """A part that may be left out."""

    id: str
    title: str
    left_out: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One page of the library."""

    page: ContentPage
    left_out: bool
    replaced: bool
    parts: tuple[Part, ...]


def rows_for(home: HomePage) -> list[Row]:
    """All live pages of the library in the language of the home page, with what is chosen for each."""
    chosen = choices()
    pages = ContentPage.objects.filter(
        live=True, locale=home.locale, url_path__startswith=library_roots()[0]
    ).order_by("path")
    return [_row(page, chosen) for page in pages]


def shown_as(page: ContentPage, block: str) -> bool:
    """Whether this is a page of the library or a part of one that may be left out."""
    return is_library(page.url_path) and (not block or any(part.id == block for part in _optional(page)))


def _row(page: ContentPage, chosen: Choices) -> Row:
    parts = tuple(Part(block.id, block.value["title"], block.id in chosen.parts) for block in _optional(page))
    key = page.translation_key
    return Row(page, key in chosen.left_out, key in chosen.replaced, parts)


def _optional(page: ContentPage) -> list[Any]:
    return [block for block in page.body if block.block_type == "optional"]
