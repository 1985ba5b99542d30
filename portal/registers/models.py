"""The breakers' state, shared by all processes; and what a session fetched earlier."""

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
