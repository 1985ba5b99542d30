"""Teams of employees, and what they are busy with; only teams are of no municipality's own tables."""

from django.contrib.auth.models import Group
from django.db import models

from portal.municipalities.models import Municipality, TenantModel, tenant_key
from portal.sharing.models import Grant, PurposeVersion


class Team(models.Model):
    """A group of staff that works for one municipality; who is in it follows the organisation's provider.

    A global table: it tells which municipality to put in force. Nothing of residents is in it.
    """

    group = models.OneToOneField(Group, on_delete=models.CASCADE, related_name="+")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=100)
    """What residents read, such as "Klantcontact"."""
    may_record = models.BooleanField(default=False)
    """Whether it helps residents without a device, and so looks them up."""
    may_oversee = models.BooleanField(default=False)
    """Whether it sees which employees are locked, and unlocks them."""


class Employee(TenantModel):
    """Somebody of a team, as this municipality knows them; locked while their row is."""

    account = models.PositiveBigIntegerField()
    """The Django user; no key, since those are of no municipality."""
    name = models.CharField(max_length=150)
    team = models.CharField(max_length=100)
    function = models.CharField(max_length=100, blank=True)
    """What residents read beside name and team, such as "Medewerker klantcontact"; an overseer writes it."""
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    wrong_since = models.DateTimeField(null=True)
    """When the first of them was typed; an hour later they no longer count."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "account"], name="one_employee_an_account")
        ]


class Lock(TenantModel):
    """An employee typed too many wrong codes; holds an hour, or until an officer lifts it."""

    employee = tenant_key(Employee)
    at = models.DateTimeField()
    lifted = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        indexes = [models.Index(fields=["municipality", "employee", "-at"], name="locks_of_an_employee")]


ENDED_BY = ["resident", "employee", "session"]


class Handover(TenantModel):
    """A resident shows an employee what they chose: first a code, then a name on screen, then their press."""

    class State(models.TextChoices):
        WAITING = "waiting"
        """The code is out; nobody typed it."""
        CLAIMED = "claimed"
        """An employee typed it, and waits for the resident."""
        SHOWN = "shown"
        """The resident pressed: a grant came of it, which alone says how long."""
        ENDED = "ended"

    class EndedBy(models.TextChoices):
        RESIDENT = "resident"
        """Stopped, said no, or threw the code away."""
        EMPLOYEE = "employee"
        SESSION = "session"
        """The resident signed out, or was away too long."""

    subject = tenant_key("accounts.Resident")
    session = models.UUIDField()
    """The resident's live session; it ends with it."""
    version = tenant_key(PurposeVersion)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    code_hash = models.CharField(max_length=64, null=True)
    """Keyed hash of the six digits; None once used or over. The digits are kept by the resident's browser."""
    values = models.BinaryField(null=True)
    """Encrypted; None once shown (then they are the grant's) or over."""
    employee = tenant_key(Employee, null=True)
    grant = tenant_key(Grant, null=True)
    ended_by = models.CharField(max_length=8, choices=EndedBy, blank=True)
    """Who ended it; empty while it lasts, and where the time did."""
    made = models.DateTimeField()
    until = models.DateTimeField()
    """Ten minutes after it was made; once shown ten minutes after that."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "code_hash"],
                condition=models.Q(code_hash__isnull=False),
                name="one_handover_a_living_code",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "claimed", "shown", "ended"]),
                name="handover_in_a_known_state",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_by="") | models.Q(state="ended", ended_by__in=ENDED_BY),
                name="handover_ended_by_somebody_known",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "session"], name="handovers_of_a_session"),
            models.Index(fields=["municipality", "until"], name="handovers_by_end"),
            models.Index(
                fields=["municipality", "grant"],
                condition=models.Q(grant__isnull=False),
                name="handovers_by_grant",
            ),
        ]


class Help(TenantModel):
    """An employee helps a resident without a device: who, why, how it was checked who it is."""

    employee = tenant_key(Employee)
    subject = tenant_key("accounts.Resident")
    channel = models.CharField(max_length=8)
    """counter, phone or paper."""
    reason = models.CharField(max_length=12)
    person = models.BinaryField(null=True)
    """Encrypted: what the BRP says, to compare and to give; gone when the help is over."""
    draft = models.BinaryField(null=True)
    """Encrypted: what was chosen and read aloud, before the yes; likewise."""
    document = models.CharField(max_length=12, blank=True)
    document_end = models.CharField(max_length=4, blank=True)
    """The last characters of the document's number; no copy is made."""
    checked = models.DateTimeField(null=True)
    said_no = models.JSONField(default=list)
    """Purpose, version and moment of each no."""
    begun = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["municipality", "begun"], condition=models.Q(ended=None), name="help_under_way"
            )
        ]
