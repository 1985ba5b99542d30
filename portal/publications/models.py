"""What was published, how far fetching is, and who gets mail of it."""

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
