"""A resident's application, from the first answer to the complete case; and what must be made of it."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class Application(TenantModel):
    """One form of one resident."""

    DRAFT, SENT, FILED = "draft", "sent", "filed"

    resident = tenant_key("accounts.Resident")
    kind = models.CharField(max_length=40)
    """Which form; see `kinds.py`."""
    state = models.CharField(max_length=5, default=DRAFT)
    content = models.BinaryField(null=True)
    """What was typed, and once sent what goes into the case; encrypted. None once the case is complete."""
    begun = models.DateTimeField()
    changed = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    filed = models.DateTimeField(null=True)
    """When the case was complete."""
    number = models.CharField(max_length=40, blank=True)
    """Of the case; given by us, so that the resident has it at once and the case can be found again."""
    promised = models.DateField(null=True)
    """The day by which the resident hears."""
    level = models.PositiveSmallIntegerField(default=0)
    """How sure it was who sent it."""
    connection = models.UUIDField(null=True)
    """The case system it goes to."""
    due = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    """Who makes its case now: whoever holds another one writes nothing any more."""
    leased_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True)
    """Why it waits, for operators; nothing of the resident."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "resident", "kind"],
                condition=models.Q(state="draft"),
                name="one_draft_of_a_kind",
            ),
            models.UniqueConstraint(
                fields=["municipality", "number"], condition=~models.Q(number=""), name="one_case_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft", sent=None, filed=None)
                | models.Q(state="sent", sent__isnull=False, filed=None, content__isnull=False)
                | models.Q(state="filed", sent__isnull=False, filed__isnull=False, content=None),
                name="application_is_where_it_says",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "resident", "-changed"], name="applications_of_a_resident"),
            models.Index(
                fields=["municipality", "due"], condition=models.Q(state="sent"), name="applications_due"
            ),
            models.Index(fields=["municipality", "state", "changed"], name="applications_by_age"),
        ]


class Write(TenantModel):
    """One record that must be made in the case system, in order; written when the application is sent."""

    application = tenant_key(Application)
    place = models.PositiveSmallIntegerField()
    piece = models.CharField(max_length=40)
    """"case", "role", "handler", "fact:…", "document", "enclosure" or "status"."""
    bsn = models.BinaryField(null=True)
    """Whose role it is; encrypted, on that one row, and gone as soon as the role is made."""
    attempted = models.DateTimeField(null=True)
    """When it was first sent. From then on it is looked for before it is made."""
    done = models.DateTimeField(null=True)
    url = models.CharField(max_length=1000, blank=True)
    """The address of what was made; empty where the case type does not want it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "application", "place"], name="one_write_a_place"
            ),
            models.CheckConstraint(
                condition=models.Q(done=None) | models.Q(bsn=None), name="no_bsn_once_written"
            ),
        ]
