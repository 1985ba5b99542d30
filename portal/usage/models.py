"""One row for each reading; written in the same transaction as the reading itself."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class Basis(models.TextChoices):
    """Why a use was allowed."""

    GRANT = "grant"
    LAW = "law"


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
    consumer_id = models.UUIDField(null=True)
    """The system that read; no key, as above."""
    basis = models.CharField(max_length=5, choices=Basis, default=Basis.GRANT)
    activity = models.CharField(max_length=300, blank=True)
    """The address of the purpose version: the processing activity in the sense of LDV."""
    zaak = models.CharField(max_length=100, blank=True)
    """The running case that a use by law names."""
    trace = models.CharField(max_length=32, blank=True)
    span = models.CharField(max_length=16, blank=True)
    """The caller's W3C trace context."""
    call = models.CharField(max_length=64, blank=True)
    """SHA-256 of the caller's Idempotency-Key: the same call again is the same use."""

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "consumer_id", "call"],
                condition=~models.Q(call=""),
                name="one_use_a_call",
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "subject", "-at"], name="uses_of_a_resident"),
            models.Index(fields=["municipality", "grant_id", "-at"], name="uses_of_a_grant"),
            models.Index(fields=["municipality", "consumer_id", "-at"], name="uses_by_a_consumer"),
            models.Index(fields=["municipality", "at"], name="uses_by_day"),  # each day is sealed
        ]
