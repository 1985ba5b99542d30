"""What a page is filled in with on the site of the municipality in force: facts, and what it leaves out or
replaces.

Read once for each page that is made. A ContextVar, since links in a text are written where no request is at
hand.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.utils.translation import get_language
from wagtail.models import Page

from portal.municipalities.acting import current_municipality
from themes.spoken import spoken

from .slots import local_facts
from .trees import address, is_library, languages, library_roots, root_slug

CHOSEN = """
SELECT locale.language_code, page.live, home.menu, home.footer,
    (SELECT coalesce(jsonb_agg(jsonb_build_array(theirs.translation_key, chosen.block)), '[]')
        FROM cms_leftout chosen JOIN wagtailcore_page theirs ON theirs.id = chosen.page_id
        WHERE chosen.home_id = page.id),
    (SELECT coalesce(jsonb_agg(jsonb_build_array(theirs.translation_key, own.url_path)), '[]')
        FROM cms_contentpage replacing
        JOIN wagtailcore_page own ON own.id = replacing.page_ptr_id
        JOIN wagtailcore_page theirs ON theirs.id = replacing.replaces_id
        WHERE own.live AND ({own}))
FROM cms_homepage home
JOIN wagtailcore_page page ON page.id = home.page_ptr_id
JOIN wagtailcore_locale locale ON locale.id = page.locale_id
WHERE home.municipality_id = %s
"""
"""Each version of the home page, what it leaves out, and all that the municipality replaces."""

P = TypeVar("P", bound=Page)


@dataclass(frozen=True, slots=True)
class Choices:
    """What a municipality does with the library, by translation key: it holds in every language."""

    left_out: frozenset[UUID]
    parts: frozenset[str]
    """Ids of the parts of pages that are left out."""
    replaced: Mapping[UUID, str]
    """The `url_path` of the own page that stands in its place."""


@dataclass(frozen=True, slots=True)
class Home:
    """What the menus of a site need of its home page: the lines that were chosen, as they are stored."""

    language: str
    menu: Sequence[Mapping[str, Any]]
    footer: Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Local:
    """All of it, for one page in one language."""

    language: str
    choices: Choices
    homes: Sequence[Home] = ()
    """In each language in which the site has one."""
    links: dict[int, str | None] = field(default_factory=dict, compare=False)
    """Where pages that texts lead to stand, as far as they were looked up; None where a site does not show
    one.
    """
    documents: dict[int, str | None] = field(default_factory=dict, compare=False)
    """Likewise of documents."""

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
    return Local(get_language() or languages()[0], *_asked())


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
    return _asked()[0]


def _asked() -> tuple[Choices, list[Home]]:
    """Worded here, since Django takes longer to word it than PostgreSQL to answer, and each page asks it."""
    like = [connection.ops.prep_for_like_query(root) + "%" for root in _own_roots()]
    own = " OR ".join(["own.url_path LIKE %s"] * len(like))
    with connection.cursor() as cursor:
        cursor.execute(CHOSEN.format(own=own), [*like, current_municipality().id])
        rows = [(language, live, *map(json.loads, told)) for language, live, *told in cursor.fetchall()]
    left_out = [chosen for *_home, left_out, _replaced in rows for chosen in left_out]
    replaced = [chosen for *_home, replaced in rows for chosen in replaced]
    choices = Choices(
        frozenset(UUID(key) for key, block in left_out if not block),
        frozenset(block for _key, block in left_out if block),
        {UUID(key): url_path for key, url_path in replaced},
    )
    return choices, [Home(language, menu, footer) for language, live, menu, footer, *_ in rows if live]


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
