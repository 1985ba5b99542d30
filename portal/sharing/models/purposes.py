"""Purposes and their versions, which never change."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class Purpose(TenantModel):
    """Why attributes are asked; its texts live in its versions."""

    slug = models.SlugField(max_length=60, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "slug"], name="one_purpose_a_slug")]


class PurposeVersion(TenantModel):
    """A published version. Never updated or deleted: the database refuses."""

    purpose = tenant_key(Purpose)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "purpose", "number"], name="one_version_a_number")
        ]


class Recall(TenantModel):
    """A privacy officer took a purpose back: from this commit on nothing is read under it."""

    purpose = tenant_key(Purpose)
    at = models.DateTimeField()
    until_version = models.PositiveIntegerField()
    """The newest version then; a later one may be published and stands apart from it."""
    by = models.CharField(max_length=150)
    """The officer's name; for the log and the officers, never for residents."""
    why = models.TextField()
    """What residents are told, in plain words."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "purpose", "until_version"], name="one_recall_a_version"
            )
        ]
