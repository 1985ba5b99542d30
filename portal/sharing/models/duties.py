"""What must happen later."""

from django.db import models
from django.utils import timezone

from portal.municipalities.models import TenantModel, tenant_key

from .consumers import Consumer
from .grants import Grant
from .purposes import PurposeVersion
from .requests import Request


class Duty(TenantModel):
    """What must happen later, in the act's own transaction: tell a consumer, list an erasure, ask anew.

    What a consumer must be told is also a line of its feed, in the order of `number`.
    """

    TELL_CONSUMER = "tell_consumer"
    LIST_ERASURE = "list_erasure"
    ASK_ANEW = "ask_anew"

    kind = models.CharField(max_length=20)
    grant = tenant_key(Grant, null=True)
    """None when it is about a question that led to none."""
    request = tenant_key(Request, null=True)
    """The consumer's question that it is about."""
    consumer = tenant_key(Consumer, null=True)
    """Who must be told; None where nobody is."""
    version = tenant_key(PurposeVersion, null=True)
    """The text whose yeses no longer do, where residents must be asked anew."""
    reached = models.UUIDField(null=True)
    """The last of its grants that was looked at."""
    since = models.DateTimeField(default=timezone.now)
    number = models.PositiveBigIntegerField(null=True)
    """Its place in the consumer's feed; given after the commit, so nothing comes before what was read."""
    event = models.CharField(max_length=40, blank=True)
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    failed = models.DateTimeField(null=True)
    """When telling was given up, a day long tried; it stays in the feed, and operators see it."""
    confirmed = models.DateTimeField(null=True)
    """When the consumer said that it erased what it had."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "consumer", "number"], name="one_event_a_number"),
            models.CheckConstraint(
                condition=models.Q(grant__isnull=False)
                | models.Q(request__isnull=False)
                | models.Q(version__isnull=False),
                name="duty_is_about_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "consumer"],
                condition=models.Q(number=None, consumer__isnull=False),
                name="events_without_a_number",
            ),
            models.Index(
                fields=["municipality", "due"],
                condition=models.Q(done=None, failed=None),
                name="duties_to_do",
            ),
            models.Index(
                fields=["municipality", "since"],
                condition=models.Q(failed__isnull=False),
                name="duties_given_up",
            ),
            models.Index(
                fields=["municipality", "since"],
                condition=models.Q(confirmed=None, event__in=("ingetrokken", "verlopen", "verbruikt")),
                name="erasures_not_confirmed",
            ),
            models.Index(
                fields=["municipality", "since"],
                condition=models.Q(kind="list_erasure", done=None),
                name="erasures_not_listed",
            ),
            models.Index(fields=["municipality", "grant"], name="duties_of_a_grant"),
            models.Index(
                fields=["municipality", "request"],
                condition=models.Q(request__isnull=False),
                name="duties_of_a_request",
            ),
        ]
