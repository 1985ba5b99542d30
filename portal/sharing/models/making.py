"""Purposes in the making: a draft, its revisions, and what a privacy officer found of it.

The fields stand apart from the tables, since the library keeps the same three for what it makes once for all.
Who may do what is guarded by triggers (`migrations_making`) besides `purposes.making`.
"""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key
from portal.sharing.states import Making

from .purposes import PurposeVersion

OPEN = (Making.DRAFT, Making.REVIEW, Making.APPROVED)
"""States in which a purpose has one draft at most."""


class DraftFields(models.Model):
    """A purpose on its way to being published, from the first text to its end."""

    slug = models.SlugField(max_length=60, db_index=False)
    state = models.CharField(max_length=9, default=Making.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    """The number of its newest revision."""
    written_before = models.JSONField(default=list)
    """Ids of the staff who wrote the text that it was taken over from; they may not approve it either."""
    begun = models.DateTimeField()

    class Meta:
        abstract = True


class RevisionFields(models.Model):
    """What one person made of it. Never updated or deleted: the database refuses."""

    number = models.PositiveIntegerField()
    content = models.JSONField()
    """As a published version has it, with slots still open."""
    editor = models.PositiveBigIntegerField()
    """Of the staff, by the id of their account."""
    editor_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class ReviewFields(models.Model):
    """What a privacy officer found of one revision. Never updated or deleted: the database refuses."""

    revision = models.PositiveIntegerField()
    reviewer = models.PositiveBigIntegerField()
    reviewer_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    approved = models.BooleanField()
    free = models.BooleanField()
    """Whether the officer found that a resident is free to say no; asked of each consent."""
    content_hash = models.CharField(max_length=64, blank=True)
    """Of what residents would read on approval, filled in; empty where it was not approved."""
    why = models.TextField(blank=True)

    class Meta:
        abstract = True


class PurposeDraft(TenantModel, DraftFields):
    """A municipality's purpose in the making: its own, or taken over from the library."""

    version = tenant_key(PurposeVersion, null=True)
    """What was published of it."""
    library_issue = models.PositiveIntegerField(null=True)
    """Which issue of the library's purpose it was taken over from."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=list(Making)), name="purpose_draft_in_a_known_state"
            ),
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                condition=models.Q(state__in=OPEN),
                name="one_open_draft_a_purpose",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "version"], name="draft_of_a_version")]


class PurposeRevision(TenantModel, RevisionFields):
    """One revision of a municipality's draft."""

    draft = tenant_key(PurposeDraft)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "draft", "number"], name="one_revision_a_number")
        ]


class PurposeReview(TenantModel, ReviewFields):
    """One look of a privacy officer at a municipality's draft."""

    draft = tenant_key(PurposeDraft)

    class Meta:
        indexes = [models.Index(fields=["municipality", "draft"], name="reviews_of_a_draft")]


class OfficerAct(TenantModel):
    """What a privacy officer did beside approving. Never updated or deleted: the database refuses."""

    class Kind(models.TextChoices):
        BLOCK = "block"
        UNBLOCK = "unblock"
        EXPORT = "export"
        """Answered a request for access with all that is known of a resident."""
        NOTHING_TO_EXPORT = "nothing"
        """Asked for somebody that nothing is known of; who that was is not kept."""

    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    officer = models.PositiveBigIntegerField()
    officer_name = models.CharField(max_length=150)
    subject = tenant_key("accounts.Resident", null=True)
    consumer = tenant_key("sharing.Consumer", null=True)
    why = models.TextField(blank=True)
    """A reason, or the number of the request that was answered."""

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "-at"], name="officer_acts_by_time"),
            models.Index(fields=["municipality", "subject", "-at"], name="officer_acts_of_a_resident"),
        ]
