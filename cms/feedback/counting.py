"""Counting answers about pages, and what an editor sees of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F, Sum
from django.utils.timezone import localdate
from wagtail.models import Page

from cms.feedback_models import REASONS, Answer, UsefulCount
from cms.local import best_in_language, in_reach
from cms.trees import is_library, languages
from portal.municipalities.acting import current_municipality

KEPT = timedelta(days=2 * 365)
LOOKED_BACK = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What visitors said of one page."""

    id: int
    title: str
    own: bool
    """Whether the municipality wrote it itself; else the library did, for all."""
    yes: int
    no: int
    reasons: Sequence[tuple[str, int]]
    """In words, the most frequent first; only those that were given."""

    @property
    def percent(self) -> int:
        """How many of a hundred called it useful; people also answer only why it was not."""
        return round(100 * self.yes / (self.yes + self.no)) if self.yes + self.no else 0


def count(page: UUID, answer: Answer) -> None:
    """One more. What is older than two years goes when a day begins for this page."""
    today = localdate()
    row, made = UsefulCount.objects.get_or_create(
        municipality=current_municipality(), page=page, day=today, answer=answer
    )
    UsefulCount.objects.filter(pk=row.pk).update(count=F("count") + 1)
    if made:
        UsefulCount.objects.filter(day__lt=today - KEPT).delete()


def opinions() -> list[Opinion]:
    """Of the municipality in force, the last 90 days; the page with most noes first. Two queries."""
    since = localdate() - LOOKED_BACK
    rows = UsefulCount.objects.filter(day__gte=since).values("page", "answer").annotate(total=Sum("count"))
    by_page: dict[UUID, Counter[str]] = {}
    for row in rows:
        by_page.setdefault(row["page"], Counter())[row["answer"]] += row["total"]
    pages = Page.objects.filter(in_reach(), translation_key__in=by_page).select_related("locale")
    best = best_in_language(pages, languages()[0])
    found = [_opinion(page, by_page[key]) for key, page in best.items()]
    return sorted(found, key=lambda one: (-one.no, one.title))


def _opinion(page: Page, counted: Counter[str]) -> Opinion:
    reasons = [(str(one.label), counted[one]) for one in REASONS if counted[one]]
    return Opinion(
        page.pk,
        page.title,
        not is_library(page.url_path),
        counted[Answer.YES],
        counted[Answer.NO],
        sorted(reasons, key=lambda one: -one[1]),
    )
