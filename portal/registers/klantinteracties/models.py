"""An e-mail address that waits for its code; for minutes, and never longer than the session."""

from django.db import models

from portal.municipalities.models import TenantModel


class PendingAddress(TenantModel):
    """What one session wants its e-mail address to be. A new one takes the place of an earlier one."""

    session = models.UUIDField()
    sealed = models.BinaryField()
    """Address, code and what was on screen, encrypted."""
    begun = models.DateTimeField()
    wrong_codes = models.PositiveIntegerField(default=0)
    proven = models.BooleanField(default=False)
    """The code was right; it must still be written to the register."""
    told = models.BooleanField(default=False)
    """The old address was told."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "session"], name="one_pending_address_a_session")
        ]
        indexes = [models.Index(fields=["municipality", "begun"], name="pending_addresses_by_age")]
