"""The text of a message in pieces for a template: paragraphs, lists, bold words and links. Pure.

The API allows "the basic syntax of Markdown" and says that addresses are shown as links. Nothing here is
HTML: what the register wrote is text to the last sign, and a template escapes it. Only https becomes a link,
and one in other words keeps its host beside them, so that nobody is led elsewhere unawares.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ..links import host_of, safe_link


class Look(StrEnum):
    """How a piece of text is shown."""

    PLAIN = "plain"
    BOLD = "bold"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text."""

    look: Look
    text: str
    url: str = ""
    host: str = ""
    """Of a link whose words do not say where it leads."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading within the text, or a list."""

    kind: str
    """"paragraph", "heading", "bullets" or "numbers"."""
    lines: Sequence[Sequence[Piece]]
    """Of a list its points; else the lines."""


_KINDS = (("heading", r"#{1,6}\s+"), ("bullets", r"[-*]\s+"), ("numbers", r"\d{1,3}[.)]\s+"))
_PIECES = re.compile(
    r"\*\*(?P<bold>[^*\n]{1,1000})\*\*|\[(?P<words>[^\]\n]{1,300})\]\((?P<to>[^)\s]{1,2000})\)"
    r"|(?P<url>https://[^\s<>\"]+)"
)
"""Each with an end: from every sign of twenty thousand brackets it would be looked for to the last one."""
_LAST = ".,;:!?)'’”"
"""Signs after an address that belong to the sentence."""


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text, in their order."""
    found: list[tuple[str, list[Sequence[Piece]]]] = []
    paragraph_ended = True
    for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        kind, said = _kind_of(line.strip())
        if not said:
            paragraph_ended = True
            continue
        is_same = bool(found) and found[-1][0] == kind
        if is_same and (kind in {"bullets", "numbers"} or (kind != "heading" and not paragraph_ended)):
            found[-1][1].append(_pieces(said))
        else:
            found.append((kind, [_pieces(said)]))
        paragraph_ended = False
    return [Block(kind, lines) for kind, lines in found]


def _kind_of(line: str) -> tuple[str, str]:
    for kind, mark in _KINDS:
        if found := re.match(mark, line):
            return kind, line[found.end() :].strip()
    return "paragraph", line


def _pieces(line: str) -> list[Piece]:
    return list(_cut(line))


def _cut(line: str) -> Iterator[Piece]:
    at = 0
    for found in _PIECES.finditer(line):
        if found.start() > at:
            yield Piece(Look.PLAIN, line[at : found.start()])
        at = found.end()
        if found["bold"]:
            yield Piece(Look.BOLD, found["bold"])
        elif found["words"]:
            url = safe_link(found["to"])
            yield Piece(Look.LINK, found["words"], url, host_of(url)) if url else Piece(Look.PLAIN, found[0])
        else:
            yield from _address(found["url"])
    if at < len(line):
        yield Piece(Look.PLAIN, line[at:])


def _address(written: str) -> Iterator[Piece]:
    bare = written.rstrip(_LAST)
    url = safe_link(bare)
    yield Piece(Look.LINK, bare, url) if url else Piece(Look.PLAIN, bare)
    if written != bare:
        yield Piece(Look.PLAIN, written[len(bare) :])
