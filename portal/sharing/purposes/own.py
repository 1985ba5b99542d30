"""The workshop of the municipality in force: its own purposes, and those it takes over from the library."""

from collections.abc import Sequence
from typing import Any

from portal.sharing.consumers_registered import may_read
from portal.sharing.models import Consumer, PurposeDraft, PurposeReview, PurposeRevision, PurposeVersion
from portal.sharing.models.consumers import Kind

from .checks import check
from .finding import Around, Content, Finding
from .making import Refused, Workshop
from .published import publish, shown_anew
from .slots import filled, known_here

INTERNAL = ("slots", "english", "free_because", "dpia", "no_dpia", "receiver")
"""What is for editors and officers only, and no part of what residents agree to."""


def as_published(content: Content) -> dict[str, Any]:
    """The content with this municipality's names in it."""
    return filled(content, known_here(content))


def for_residents(content: Content) -> dict[str, Any]:
    """What is published of it: filled in, and without what is between editors and officers."""
    shown = as_published(content)
    return {name: value for name, value in shown.items() if name not in INTERNAL}


def check_here(slug: str, content: Content) -> Sequence[Finding]:
    """What the checker finds of it in this municipality. Three queries."""
    known = {row.slug: row for row in Consumer.objects.all()}
    private = {name: row.kind == Kind.PRIVATE for name, row in known.items()}
    reader = known.get(content.get("consumer", ""))
    around = Around(
        private,
        _published(slug),
        reads_it=reader is None or slug in reader.purposes,
        stopped=reader is not None and reader.blocked is not None,
    )
    return check(as_published(content), around)


def _published(slug: str) -> Content | None:
    versions = PurposeVersion.objects.filter(purpose__slug=slug).order_by("-number")
    content: Content | None = versions.values_list("content", flat=True).first()
    return content


def _put_out(draft: PurposeDraft, content: Content) -> None:
    draft.version = publish(draft.slug, for_residents(content))
    asked = PurposeRevision.objects.get(draft=draft, number=draft.revision)
    approved = PurposeReview.objects.filter(draft=draft, approved=True).latest("at")
    if draft.version.content_hash != approved.content_hash:  # a fact in it changed at this very moment
        raise Refused(Refused.NOT_AS_APPROVED)
    may_read(content["consumer"], draft.slug, asked, approved)


OWN = Workshop(PurposeDraft, PurposeRevision, PurposeReview, check_here, for_residents, _put_out, shown_anew)
