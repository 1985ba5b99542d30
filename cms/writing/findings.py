"""What in a page is hard to read, hard to reach, or out of date before long. Pure functions over its
pieces.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.shared_pages.giving import facts_in
from cms.shared_pages.pieces import Piece, pieces_of
from portal.municipalities.facts import label_of
from portal.sharing.purposes.plain_words import HARD, hard_words, sentences, words

WORDS = 15
"""Words in a sentence that everybody follows."""
HEADING = 60
"""Letters in a heading that is read at a glance."""

EMPTY_LINKS = {
    "hier", "klik hier", "klik", "lees meer", "meer", "lees verder", "verder", "link", "deze link",
    "deze pagina",
    "meer informatie", "website", "pagina", "download", "here", "click here", "read more",
}  # fmt: skip
"""Words of a link that say nothing to who hears links only."""

LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.IGNORECASE | re.DOTALL)
HEADINGS = re.compile(r"<h([2-6])[^>]*>(.*?)</h\1>", re.IGNORECASE | re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ADDRESS = re.compile(r"^(https?://|www\.)", re.IGNORECASE)
PICTURE_WORDS = re.compile(r"^(een )?(foto|afbeelding|plaatje|logo) van\b", re.IGNORECASE)
FILE_NAME = re.compile(r"\.(jpe?g|png|gif|webp|avif)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at again."""

    where: str
    """The label of the piece, and its first words."""
    says: str
    quote: str = ""
    """The sentence or the words that it is about."""
    fact: str = ""
    """The name of the fact that stands there by hand."""


def findings_of(page: Page, facts: Mapping[str, str]) -> list[Finding]:
    """All there is to look at in a page, from top to bottom; `facts` are those of the municipality, if
    any.
    """
    pieces = list(pieces_of(page).values())
    found = [*same_headings(pieces)]
    for piece in pieces:
        where = _where(piece)
        found += [*long_sentences(piece, where), *hard_to_read(piece, where)]
        for html in _html(piece.raw):
            found += [*links(html, where), *heading_order(html, where)]
        found += [*headings(piece, where), *pictures(piece, where), *by_hand(piece, where, facts)]
    return found


def long_sentences(piece: Piece, where: str) -> Iterator[Finding]:
    """Each sentence that has more words than everybody follows."""
    for sentence in sentences(piece.words):
        if (number := words(sentence)) > WORDS:
            told = _("Deze zin heeft %(number)s woorden. Maak er twee van.") % {"number": number}
            yield Finding(where, told, sentence)


def hard_to_read(piece: Piece, where: str) -> Iterator[Finding]:
    """Each hard word, with one to use instead."""
    for word in hard_words(piece.words):
        plain = HARD[word]
        yield Finding(where, _("Schrijf: “%s”.") % plain if plain else _("Dit woord kan weg."), word)


def links(html: str, where: str) -> Iterator[Finding]:
    """Links whose words do not say where they lead."""
    for shown in (_text(found) for found in LINK.findall(html)):
        if not shown:
            yield Finding(where, _("Deze link heeft geen woorden. Niemand weet waar hij heen gaat."))
        elif shown.casefold().rstrip(".!>» ") in EMPTY_LINKS:
            yield Finding(where, _("Zeg in de link waar hij heen gaat, zoals “verhuizing doorgeven”."), shown)
        elif ADDRESS.match(shown):
            told = _("Schrijf woorden in plaats van het adres: dat wordt letter voor letter voorgelezen.")
            yield Finding(where, told, shown)


def heading_order(html: str, where: str) -> Iterator[Finding]:
    """Within a part headings begin at the third level, skip none, and hold words."""
    level = 2
    for digit, inner in HEADINGS.findall(html):
        if int(digit) > level + 1 or int(digit) < 3:
            yield Finding(where, _("Deze kop slaat een niveau over."), _text(inner))
        if not _text(inner):
            yield Finding(where, _("Hier staat een lege kop. Haal hem weg."))
        level = int(digit)


def headings(piece: Piece, where: str) -> Iterator[Finding]:
    """Headings that are too long or shout."""
    title = _title(piece)
    if len(title) > HEADING:
        yield Finding(where, _("Deze kop is lang. Zestig letters is genoeg."), title)
    if len(title) > 5 and title.isupper():
        yield Finding(where, _("Schrijf een kop niet in hoofdletters."), title)


def same_headings(pieces: Sequence[Piece]) -> Iterator[Finding]:
    """Two parts with one heading: who hears headings only cannot tell them apart."""
    seen: set[str] = set()
    for piece in pieces:
        title = _title(piece).casefold()
        if title and title in seen:
            yield Finding(_where(piece), _("Deze kop staat er twee keer."), _title(piece))
        seen.add(title)


def pictures(piece: Piece, where: str) -> Iterator[Finding]:
    """Words for who does not see a picture."""
    if not isinstance(piece.raw, Mapping) or piece.raw["type"] != "picture":
        return
    alt = str(piece.raw["value"].get("alt") or "").strip()
    if PICTURE_WORDS.match(alt):
        yield Finding(where, _("Laat “foto van” weg. Zeg meteen wat er te zien is."), alt)
    if FILE_NAME.search(alt):
        yield Finding(where, _("Dit is de naam van een bestand. Zeg wat er te zien is."), alt)


def by_hand(piece: Piece, where: str, facts: Mapping[str, str]) -> Iterator[Finding]:
    """Facts of the municipality that somebody typed: they stay behind when the fact changes."""
    for name in facts_in(piece.raw, facts):
        told = _("Dit is een gegeven: %s. Kies het uit de lijst, dan klopt het altijd.") % label_of(name)
        yield Finding(where, told, facts[name], name)


def _where(piece: Piece) -> str:
    title = _title(piece)
    return f"{piece.label}: {title}" if title else piece.label


def _title(piece: Piece) -> str:
    if isinstance(piece.raw, Mapping):
        value = piece.raw["value"]
        return str(value.get("title") or "") if isinstance(value, Mapping) else ""
    return ""


def _html(raw: Any) -> Iterator[str]:
    """The texts of a stored value that hold marks."""
    if isinstance(raw, str):
        if "<" in raw:
            yield raw
    elif isinstance(raw, Mapping):
        for one in raw.values():
            yield from _html(one)
    elif isinstance(raw, list):
        for one in raw:
            yield from _html(one)


def _text(html: str) -> str:
    return " ".join(unescape(TAG.sub("", html)).split())
