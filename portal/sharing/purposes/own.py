"""The workshop of the municipality in force: its own purposes, and those it takes over from the library."""

from collections.abc import Sequence
from typing import Any

from portal.sharing.models import Consumer, PurposeDraft, PurposeReview, PurposeRevision, PurposeVersion
from portal.sharing.models.consumers import Kind

from .checks import check
from .finding import Around, Content, Finding
from .making import Workshop
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
    private = {name: kind == Kind.PRIVATE for name, kind in Consumer.objects.values_list("slug", "kind")}
    return check(as_published(content), Around(private, _published(slug)))


def _published(slug: str) -> Content | None:
    versions = PurposeVersion.objects.filter(purpose__slug=slug).order_by("-number")
    content: Content | None = versions.values_list("content", flat=True).first()
    return content


def _put_out(draft: PurposeDraft, content: Content) -> None:
    draft.version = publish(draft.slug, for_residents(content))


OWN = Workshop(PurposeDraft, PurposeRevision, PurposeReview, check_here, _put_out, shown_anew)
