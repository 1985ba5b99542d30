"""The numbers of receipts."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .grants import Grant


class Receipt(TenantModel):
    """The number under which anybody can ask whether the receipt of an act is genuine. Never changes.

    What the receipt says is not here: it is read from the grant, its purpose version and the act log.
    """

    grant = tenant_key(Grant)
    act = models.CharField(max_length=20)
    """As the act log names it."""
    number = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "number"], name="one_receipt_a_number"),
            models.UniqueConstraint(fields=["municipality", "grant", "act"], name="one_receipt_an_act"),
        ]
