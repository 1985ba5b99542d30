"""What a case system told us has changed; it says where to look, and is never believed."""

from django.db import models

from portal.municipalities.models import TenantModel


class HeardOf(TenantModel):
    """A new status of a case that Notificaties called us about."""

    connection = models.UUIDField()
    zaak = models.UUIDField()
    status = models.UUIDField()
    heard = models.DateTimeField()
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    """When who may see the case was told, or it turned out that nobody needs to be."""

    class Meta:
        constraints = [
            # Notificaties delivers at least once.
            models.UniqueConstraint(
                fields=["municipality", "connection", "status"], name="a_status_is_heard_of_once"
            )
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due"], condition=models.Q(done=None), name="heard_of_to_look_at"
            ),
            models.Index(fields=["municipality", "heard"], name="heard_of_by_age"),
        ]
