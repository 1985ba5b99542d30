"""What a row of a file says, column by column: its name there, the field of the page, and how both are read.

A column gives out what it reads in, so that a file that was given out changes nothing when it is read in.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.blocks import OPEN_ADDRESS
from cms.models import ContentPage, ProductPage, QuestionPage

from .texts import Link, Text, is_safe, read_text

PRODUCT, QUESTION, PLAIN = "product", "vraag", "pagina"
KINDS: Mapping[str, type[ContentPage]] = {PRODUCT: ProductPage, QUESTION: QuestionPage, PLAIN: ContentPage}
"""What `soort` may say."""
KIND, ADDRESS, UPL = "soort", "adres", "upl"
LONGEST = 32_767
"""Letters in one cell: a spreadsheet holds no more."""

Stored = Any
"""The value of a field as a revision keeps it; a stream as a list."""


class Wrong(Exception):
    """Why a row cannot be read in, in words for an editor, and in which column."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


@dataclass(frozen=True, slots=True)
class Cell:
    """What is read, and what it is read into."""

    text: str
    before: Stored
    """What the field holds now."""
    field: Any
    may_link: Callable[[Link], bool]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: where it goes, and what an editor reads about it."""

    name: str
    field: str
    told: str | Promise
    read: Callable[[Cell], Stored]
    """Raises ValidationError."""
    show: Callable[[Stored], str]
    same: Callable[[Stored, Stored], bool]
    kinds: tuple[str, ...] = (PRODUCT, QUESTION, PLAIN)


def _plain(value: Stored) -> str:
    return str(value or "")


def _equal(one: Stored, other: Stored) -> bool:
    return bool((one or "") == (other or ""))


def _line(cell: Cell) -> Stored:
    """One line, no longer than the field, and as its validators want it."""
    return _checked(cell, " ".join(cell.text.split()))


def _lines(cell: Cell) -> Stored:
    """As typed, with the ends of lines of this side."""
    return _checked(cell, cell.text.replace("\r\n", "\n").strip())


def _checked(cell: Cell, value: str) -> str:
    longest = cell.field.max_length
    if longest and len(value) > longest:
        raise ValidationError(_too_long(longest, len(value)))
    cell.field.clean(value, None)
    return value


def _too_long(most: int, number: int) -> str:
    told = _("te lang: hoogstens %(most)s tekens, dit zijn er %(number)s")
    return told % {"most": most, "number": number}


def _rich(cell: Cell) -> Stored:
    """Running text without parts."""
    text = read_text(cell.text)
    _look_at_links(text, cell)
    return text.before


def _reduced(html: Stored) -> str:
    return read_text(html or "").before


def _look_at_links(text: Text, cell: Cell) -> None:
    for link in text.links:
        if link.kind and not cell.may_link(link):
            raise ValidationError(_("een link gaat naar iets dat er niet is of dat niet van u is"))
        if not link.kind and not is_safe(link):
            told = _("deze link kan niet: “%(address)s”. Begin met / of met https://")
            raise ValidationError(told % {"address": link.address[:60]})


def _laws(cell: Cell) -> Stored:
    """A law on each line, with its address behind a stroke."""
    laws = []
    for line in filter(None, (one.strip() for one in cell.text.splitlines())):
        name, stroke, url = (one.strip() for one in line.rpartition("|"))
        if not stroke:
            name, url = url, ""
        if len(name) > 150:
            raise ValidationError(_too_long(150, len(name)))
        if len(url) > 255:
            raise ValidationError(_too_long(255, len(url)))
        if url:
            OPEN_ADDRESS(url)
        laws.append({"type": "law", "value": {"name": name, "url": url}, "id": str(uuid4())})
    return laws


def _show_laws(laws: Stored) -> str:
    told = ((law["value"]["name"], law["value"].get("url") or "") for law in laws or ())
    return "\n".join(f"{name} | {url}" if url or "|" in name else name for name, url in told)


def _same_laws(one: Stored, other: Stored) -> bool:
    return _show_laws(one) == _show_laws(other)


def _body(cell: Cell) -> Stored:
    """Headings with text; what is no heading with text stays as it is, where its mark stands."""
    text = read_text(cell.text, in_parts=True)
    _look_at_links(text, cell)
    if text.before:
        raise ValidationError(_("zet voor elke tekst een kop, zoals <h2>Wat kost het?</h2>"))
    here = {part["id"]: part for part in cell.before or ()}
    named = {part["value"]["title"]: part["id"] for part in here.values() if part["type"] == "section"}
    body = []
    for part in text.parts:
        if part.kept:
            if part.kept not in here:
                raise ValidationError(
                    _("een <aside> noemt een deel dat niet, of niet meer, op deze pagina staat")
                )
            body.append(here.pop(part.kept))
            continue
        if len(part.title) > 100:
            raise ValidationError(_too_long(100, len(part.title)))
        if not part.text:
            raise ValidationError(_("onder de kop “%(title)s” staat geen tekst") % {"title": part.title[:60]})
        value = {"title": part.title, "text": part.text}
        body.append({"type": "section", "value": value, "id": named.pop(part.title, "") or str(uuid4())})
    return body


def _show_body(body: Stored) -> str:
    shown = []
    for part in body or ():
        if part["type"] == "section":
            title, text = part["value"]["title"], without_keys(part["value"]["text"])
            shown.append(f"<h2>{escape(title)}</h2>\n{text}")
        else:
            title = part["value"].get("title") or part["value"].get("label") or ""
            shown.append(f'<aside data-blok="{part["id"]}">{part["type"]}: {escape(title)}</aside>')
    return "\n".join(shown)


def _same_body(one: Stored, other: Stored) -> bool:
    def told(body: Stored) -> list[Any]:
        return [
            (part["value"]["title"], _reduced(part["value"]["text"]))
            if part["type"] == "section"
            else part["id"]
            for part in body or ()
        ]

    return told(one) == told(other)


def without_keys(html: Stored) -> str:
    """Running text without the marks by which its editor knows paragraphs again."""
    return re.sub(r' data-block-key="[^"]*"', "", html or "")


def _column(name: str, field: str, told: str | Promise, read: Any = _line, **more: Any) -> Column:
    ways = {
        _rich: (without_keys, lambda one, other: _reduced(one) == _reduced(other)),
        _laws: (_show_laws, _same_laws),
        _body: (_show_body, _same_body),
    }
    show, same = ways.get(read, (_plain, _equal))
    return Column(name, field, told, read, show, same, **more)


COLUMNS: tuple[Column, ...] = (
    _column("titel", "title", gettext_lazy("Hoe de pagina heet. Moet er zijn.")),
    _column(
        "antwoord", "intro", gettext_lazy("Het antwoord, in hoogstens 400 tekens. Moet er zijn."), _lines
    ),
    _column("knoptekst", "button_label", gettext_lazy("Tekst op de knop. Mag leeg.")),
    _column("knopadres", "button_url", gettext_lazy("Waar de knop heen gaat: begint met / of https://.")),
    _column(
        UPL,
        "upl",
        gettext_lazy("Naam in de Uniforme Productnamenlijst. Alleen bij een product."),
        kinds=(PRODUCT,),
    ),
    _column(
        "upl_adres",
        "upl_uri",
        gettext_lazy("Adres in de Uniforme Productnamenlijst. Alleen bij een product."),
        kinds=(PRODUCT,),
    ),
    _column(
        "nodig",
        "needed",
        gettext_lazy("Wat heeft iemand nodig? Tekst of HTML. Alleen bij een product."),
        _rich,
        kinds=(PRODUCT,),
    ),
    _column("kosten", "costs", gettext_lazy("Wat kost het? Alleen bij een product."), kinds=(PRODUCT,)),
    _column("tijd", "term", gettext_lazy("Hoe lang duurt het? Alleen bij een product."), kinds=(PRODUCT,)),
    _column(
        "wet",
        "laws",
        gettext_lazy("Elke wet op een eigen regel: naam | https://adres. Alleen bij een product."),
        _laws,
        kinds=(PRODUCT,),
    ),
    _column(
        "soort_zaak",
        "case_type",
        gettext_lazy("Identificatie van het zaaktype. Alleen bij een product."),
        kinds=(PRODUCT,),
    ),
    _column(
        "tekst", "body", gettext_lazy("De tekst, in HTML. Elke <h2> begint een stuk met een kop."), _body
    ),
    _column("beschrijving", "search_description", gettext_lazy("Voor zoekmachines. Mag leeg."), _lines),
)
"""In the order of a file, after `soort` and `adres`."""
NAMES = (KIND, ADDRESS, *(column.name for column in COLUMNS))

SLUG = RegexValidator(r"^[a-z0-9_-]+\Z", gettext_lazy("gebruik alleen kleine letters, cijfers en streepjes"))


def page_field(column: Column, kind: str) -> Any:
    """The field of a page that a column is read into."""
    return KINDS[kind]._meta.get_field(column.field)


def stored(column: Column, content: Mapping[str, Any]) -> Stored:
    """What a revision holds for a column; a stream stands there as text."""
    value = content.get(column.field)
    if column.field in ("body", "laws"):
        return json.loads(value) if isinstance(value, str) and value else value or []
    return value or ""
