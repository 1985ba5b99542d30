"""Asking the index: own pages and the library's, what this site does not show left out. One query."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from wagtail.models import Page

from cms.local import Local, best_in_language, is_shown
from cms.slots import fill
from cms.trees import LIBRARY, languages
from portal.municipalities.acting import current_municipality

from .indexing import config_of
from .meaning import Meaning, Term, meaning_of
from .vocabulary import Vocabulary, of_library, of_municipality

MOST = 60
"""Pages that are looked at; after that nobody reads on."""
WEAK = 0.45
"""How much a word that only has to do with it counts."""
COVERS = 0.35
"""What each thing that a page has of what was asked counts by itself."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found."""

    title: str
    url: str
    lead: str
    language: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found, the best first."""

    hits: Sequence[Hit]
    instead: str
    """What was looked for instead, where something was spelled otherwise than any page does."""


def known_words() -> Sequence[Vocabulary]:
    """The words of the library and of the municipality in force. No query when kept."""
    municipality: Any = current_municipality()
    library = getattr(municipality, "library_generation", None) or 0
    own = of_municipality(municipality.slug, municipality.id, municipality.content_generation)
    return of_library(library), own


def find(text: str, local: Local, *, typing: bool = False) -> Results:
    """Search the site of the municipality in force."""
    meaning = meaning_of(text, known_words(), local.facts, typing=typing)
    ids = _ranked(meaning, local.language)
    pages = {page.pk: page for page in Page.objects.filter(pk__in=ids).select_related("locale")}
    shown = [pages[id] for id in ids if id in pages and is_shown(pages[id], local.choices)]
    best = best_in_language(shown, local.language)
    order = list(dict.fromkeys(page.translation_key for page in shown))
    return Results([_hit(best[key], ids[best[key].pk], local) for key in order], meaning.instead)


def _hit(page: Page, lead: str, local: Local) -> Hit:
    return Hit(
        str(fill(page.title, local.facts)),
        local.address_of(page) or "",
        str(fill(lead, local.facts)),
        page.locale.language_code,
    )


def _ranked(meaning: Meaning, language: str) -> dict[int, str]:
    """The ids of the best pages, each with its line, in order."""
    if not meaning.terms:
        return {}
    configs = list(dict.fromkeys(config_of(code) for code in (language, languages()[0])))
    scores, values, wheres = [], [], []
    for term in meaning.terms:
        score, used = _score(term, configs)
        scores.append(score)
        values += used
    for term in meaning.terms:
        where, used = _query([*term.strong, *term.weak], configs)
        wheres.append(f"vector @@ {where}")
        values += used
    codes = list(dict.fromkeys((language, languages()[0])))
    values += [LIBRARY, current_municipality().slug, codes, MOST]
    sql = (
        f"SELECT indexed.page_id, indexed.lead, {' + '.join(scores)} AS score FROM cms_indexedpage indexed"  # noqa: S608
        " JOIN wagtailcore_page page ON page.id = indexed.page_id"
        " JOIN wagtailcore_locale locale ON locale.id = page.locale_id"
        f" WHERE ({' OR '.join(wheres)}) AND indexed.tree IN (%s, %s) AND page.live"
        " AND locale.language_code = ANY(%s) ORDER BY score DESC, page.path LIMIT %s"
    )  # only the number of marks for values differs; what was typed is a value
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {id: lead for id, lead, _score in cursor.fetchall()}


def _score(term: Term, configs: Sequence[str]) -> tuple[str, list[Any]]:
    pieces, values = [], []
    for words, weight in ((term.strong, 1.0), (term.weak, WEAK)):
        if words:
            query, used = _query(words, configs)
            pieces.append(f"%s * (ts_rank(vector, {query}) + %s * (vector @@ {query})::int)")
            values += [weight, *used, COVERS, *used]
    largest = f"GREATEST({', '.join(pieces)})" if len(pieces) > 1 else pieces[0]
    return f"%s * {largest}", [term.weight, *values]


def _query(words: Sequence[str], configs: Sequence[str]) -> tuple[str, list[Any]]:
    marks = [(config, word) for word in words for config in configs]
    sql = " || ".join("plainto_tsquery(%s::regconfig, %s)" for _ in marks)
    return f"({sql})", [value for pair in marks for value in pair]
