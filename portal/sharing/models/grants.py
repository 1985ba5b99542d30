"""A resident's yes, and the key of what was given."""

from datetime import UTC, datetime

from django.db import models
from django.db.models import F
from django.db.models.functions import Least

from portal.municipalities.models import TenantModel, tenant_key

from .giving import Sharing
from .purposes import PurposeVersion
from .requests import Request

FURTHEST = datetime(9000, 1, 1, tzinfo=UTC)
"""No yes lasts until here: PostgreSQL keeps moments beyond the calendar, that no page or worker can read."""


class Channel(models.TextChoices):
    """How the resident said yes."""

    MIJN = "mijn"
    COUNTER = "counter"
    PHONE = "phone"
    PAPER = "paper"


class Grant(TenantModel):
    """A resident's yes to one purpose version, from–until, for chosen attributes."""

    sharing = tenant_key(Sharing)
    subject = tenant_key("accounts.Resident")
    actor = tenant_key("accounts.Resident")
    version = tenant_key(PurposeVersion)
    consumer = tenant_key("sharing.Consumer")
    chosen = models.JSONField()
    way = models.CharField(max_length=12)
    proven = models.DateTimeField(null=True)
    """When the values were first proven, or the oldest card in the wallet was issued; None: not kept then.

    Giving them again makes them no newer.
    """
    proven_by = models.CharField(max_length=12, blank=True)
    """The way in which they were, where `way` says that they were given again."""
    language = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    given = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """The first moment it no longer holds; None: until stopped."""
    withdrawn = models.DateTimeField(null=True)
    request = tenant_key(Request, null=True)
    """The consumer's question that it answers."""
    supersedes = models.UUIDField(null=True)
    """The grant of the same purpose that ended with this yes."""
    one_time = models.BooleanField(default=False)
    consumed = models.DateTimeField(null=True)
    """When a one-time grant was read; from then on it is over."""
    channel = models.CharField(max_length=8, default=Channel.MIJN)
    employee = models.CharField(max_length=150, blank=True)
    """Who wrote down the yes of somebody without a device; empty when the resident pressed it."""
    values = models.BinaryField(null=True)
    """Under the grant's own key; None once erased."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sharing"], name="one_grant_a_sharing"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("given")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__lt=FURTHEST),
                name="grant_ends_in_the_calendar",
            ),
            models.CheckConstraint(
                condition=models.Q(consumed=None) | models.Q(one_time=True),
                name="only_one_time_grants_are_consumed",
            ),
            models.CheckConstraint(
                condition=models.Q(channel="mijn") | ~models.Q(employee=""),
                name="a_yes_written_down_names_who_did",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn__isnull=True) | models.Q(values__isnull=True),
                name="withdrawn_grant_has_no_values",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "subject", "-given"], name="grants_of_a_resident"),
            models.Index(
                fields=["municipality", "until"],
                condition=models.Q(values__isnull=False),
                name="grants_by_end",
            ),
            models.Index(
                fields=["municipality", "consumed"],
                condition=models.Q(values__isnull=False, consumed__isnull=False),
                name="grants_read_once",
            ),
            models.Index(
                fields=["municipality", "request"],
                condition=models.Q(request__isnull=False),
                name="grants_by_request",
            ),
            models.Index(
                fields=["municipality", "version"],
                condition=models.Q(values__isnull=False),
                name="living_grants_of_a_version",
            ),
            models.Index(
                F("municipality"),
                F("version"),
                Least("withdrawn", "consumed", "until"),
                condition=models.Q(values__isnull=True),
                name="ended_grants_of_a_version",
            ),
        ]


class GrantKey(TenantModel):
    """The key of one grant's values, wrapped; its deletion is the erasure."""

    grant = tenant_key(Grant)
    master = models.CharField(max_length=40)
    """The month and the master key it is wrapped under, e.g. "2026-11/2026-a"."""
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "grant"], name="one_key_a_grant")]
        indexes = [models.Index(fields=["municipality", "master"], name="grant_keys_by_month")]
