"""A page taken apart: its title, its other texts and each part of its body, so that two can be laid side
by side.

Parts keep their id when a page is copied; so the same piece of the original and of the copy is found by
its key.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Field, TextField
from wagtail import blocks
from wagtail.blocks import StreamBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

OF_A_PAGE_ITSELF = {"title"}
"""What of Wagtail's own fields is text that a resident reads; the rest is address and administration."""

NOT_READ = {"place"}
"""Texts that say where a page stands, which is each municipality's own choice."""


PARAGRAPH = re.compile(r"</(?:p|h\d|li)>|<br\s*/?>")
"""Where a line of running text ends."""


KEY = re.compile(r' data-block-key="[^"]*"')
"""What the editor of running text writes into each paragraph for itself, when a page is first saved there."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of a page."""

    key: str
    """The name of a field, or `body:` with the id of a part."""
    label: str
    """What an editor calls it."""
    raw: Any
    """What is stored: a text, or a part as Wagtail keeps it (`type`, `value`, `id`)."""
    words: str
    """As it reads, one line for each paragraph, without marks."""


def pieces_of(page: Page) -> dict[str, Piece]:
    """All of a page in the order of the page, by key."""
    found: dict[str, Piece] = {}
    for field in text_fields(page):
        found[field.name] = field_of(field, getattr(page, field.name) or "")
    for stream in streams(page):
        for raw in getattr(page, stream.name).get_prep_value():
            piece = part(stream, raw)
            found[piece.key] = piece
    return found


def as_stored(page: Page) -> list[list[Any]]:
    """The pieces of a page in order, to be kept: what `Copied.looked_at` holds."""
    return [[piece.key, piece.raw] for piece in pieces_of(page).values()]


def read_back(page: Page, stored: list[list[Any]]) -> dict[str, Piece]:
    """What `as_stored` kept of a page of this type; a part that no longer exists is skipped."""
    fields = {field.name: field for field in text_fields(page)}
    by_name = {stream.name: stream for stream in streams(page)}
    found: dict[str, Piece] = {}
    for key, raw in stored:
        name, _colon, _id = key.partition(":")
        if name in fields:
            found[key] = field_of(fields[name], raw)
        elif name in by_name:
            found[key] = part(by_name[name], raw)
    return found


def field_of(field: "Field[Any, Any]", raw: str) -> Piece:
    """A field of its own, as a piece."""
    words = "\n".join(_paragraphs(raw)) if isinstance(field, RichTextField) else raw
    return Piece(field.name, str(field.verbose_name).capitalize(), raw, words)


def told(raw: Any) -> Any:
    """What a stored piece says, without what its editor keeps beside it: so two can be the same."""
    if isinstance(raw, str):
        return KEY.sub("", raw)
    if isinstance(raw, Mapping):
        return {name: told(value) for name, value in raw.items()}
    return [told(value) for value in raw] if isinstance(raw, list | tuple) else raw


def part(stream: StreamField, raw: Mapping[str, Any]) -> Piece:
    """One part of a body, as a piece."""
    block: StreamBlock = stream.stream_block
    child = block.child_blocks.get(raw["type"])
    label = str(child.label) if child else raw["type"]
    return Piece(f"{stream.name}:{raw['id']}", label, raw, "\n".join(_lines(block, raw)))


def text_fields(page: Page) -> "list[Field[Any, Any]]":
    """The fields of a page that a resident reads as text."""
    return [
        field
        for field in page._meta.concrete_fields
        if isinstance(field, CharField | TextField)
        and (field.name in OF_A_PAGE_ITSELF or field.model is not Page)
        and field.editable
        and field.name not in NOT_READ
    ]


def streams(page: Page) -> list[StreamField]:
    """The bodies of a page: one, for most types."""
    return [field for field in page._meta.concrete_fields if isinstance(field, StreamField)]


def _lines(block: StreamBlock, raw: Mapping[str, Any]) -> Iterator[str]:
    child = block.child_blocks.get(raw["type"])
    yield from _texts(child, raw["value"]) if child else ()


def _texts(block: blocks.Block, value: Any) -> Iterator[str]:
    """What a resident reads of a stored value, in order; a picture or a page that is chosen is no text."""
    if isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _texts(child, (value or {}).get(name))
    elif isinstance(block, blocks.StreamBlock):
        for one in value or ():
            yield from _lines(block, one)
    elif isinstance(block, blocks.ListBlock):
        for one in value or ():
            yield from _texts(block.child_block, one.get("value") if isinstance(one, Mapping) else one)
    elif isinstance(block, blocks.ChoiceBlock):
        yield from (str(label) for key, label in block.field.choices if key == value and key)
    elif isinstance(value, str):
        yield from _paragraphs(value)


def _paragraphs(value: str) -> Iterator[str]:
    text = get_text_for_indexing(PARAGRAPH.sub("\n", value)) if "<" in value else value
    yield from (line.strip() for line in text.splitlines() if line.strip())
