"""One row for each reading; written in the same transaction as the reading itself."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class Use(TenantModel):
    """Somebody read something of a resident."""

    subject = tenant_key("accounts.Resident")
    grant_id = models.UUIDField(null=True)
    """The grant it was read under; no key, since usage knows nothing of sharing."""
    who = models.CharField(max_length=200)
    """The team or organisation, never an employee's name."""
    purpose = models.CharField(max_length=200)
    ground = models.CharField(max_length=300)
    what = models.JSONField(default=list)
    """Names of the attributes that were read, never their values."""
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at"]
        indexes = [
            models.Index(fields=["municipality", "subject", "-at"], name="uses_of_a_resident"),
            models.Index(fields=["municipality", "grant_id", "-at"], name="uses_of_a_grant"),
        ]
