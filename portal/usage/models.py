"""One row for each reading, written in the reading's own transaction; and what follows from it."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class Basis(models.TextChoices):
    """Why a use was allowed."""

    GRANT = "grant"
    LAW = "law"


class Use(TenantModel):
    """Somebody read something of a resident."""

    subject = tenant_key("accounts.Resident")
    grant_id = models.UUIDField(null=True)
    """The grant it was read under; no key, since usage knows nothing of sharing."""
    who = models.CharField(max_length=200)
    """The team or organisation, never an employee's name."""
    purpose = models.CharField(max_length=200)
    ground = models.CharField(max_length=300)
    what = models.JSONField(default=list)
    """Names of the attributes that were read, never their values."""
    labels = models.JSONField(default=list)
    """The same as a resident reads them, in Dutch; the names are shown where this is empty."""
    at = models.DateTimeField()
    consumer_id = models.UUIDField(null=True)
    """The system that read; no key, as above."""
    basis = models.CharField(max_length=5, choices=Basis, default=Basis.GRANT)
    activity = models.CharField(max_length=300, blank=True)
    """The address of the purpose version: the processing activity in the sense of LDV."""
    zaak = models.CharField(max_length=100, blank=True)
    """The running case that a use by law names."""
    trace = models.CharField(max_length=32, blank=True)
    span = models.CharField(max_length=16, blank=True)
    """The caller's W3C trace context."""
    call = models.CharField(max_length=64, blank=True)
    """SHA-256 of the caller's Idempotency-Key: the same call again is the same use."""

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "consumer_id", "call"],
                condition=~models.Q(call=""),
                name="one_use_a_call",
            )
        ]
        indexes = [
            models.Index(fields=["municipality", "subject", "-at"], name="uses_of_a_resident"),
            models.Index(fields=["municipality", "grant_id", "-at"], name="uses_of_a_grant"),
            models.Index(fields=["municipality", "consumer_id", "-at"], name="uses_by_a_consumer"),
            models.Index(fields=["municipality", "at"], name="uses_by_day"),  # each day is sealed
        ]


class LdvLine(TenantModel):
    """That a use must be logged in the Logboek Dataverwerkingen; the database makes one with each use."""

    use = tenant_key(Use)
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)
    """When the log said that it has the line."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "use"], name="one_line_a_use")]
        indexes = [
            models.Index(
                fields=["municipality", "due"], condition=models.Q(confirmed=None), name="ldv_lines_due"
            )
        ]


class UseQuestion(TenantModel):
    """What a resident asks about a use, and the privacy officer's answer."""

    OPEN, ANSWERED = "open", "answered"

    subject = tenant_key("accounts.Resident")
    use = tenant_key(Use)
    state = models.CharField(max_length=8, default=OPEN)
    text = models.BinaryField()
    """Encrypted with the municipality's key."""
    asked = models.DateTimeField()
    answer_by = models.DateField()
    answer = models.BinaryField(null=True)
    """Encrypted, likewise."""
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    """The officer's name; for the officers, never for residents."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "use"], name="one_question_a_use"),
            models.CheckConstraint(
                condition=models.Q(state="open", answer=None)
                | models.Q(state="answered", answer__isnull=False),
                name="an_answered_question_has_its_answer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "answer_by"],
                condition=models.Q(state="open"),
                name="open_questions_by_day",
            )
        ]
