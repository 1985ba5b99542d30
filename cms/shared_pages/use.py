"""Who does what with the pages of the library. Counted in a few queries, however many municipalities there
are.
"""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from wagtail.models import Page

from cms.models import ContentPage, HomePage, LeftOut
from cms.shared_pages_models import FilledIn
from portal.municipalities.models import Municipality

from .tree import Mark, mark_of_library


@dataclass(frozen=True, slots=True)
class Use:
    """Which municipalities do what with one page, by name."""

    shared: tuple[str, ...]
    """They show it as it is."""
    filled_in: tuple[str, ...]
    replaced: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def shown(self) -> int:
        """On how many sites it stands."""
        return len(self.shared) + len(self.filled_in)

    @property
    def rows(self) -> list[tuple[str, tuple[str, ...]]]:
        """As it is told: what is done, and by whom."""
        told = (
            (Mark.SHARED, self.shared),
            (Mark.FILLED_IN, self.filled_in),
            (Mark.REPLACED, self.replaced),
            (Mark.LEFT_OUT, self.left_out),
        )
        return [(str(mark.label), names) for mark, names in told]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many municipalities do what with one page."""

    page: Page
    shown: int
    """On no site, as long as it is a draft."""
    filled_in: int
    replaced: int
    left_out: int


def use_of(page: Page) -> Use:
    """Who does what with this page. Four queries."""
    key = page.translation_key
    everyone = {one.id: one.name for one in Municipality.objects.exclude(site=None)}
    out = set(
        LeftOut.objects.filter(page__translation_key=key, block="").values_list(
            "home__municipality_id", flat=True
        )
    )
    instead = _replaced().get(key, set())
    wrote = set(
        FilledIn.objects.filter(page__translation_key=key).values_list("home__municipality_id", flat=True)
    )
    found: dict[Mark, list[str]] = {Mark.SHARED: [], Mark.FILLED_IN: [], Mark.REPLACED: [], Mark.LEFT_OUT: []}
    for one, name in sorted(everyone.items(), key=lambda item: item[1]):
        mark = mark_of_library(replaced=one in instead, left_out=one in out, filled_in=one in wrote)
        found[mark].append(name)
    return Use(*(tuple(found[mark]) for mark in (Mark.SHARED, Mark.FILLED_IN, Mark.REPLACED, Mark.LEFT_OUT)))


def counts(pages: list[Page]) -> list[Counts]:
    """The same as numbers, for many pages at once. Four queries."""
    total = Municipality.objects.exclude(site=None).count()
    left_out = LeftOut.objects.filter(block="").values_list("page__translation_key", "home__municipality_id")
    out: dict[UUID, set[object]] = {}
    for key, one in left_out.distinct():
        out.setdefault(key, set()).add(one)
    instead = _replaced()
    wrote: Counter[UUID] = Counter(
        dict(
            FilledIn.objects.values("page__translation_key")
            .annotate(number=Count("home__municipality_id", distinct=True))
            .values_list("page__translation_key", "number")
        )
    )

    def of(page: Page) -> Counts:
        without = out.get(page.translation_key, set())
        replaced = instead.get(page.translation_key, set())
        shown = total - len(without | replaced) if page.live else 0
        return Counts(page, shown, wrote[page.translation_key], len(replaced), len(without - replaced))

    return [of(page) for page in pages]


def _replaced() -> dict[UUID, set[object]]:
    """The municipalities that put a page of their own in the place of one of the library, by its key. Two
    queries.
    """
    trees = dict(HomePage.objects.values_list("slug", "municipality_id"))
    found: dict[UUID, set[object]] = {}
    own = ContentPage.objects.filter(live=True, replaces__isnull=False)
    for key, url_path in own.values_list("replaces__translation_key", "url_path"):
        one = trees.get(url_path.split("/", 2)[1])
        if one is not None:
            found.setdefault(key, set()).add(one)
    return found
