"""The act log: entries that never change, and beside them what they commit to."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .grants import Grant


class LedgerHead(TenantModel):
    """How many entries the municipality's act log has; locked while one is added."""

    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_ledger_a_municipality")]


class LedgerEntry(TenantModel):
    """One act in the log. Never updated or deleted: the database refuses."""

    position = models.PositiveBigIntegerField()
    leaf = models.BinaryField()
    """SHA-256(0x00 ‖ commitment), as RFC 9162 hashes a leaf."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "position"], name="one_entry_a_position")
        ]


class ActRecord(TenantModel):
    """What an entry commits to, beside the log: who, what, when; and the salt that binds the two."""

    entry = tenant_key(LedgerEntry)
    grant = tenant_key(Grant)
    act = models.CharField(max_length=20)
    payload = models.JSONField()
    salt = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "entry"], name="one_record_an_entry")]
        indexes = [models.Index(fields=["municipality", "grant"], name="acts_of_a_grant")]
