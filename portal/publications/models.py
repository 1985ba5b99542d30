"""What was published, how far fetching is, and which addresses get mail of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from portal.municipalities.models import TenantModel

from .kinds import Kind


class Publication(TenantModel):
    """One official publication of the municipality; its text is on the national site."""

    identifier = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    title = models.CharField(max_length=500)
    day = models.DateField()
    postcodes = ArrayField(models.CharField(max_length=6), default=list)
    """Whole ones, and the four digits of each; empty where it is about no address."""
    places = ArrayField(models.CharField(max_length=60), default=list)
    url = models.CharField(max_length=200)
    seen = models.DateTimeField()
    """When it came here; what was mailed counts from that."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "identifier"], name="one_publication_a_name")
        ]
        indexes = [
            models.Index(fields=["municipality", "-day", "-identifier"], name="publications_by_day"),
            models.Index(fields=["municipality", "seen"], name="publications_by_coming"),
        ]


class Fetching(TenantModel):
    """How far fetching is, one row a municipality: a turn goes on where the last one stopped."""

    done_until = models.DateField(null=True)
    """All that the source changed up to and with this day was fetched."""
    asked_until = models.DateField(null=True)
    """The last day of what is being asked, while it has more pages."""
    position = models.PositiveIntegerField(default=1)
    whole_at = models.DateTimeField(null=True)
    """When nothing was left to fetch, last."""
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True)
    """Why it waits, for operators."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_fetching_a_municipality")]


class Subscription(TenantModel):
    """A mail address that gets what is new, once a day. Its id stands in the links of its own mails only.

    It belongs to whoever reads mail there, and to no resident.
    """

    address = models.BinaryField()
    """Encrypted; see `subscribing.py`."""
    key_id = models.UUIDField()
    hashed = models.BinaryField()
    """Keyed hash of the address, so that one address has one subscription."""
    kinds = ArrayField(models.CharField(max_length=10), default=list)
    """Empty: all."""
    postcode = models.CharField(max_length=6, blank=True)
    """Of four digits, or whole; empty: the whole municipality."""
    language = models.CharField(max_length=10)
    asked = models.DateTimeField()
    confirmed = models.DateTimeField(null=True)
    """When somebody followed the link in the mail; until then nothing else is sent."""
    due = models.DateTimeField(null=True)
    """When the next mail goes; None while it waits for its yes."""
    told_until = models.DateTimeField(null=True)
    """What came here up to then was mailed, or was not for this choice."""
    attempts = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "key_id", "hashed"],
                condition=models.Q(confirmed__isnull=False),
                name="one_subscription_an_address",
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "due"], name="subscriptions_due"),
            models.Index(fields=["municipality", "key_id", "hashed"], name="subscriptions_by_address"),
        ]
