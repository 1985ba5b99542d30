"""Purposes that the library makes once for all municipalities: their drafts, revisions and reviews.

And who is a privacy officer of what. Nothing in these tables is about a resident.
"""

from uuid import uuid4

from django.contrib.auth.models import Group
from django.db import models

from portal.municipalities.models import Municipality
from portal.sharing.models.making import OPEN, DraftFields, ReviewFields, RevisionFields
from portal.sharing.states import Making


class LibraryPurpose(DraftFields):
    """A purpose of the library in the making; published, it can be taken over."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    issue = models.PositiveIntegerField(null=True)
    """Set when it is published: the how-manieth of its slug."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(Making)), name="library_purpose_in_a_known_state"
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=models.Q(state__in=OPEN), name="one_open_library_draft"
            ),
            models.UniqueConstraint(fields=["slug", "issue"], name="one_library_purpose_an_issue"),
        ]


class LibraryPurposeRevision(RevisionFields):
    """One revision of it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(LibraryPurpose, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "number"], name="one_library_revision_a_number")
        ]


class LibraryPurposeReview(ReviewFields):
    """One look of a privacy officer of the library at it."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    draft = models.ForeignKey(LibraryPurpose, on_delete=models.PROTECT, related_name="+")


class PrivacyOffice(models.Model):
    """The group of the privacy officers of one municipality, or of the library."""

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    municipality = models.OneToOneField(Municipality, on_delete=models.PROTECT, related_name="+", null=True)
    """None: of the library."""
