"""The breakers' state, shared by all processes."""

from django.db import models

from portal.municipalities.models import TenantModel


class Breaker(TenantModel):
    """A connection that did not answer in time; nobody waits for it before `closed_until`."""

    connection = models.UUIDField()
    times = models.PositiveIntegerField(default=1)
    """How often in a row."""
    closed_until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "connection"], name="one_breaker_a_connection")
        ]
