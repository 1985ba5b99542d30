"""What stands in a place: drafts under way, what is published, and what the library has more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.sharing.models import Grant, PurposeDraft, PurposeVersion, Recall
from portal.sharing.models.making import OPEN
from portal.sharing.purposes import making
from portal.sharing.states import Making

from .library import LIBRARY_SHOP, issues
from .places import Place


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A draft in a list."""

    id: Any
    slug: str
    title: str
    state: Making
    editor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Published:
    """A purpose that residents can read about."""

    slug: str
    title: str
    ground: str
    number: int
    since: datetime | None
    running: int
    """How many residents share under it now, whatever the version."""
    recalled: bool
    retired: bool
    newer_issue: int | None
    """A newer issue of the library, when it was taken over from there."""


@dataclass(frozen=True, slots=True)
class OnOffer:
    """A purpose of the library that is not here yet."""

    slug: str
    title: str
    ground: str


def under_way(place: Place) -> list[UnderWay]:
    """The open drafts. Two queries."""
    drafts = list(place.shop.drafts.objects.filter(state__in=OPEN).order_by("slug"))
    newest = {
        (row.draft_id, row.number): row
        for row in place.shop.revisions.objects.filter(draft__in=[draft.id for draft in drafts])
    }
    found = []
    for draft in drafts:
        row = newest[draft.id, draft.revision]
        found.append(
            UnderWay(
                draft.id, draft.slug, title_of(row.content), Making(draft.state), row.editor_name, row.at
            )
        )
    return found


def published(place: Place) -> list[Published]:
    """What is published here. Five queries, however many there are."""
    if place.municipality is None:
        return _published_by_library()
    versions = PurposeVersion.objects.select_related("purpose").order_by("purpose", "-number")
    newest = list(versions.distinct("purpose"))
    running = running_by_purpose()
    recalled = dict(Recall.objects.order_by("until_version").values_list("purpose", "until_version"))
    drafts = {one.version_id: one for one in PurposeDraft.objects.exclude(version=None)}
    library = issues()
    found = []
    for row in newest:
        draft = drafts.get(row.id)
        issue = library.get(row.purpose.slug)
        newer = issue and draft and draft.library_issue and (issue.issue or 0) > draft.library_issue
        found.append(
            Published(
                row.purpose.slug,
                title_of(row.content),
                row.content["ground"],
                row.number,
                row.published,
                running.get(row.purpose_id, 0),
                recalled.get(row.purpose_id, 0) >= row.number,
                bool(draft and draft.state == Making.RETIRED),
                issue.issue if issue and newer else None,
            )
        )
    return sorted(found, key=lambda one: one.title)


def on_offer(here: Sequence[Published], drafts: Sequence[UnderWay]) -> list[OnOffer]:
    """What the library has and this municipality has not. Two queries."""
    known = {one.slug for one in here} | {one.slug for one in drafts}
    found = []
    for slug, issue in issues().items():
        if slug not in known:
            content = making.content_of(LIBRARY_SHOP, issue)
            found.append(OnOffer(slug, title_of(content), content["ground"]))
    return sorted(found, key=lambda one: one.title)


def running_by_purpose() -> dict[Any, int]:
    """How many grants hold now under each purpose; from the moment of a recall none. One query."""
    over = Q(until=None) | Q(until__gt=timezone.now())
    recalled = Recall.objects.filter(
        purpose=OuterRef("version__purpose"), until_version__gte=OuterRef("version__number")
    )
    rows = Grant.objects.filter(over, ~Exists(recalled), withdrawn=None, consumed=None, values__isnull=False)
    rows = rows.order_by()
    return dict(rows.values_list("version__purpose").annotate(Count("id")))


def title_of(content: Any) -> str:
    """The Dutch name, with slots as they are; or that there is none yet."""
    return str(content.get("texts", {}).get("nl", {}).get("title", "")) or _("Nog zonder naam")


def _published_by_library() -> list[Published]:
    found = []
    for slug, issue in issues().items():
        content = making.content_of(LIBRARY_SHOP, issue)
        found.append(
            Published(
                slug, title_of(content), content["ground"], issue.issue or 0, None, 0, False, False, None
            )
        )
    return sorted(found, key=lambda one: one.title)
