"""What a page is filled in with on the site of the municipality in force: facts, and what it leaves out or
replaces.

Read once for each page that is made. A ContextVar, since links in a text are written where no request is at
hand.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, Value
from django.utils.translation import get_language
from wagtail.models import Page

from portal.municipalities.acting import current_municipality
from themes.spoken import spoken

from .slots import local_facts
from .trees import address, is_library, languages, library_roots, root_slug

P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a municipality does with the library, by translation key: it holds in every language."""

    left_out: frozenset[UUID]
    parts: frozenset[str]
    """Ids of the parts of pages that are left out."""
    replaced: Mapping[UUID, str]
    """The `url_path` of the own page that stands in its place."""


@dataclass(frozen=True)
class Local:
    """All of it, for one page in one language."""

    language: str
    choices: Choices
    links: dict[int, str | None] = field(default_factory=dict, compare=False)
    """Where pages that texts lead to stand, as far as they were looked up; None where a site does not show
    one.
    """

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What slots are filled with. One query, where a text has slots: a menu has none."""
        return local_facts()

    def address_of(self, page: Page) -> str | None:
        """Where a resident finds this page or what stands in its place; None when it is left out."""
        if is_library(page.url_path):
            if page.translation_key in self.choices.left_out:
                return None
            if own := self.choices.replaced.get(page.translation_key):
                return address(own, self.language)
        return address(page.url_path, self.language)

    def other_language(self, page: Page) -> str:
        """The language of a page, where the words around it are in another; else empty."""
        code: str = page.locale.language_code
        return "" if code == spoken(self.language) else code

    def is_missing(self, page: Page) -> bool:
        """Whether this is another language than a resident asked for."""
        return bool(page.locale.language_code != self.language)


_current: ContextVar[Local | None] = ContextVar("local", default=None)


@contextmanager
def filled_in() -> Iterator[Local]:
    """For the block, what pages are filled in with. At most two queries."""
    now = _read()
    token = _current.set(now)
    try:
        yield now
    finally:
        _current.reset(token)


def local() -> Local:
    """What the page that is being made is filled in with, or, in Mijn, a fresh reading of it."""
    return _current.get() or _read()


def _read() -> Local:
    return Local(get_language() or languages()[0], choices())


def own_tree() -> Q:
    """Pages of the municipality in force."""
    return _in(_own_roots())


def is_own(url_path: str) -> bool:
    """Whether a page is of the municipality in force."""
    return url_path.startswith(_own_roots())


def in_reach() -> Q:
    """Pages that the site of the municipality in force may show: its own and the library's."""
    return own_tree() | _in(library_roots())


def choices() -> Choices:
    """What the municipality in force leaves out and replaces. One query."""
    from .models import ContentPage, LeftOut

    left_out = LeftOut.objects.filter(home__municipality=current_municipality())
    replacing = ContentPage.objects.filter(own_tree(), live=True, replaces__isnull=False)
    rows = left_out.values_list("page__translation_key", "block", Value("")).union(
        replacing.values_list("replaces__translation_key", Value(""), "url_path"), all=True
    )
    found = list(rows)
    return Choices(
        frozenset(key for key, block, own in found if not block and not own),
        frozenset(block for _, block, _ in found if block),
        {key: own for key, _, own in found if own},
    )


def is_shown(page: Page, chosen: Choices) -> bool:
    """Whether a site shows this page itself: not a page of the library left out or replaced there."""
    hidden = page.translation_key in chosen.left_out or page.translation_key in chosen.replaced
    return not (hidden and is_library(page.url_path))


def best_in_language(pages: Iterable[P], language: str) -> dict[UUID, P]:
    """Of each page the version in this language, else in the first of the others that there is."""
    order = (language, *languages())
    best: dict[UUID, P] = {}
    for page in sorted(pages, key=lambda page: order.index(page.locale.language_code)):
        best.setdefault(page.translation_key, page)
    return best


def _own_roots() -> tuple[str, ...]:
    slug = current_municipality().slug
    return tuple(f"/{root_slug(slug, code)}/" for code in languages())


def _in(roots: tuple[str, ...]) -> Q:
    found = Q()
    for root in roots:
        found |= Q(url_path__startswith=root)
    return found
