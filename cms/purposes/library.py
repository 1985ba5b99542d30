"""The library's workshop: a purpose made once, and taken over by each municipality with its own approval."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from cms.models import LibraryPurpose, LibraryPurposeReview, LibraryPurposeRevision
from portal.sharing.models import PurposeDraft
from portal.sharing.purposes import making
from portal.sharing.purposes.checks import check
from portal.sharing.purposes.finding import Around, Finding
from portal.sharing.purposes.making import Person, Refused, Workshop
from portal.sharing.purposes.own import OWN
from portal.sharing.states import Making


def _check(slug: str, content: Mapping[str, Any]) -> Sequence[Finding]:
    issue = issues().get(slug)
    return check(content, Around(published=making.content_of(LIBRARY_SHOP, issue) if issue else None))


def _put_out(draft: LibraryPurpose, content: Mapping[str, Any]) -> None:  # noqa: ARG001
    before = LibraryPurpose.objects.filter(slug=draft.slug).aggregate(last=Max("issue"))["last"]
    draft.issue = (before or 0) + 1


LIBRARY_SHOP = Workshop(
    LibraryPurpose,
    LibraryPurposeRevision,
    LibraryPurposeReview,
    _check,
    lambda content: content,
    _put_out,
    lambda: None,
)


def issues() -> dict[str, LibraryPurpose]:
    """The newest issue of each purpose that the library offers, by slug. One query."""
    rows = LibraryPurpose.objects.exclude(issue=None).order_by("slug", "-issue").distinct("slug")
    return {row.slug: row for row in rows if row.state == Making.PUBLISHED}


def take_over(slug: str, by: Person) -> PurposeDraft:
    """A draft of the municipality in force, with the library's text. Raises Refused."""
    issue = issues().get(slug)
    if issue is None:
        raise Refused(Refused.NOT_THERE)
    content = making.content_of(LIBRARY_SHOP, issue)
    draft: PurposeDraft = making.begin(
        OWN,
        slug,
        content,
        by,
        written_before=sorted(making.writers(LIBRARY_SHOP, issue)),
        library_issue=issue.issue,
    )
    return draft
