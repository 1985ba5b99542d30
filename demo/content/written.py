"""How the demo's pages are written down: small records that read like the page itself.

A link to another page is `<a href="page:verhuizen">`; the loader turns it into a link of the CMS.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import time
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
    kind: str = "ContentPage"
    """The page type, by its name in `cms.models`."""
    fields: Mapping[str, Any] = field(default_factory=dict)
    """What its type asks beside."""
    below: str = ""
    """The slug of the page that it stands below."""
    asks: bool = True
    """Whether it asks "Was dit nuttig?"."""


def product(page: Written, *, laws: Sequence[str] = (), needed: str = "", **fields: str) -> Written:
    """A page as a product."""
    listed = [("law", {"name": law, "url": ""}) for law in laws]
    return replace(page, kind="ProductPage", fields={**fields, "needed": needed, "laws": listed})


def question(slug: str, title: str, answer: str, *parts: Part, below: str = "", checked: int = 30) -> Written:
    """A question and its answer, perhaps below a product."""
    return Written(slug, title, answer, parts, kind="QuestionPage", below=below, checked=checked)


def guide(page: Written, *each: Mapping[str, str]) -> Written:
    """A page as a guide."""
    empty = {"when": "", "text": "", "button_label": "", "button_url": ""}
    return replace(page, kind="GuidePage", fields={"steps": [("step", {**empty, **one}) for one in each]})


def location(
    page: Written,
    place: tuple[str, str, str],
    hours: Mapping[int, str],
    *,
    phone: str = "",
    appointment: str = "",
    differing: Sequence[tuple[int, str]] = (),
) -> Written:
    """A page as a place: hours by day of the week ("9.00-12.30"), and days after the reset that differ."""
    street, postcode, town = place
    open_days = [
        ("day", {"day": str(day), "opens": _time(span, 0), "closes": _time(span, 1)})
        for day, spans in hours.items()
        for span in spans.split(",")
    ]
    fields = {
        "street": street, "postcode": postcode, "town": town, "phone": phone,
        "appointment": appointment, "hours": open_days, "exceptions": list(differing),
    }  # fmt: skip
    return replace(page, kind="LocationPage", fields=fields)


def _time(span: str, which: int) -> time:
    hour, minute = span.split("-")[which].strip().split(".")
    return time(int(hour), int(minute))


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
