"""Lists of pages that a home page shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from wagtail.models import Page

from portal.municipalities.menu import menu_of_site

from .local import best_in_language, in_reach, local
from .slots import fill

if TYPE_CHECKING:
    from .models import HomePage

NEWS = 3
"""How many news items a home page shows."""


@dataclass(frozen=True, slots=True)
class Card:
    """A link to a page with a line on what is there."""

    title: str
    url: str
    text: str
    language: str
    """The language of its title and text."""
    day: date | None = None
    changed: datetime | None = None


def cards_of(home: "HomePage") -> list[Card]:
    """What people come for most, without what is left out; what stands in the menu, as long as nothing was
    chosen. One query: chosen pages are not loaded.
    """
    here = local()
    chosen = [(task["value"]["page"], task["value"]["text"] or "") for task in home.tasks.raw_data]
    ids = {page for page, _ in chosen if page}
    if not ids:
        items = menu_of_site(here.language).menu
        return [Card(one.label, one.url, "", one.language or here.language) for one in items]
    keys = Page.objects.filter(id__in=ids).values("translation_key")
    found = list(
        Page.objects.filter(in_reach(), live=True, translation_key__in=keys).select_related("locale")
    )
    best = best_in_language(found, here.language)
    by_id = {page.id: page for page in found}
    cards = []
    for page_id, text in chosen:
        page = by_id.get(page_id)
        shown = best[page.translation_key] if page else None
        if shown and (url := here.address_of(shown)):
            cards.append(
                Card(shown.title, url, text if shown.id == page_id else "", shown.locale.language_code)
            )
    return cards


def cards_of_questions(questions: Iterable[Page]) -> list[Card]:
    """Questions to list below a page, without what is left out."""
    here = local()
    cards = [(one.title, here.address_of(one), one.locale.language_code) for one in questions]
    return [Card(str(fill(title, here.facts)), url, "", language) for title, url, language in cards if url]
