"""What must happen later."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .grants import Grant


class Duty(TenantModel):
    """What must happen later, written in the act's own transaction: tell a consumer, list an erasure."""

    TELL_CONSUMER = "tell_consumer"
    LIST_ERASURE = "list_erasure"

    kind = models.CharField(max_length=20)
    grant = tenant_key(Grant)
    event = models.CharField(max_length=40, blank=True)
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)
    """When the consumer said that it erased what it had."""

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "due"], condition=models.Q(done=None), name="duties_due"),
            models.Index(fields=["municipality", "grant"], name="duties_of_a_grant"),
        ]
