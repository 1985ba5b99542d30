"""The breakers' state, what a session fetched earlier, and what administrators change about connections."""

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


class KeptAnswer(TenantModel):
    """What a register answered in a live session, the last time that it did."""

    session = models.UUIDField()
    connection = models.UUIDField()
    what = models.CharField(max_length=30)
    """Which question it answers, of those that a page asks this connection."""
    sealed = models.BinaryField()
    """The records, under the session's own key, which is nowhere but in the browser's cookie."""
    fetched = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "session", "connection", "what"], name="one_kept_answer_a_question"
            )
        ]
        indexes = [models.Index(fields=["municipality", "fetched"], name="kept_answers_by_age")]


class ProposedConnection(TenantModel):
    """A connection as an administrator wants it, until a second one has looked at it."""

    connection = models.UUIDField(null=True)
    """The one that it replaces; None for a new one."""
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    base_url = models.URLField()
    credentials = models.BinaryField()
    """JSON, encrypted with the municipality's key."""
    parameters = models.JSONField(default=dict)
    by = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "connection"], name="one_proposal_a_connection"),
            models.UniqueConstraint(fields=["municipality", "kind", "name"], name="one_proposal_a_name"),
        ]


class ConnectionAct(TenantModel):
    """What an administrator did to a connection; never what was filled in."""

    class Kind(models.TextChoices):
        """What was done."""

        PROPOSED = "proposed"
        APPROVED = "approved"
        REJECTED = "rejected"
        SECRET = "secret"  # noqa: S105  # a kind of act
        SETTINGS = "settings"
        TESTED = "tested"
        ASKED = "asked"
        SWITCHED_OFF = "switched_off"
        SWITCHED_ON = "switched_on"
        CASE_TYPE = "case_type"

    connection = models.UUIDField()
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    by = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["municipality", "-at"], name="connection_acts_by_time")]
