"""What a page is filled in with on the site of the municipality in force: facts, and what it leaves out or
replaces.

Read once for each page that is made. A ContextVar, since links in a text are written where no request is at
hand.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.translation import get_language
from wagtail.models import Page

from portal.municipalities.acting import current_municipality
from themes.spoken import spoken

from .slots import local_facts
from .trees import address, is_library, languages, library_roots, root_slug

if TYPE_CHECKING:
    from .models import HomePage

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
    homes: Sequence["HomePage"] = ()
    """The versions of the home page, without its cards."""
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
    homes = _homes()
    return Local(get_language() or languages()[0], _choices(homes), homes)


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
    return _choices(_homes())


def _homes() -> list["HomePage"]:
    """Each with what it leaves out, and with all that the municipality replaces."""
    from .models import ContentPage, HomePage, LeftOut

    left_out = LeftOut.objects.filter(home=OuterRef("pk"))
    replacing = ContentPage.objects.filter(own_tree(), live=True, replaces__isnull=False)
    homes = HomePage.objects.filter(municipality=current_municipality()).select_related("locale")
    chosen = homes.annotate(
        left_out_here=ArraySubquery(
            left_out.values(row=JSONObject(key="page__translation_key", block="block"))
        ),
        replaced_here=ArraySubquery(
            replacing.values(row=JSONObject(key="replaces__translation_key", own="url_path"))
        ),
    )
    return list(chosen.defer("tasks"))


def _choices(homes: Iterable[Any]) -> Choices:
    left_out = [row for home in homes for row in home.left_out_here]
    return Choices(
        frozenset(UUID(row["key"]) for row in left_out if not row["block"]),
        frozenset(row["block"] for row in left_out if row["block"]),
        {UUID(row["key"]): row["own"] for home in homes for row in home.replaced_here},
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
