"""A notice, and the letter that goes in its place."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .kinds import Kind


class State(models.TextChoices):
    """How a notice stands."""

    QUEUED = "queued"
    SENT = "sent"
    """The mail server took it."""
    BOUNCED = "bounced"
    """It came back; a letter goes in its place."""
    DEAD = "dead"
    """It could not be sent for a day; a letter goes in its place."""
    BY_LETTER = "by_letter"
    """The resident did not choose mail for this kind."""


class Notice(TenantModel):
    """That a resident must hear of something; written in the act's own transaction."""

    subject = tenant_key("accounts.Resident")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Kind])
    answer_by = models.DateField(null=True)
    """The last day for what is asked; None when nothing is."""
    cause = models.UUIDField(null=True)
    """What it is about, as whoever told it knows it; the same cause and kind are told once."""
    state = models.CharField(max_length=10, choices=State, default=State.QUEUED)
    language = models.CharField(max_length=10, blank=True)
    """In which it was sent."""
    address = models.BinaryField(null=True)
    """Where who told it knows it goes, encrypted; until it is out."""
    made = models.DateTimeField()
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    sent = models.DateTimeField(null=True)
    came_back = models.DateTimeField(null=True)
    why = models.CharField(max_length=40, blank=True)
    """The mail server's status when it did not arrive, such as 5.1.1; never an address."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "kind", "cause"],
                condition=models.Q(cause__isnull=False),
                name="one_notice_a_cause",
            ),
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="notice_in_a_known_state"),
            models.CheckConstraint(
                condition=models.Q(address=None) | models.Q(state=State.QUEUED),
                name="a_notice_that_is_out_keeps_no_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "due"], condition=models.Q(state=State.QUEUED), name="notices_due"
            ),
            models.Index(fields=["municipality", "subject", "-due"], name="notices_of_a_resident"),
            models.Index(fields=["municipality", "made"], name="notices_by_age"),
        ]


class Letter(TenantModel):
    """A notice on paper, perhaps with a receipt in the same envelope: the one queue of all that goes by post.

    Whom it goes to is looked up before it is printed, kept encrypted until it is in the post, and gone then.
    """

    QUEUED, HANDED_OVER, SENT = "queued", "handed_over", "sent"

    class Trouble(models.TextChoices):
        """Why it cannot be printed now."""

        NO_ADDRESS = "no_address"
        """The BRP does not know it, or gave no answer."""
        NOT_LISTED = "not_listed"
        """Nobody on the list of inhabitants is whom it is for."""
        TOO_OLD = "too_old"
        """The address was kept as long as it may be, and nobody printed it."""

    notice = tenant_key(Notice)
    subject = tenant_key("accounts.Resident")
    kind = models.CharField(max_length=10)
    receipt = models.UUIDField(null=True)
    """The receipt that goes along; no key, since notices know nothing of sharing."""
    state = models.CharField(max_length=12, default=QUEUED)
    address = models.BinaryField(null=True)
    """Encrypted: name and address, as the BRP gave them."""
    addressed = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, blank=True, choices=Trouble)
    queued = models.DateTimeField()
    handed_over = models.DateTimeField(null=True)
    """When who prints took it."""
    taken_by = models.CharField(max_length=40, blank=True)
    """Who prints it: the number of an employee's account, or "print-room"; nobody else gets it on paper."""
    sent = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "notice"],
                condition=models.Q(receipt=None),
                name="one_letter_a_notice",
            ),
            models.UniqueConstraint(
                fields=["municipality", "receipt"],
                condition=models.Q(receipt__isnull=False),
                name="one_letter_a_receipt",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["queued", "handed_over", "sent"]),
                name="letter_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(address=None) | ~models.Q(state="sent"),
                name="a_sent_letter_keeps_no_address",
            ),
        ]
        indexes = [
            models.Index(
                fields=["municipality", "queued"],
                condition=~models.Q(state="sent"),
                name="letters_on_their_way",
            ),
            models.Index(fields=["municipality", "notice"], name="letters_of_a_notice"),
        ]
