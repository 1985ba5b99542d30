"""How the demo's pages are written down: small records that read like the page itself.

A link to another page is `<a href="page:verhuizen">`; the loader turns it into a link of the CMS.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

Part = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class Written:
    """One page."""

    slug: str
    title: str
    intro: str
    parts: Sequence[Part] = ()
    button: tuple[str, str] | None = None
    place: str = ""
    checked: int = 30
    """How many days before the day of reset it was last checked, or, for news, published."""
    replaces: str = ""
    """The slug of the library page in whose place it comes."""
    picture: bool = False
    """Whether it opens with the municipality's picture."""


def section(title: str, *html: str) -> Part:
    """A heading with paragraphs and lists."""
    return "section", {"title": title, "text": text(*html)}


def optional(title: str, *html: str) -> Part:
    """The same, which a municipality may leave out."""
    return "optional", {"title": title, "text": text(*html)}


def fill_in(title: str, asked: str, *html: str) -> Part:
    """The same, which each municipality writes itself; this is what stands there until it does."""
    return "fill_in", {"title": title, "asked": asked, "text": text(*html)}


def steps(title: str, *each: str) -> Part:
    """What happens one after another."""
    return "steps", {"title": title, "steps": [f"<p>{step}</p>" for step in each]}


def notice(kind: str, title: str, *html: str) -> Part:
    """What may not be missed."""
    return "notice", {"kind": kind, "title": title, "text": text(*html)}


def contact(title: str = "Liever langskomen of bellen?") -> Part:
    """How to reach a person."""
    return "contact", {"title": title}


def points(*each: str) -> str:
    """A list."""
    return "<ul>" + "".join(f"<li>{point}</li>" for point in each) + "</ul>"


def text(*html: str) -> str:
    """Paragraphs, and what already is an element as it is."""
    return "".join(piece if piece.startswith("<ul>") else f"<p>{piece}</p>" for piece in html)
