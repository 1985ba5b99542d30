"""Putting a page into the index, in the transaction that publishes it, and taking it out."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.html import strip_tags
from django.utils.translation import gettext
from wagtail.models import Page

from cms.search_models import IndexedPage
from cms.slots import SLOT
from cms.trees import LIBRARY, is_library, languages, tree_of

from .words import plain, slot_word, words_of

CONFIGS = {"nl": "dutch", "en": "english", "ar": "arabic", "de": "german", "fr": "french", "tr": "turkish"}
"""The way of PostgreSQL to read a language; others are read as they are written."""


@dataclass(frozen=True, slots=True)
class Text:
    """What of a page is found, the most telling first."""

    title: str
    lead: str
    headings: str
    rest: str

    def __iter__(self) -> Any:
        return iter((self.title, self.lead, self.headings, self.rest))


def config_of(language: str) -> str:
    """How PostgreSQL reads a language."""
    return CONFIGS.get(language, "simple")


def put(page: Any) -> None:
    """One statement. A page that is not published is not found."""
    if not page.live or not hasattr(page, "intro") or not hasattr(page, "body"):
        take_out(page)
        return
    specific = page.specific
    text, language = text_of(specific), page.locale.language_code
    words = sorted({word for part in text for word in words_of(SLOT.sub(" ", part))})
    config = config_of(language)
    parts = [plain(SLOT.sub(lambda slot: f" {slot_word(slot[1])} ", part)) for part in text]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cms_indexedpage (page_id, tree, lead, words, vector) VALUES (%s, %s, %s, %s,"
            " setweight(to_tsvector(%s::regconfig, %s), 'A') ||"
            " setweight(to_tsvector(%s::regconfig, %s), 'B') ||"
            " setweight(to_tsvector(%s::regconfig, %s), 'C') ||"
            " setweight(to_tsvector(%s::regconfig, %s), 'D'))"
            " ON CONFLICT (page_id) DO UPDATE SET tree = excluded.tree, lead = excluded.lead,"
            " words = excluded.words, vector = excluded.vector",
            [
                page.pk,
                tree(page),
                specific.intro,
                words,
                *(value for part in parts for value in (config, part)),
            ],
        )


def take_out(page: Any) -> None:
    """It is found no longer."""
    IndexedPage.objects.filter(pk=page.pk).delete()


def tree(page: Page) -> str:
    """Whose page it is: in whatever language, the library's or a municipality's."""
    if is_library(page.url_path):
        return LIBRARY
    root, language = tree_of(page.url_path), page.locale.language_code
    return root if language == languages()[0] else root.removesuffix(f"-{language}")


def text_of(page: Any) -> Text:
    """The words of a page, also those of its type."""
    headings, rest = [], []
    for name in ("body", "steps"):
        stream = getattr(page, name, None)
        for block in stream or ():
            value = block.value
            headings += [str(value[one]) for one in ("title", "name", "label") if _has(value, one)]
            rest += [str(one) for one in block.block.get_searchable_content(value)]
    rest += [strip_tags(str(getattr(page, one, ""))) for one in ("needed", "objection")]
    rest += [
        str(getattr(page, one, "")) for one in ("costs", "term", "promise", "street", "town", "appointment")
    ]
    if getattr(page, "hours", None):
        headings.append(gettext("Openingstijden"))
    lead = [page.intro, getattr(page, "upl", ""), page.search_description or "", page.slug.replace("-", " ")]
    return Text(page.title, " ".join(lead), " ".join(headings), " ".join(rest))


def _has(value: Any, name: str) -> bool:
    return hasattr(value, "keys") and name in value and isinstance(value[name], str)
