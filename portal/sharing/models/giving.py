"""One going through the pages, and the proof it brought; neither is a yes yet."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key
from portal.sharing.states import State

from .purposes import PurposeVersion
from .requests import Request


class Sharing(TenantModel):
    """One going through explanation, choice, proof and yes or no; its id is in the address."""

    actor = tenant_key("accounts.Resident")
    """Who presses the buttons."""
    subject = tenant_key("accounts.Resident")
    """Whose data it is; equal to the actor until somebody may act for another."""
    version = tenant_key(PurposeVersion)
    request = tenant_key(Request, null=True)
    """The consumer's question that it answers; None when the resident began it."""
    session = models.UUIDField()
    """The live session it was begun in; no other session can go on with it."""
    state = models.CharField(max_length=12, default=State.BEGUN)
    language = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    chosen = models.JSONField(default=list)
    begun = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="sharing_in_a_known_state")
        ]
        indexes = [
            # Looked through each second for what led nowhere; what was agreed to stays for years.
            models.Index(
                fields=["municipality", "begun"],
                condition=~models.Q(state=State.AGREED),
                name="sharings_by_time",
            ),
            models.Index(
                fields=["municipality", "request"],
                condition=models.Q(request__isnull=False),
                name="sharings_by_request",
            ),
        ]


class Disclosure(TenantModel):
    """One act of proof: a wallet session, or an address confirmed by a code. Not consent.

    Lives until yes or no, at most fifteen minutes; the values in it are unconfirmed.
    """

    sharing = tenant_key(Sharing)
    way = models.CharField(max_length=12)
    """"other_device", "this_device", "typed", "register" or "again" (as an earlier grant had it)."""
    wallet_session = models.BinaryField(null=True)
    """Encrypted: holds the requestor's secret token."""
    wrong_pairings = models.PositiveSmallIntegerField(default=0)
    return_reference = models.CharField(max_length=64, blank=True)
    """SHA-256 of the one-time reference in the address the app returns to."""
    returned = models.BooleanField(default=False)
    values = models.BinaryField(null=True)
    """Encrypted: the proven values."""
    proven = models.DateTimeField(null=True)
    """When they were first proven, or the oldest card in the wallet was issued.

    Also where they are given again, or carried to a newer text.
    """
    proven_by = models.CharField(max_length=12, blank=True)
    """The way in which they were."""
    code = models.BinaryField(null=True)
    """Encrypted: the code that was sent."""
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    """Why it ended without proof: declined, timed_out, expired, other_person, …"""
    begun = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sharing"], name="one_disclosure_a_sharing")
        ]
        indexes = [models.Index(fields=["municipality", "begun"], name="disclosures_by_time")]
