"""A document on its way from a resident to a case, and the parts that it came in."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .states import OVER, UNDER_WAY, State


class Upload(TenantModel):
    """One document of one resident, for one case."""

    resident = tenant_key("accounts.Resident")
    connection = models.UUIDField()
    """The case system."""
    zaak = models.UUIDField()
    """The id of the case there; it says nothing of what the case is about."""
    state = models.CharField(max_length=10, default=State.RECEIVING.value)
    held = models.BinaryField()
    """What it is called, its kind and its SHA-256; encrypted, see `held.py`."""
    fingerprint = models.BinaryField(null=True)
    """Keyed hash of its SHA-256, by which the same file is known again."""
    size = models.PositiveIntegerField(null=True)
    """Bytes; None while only the browser knows."""
    received = models.PositiveIntegerField(default=0)
    """Bytes that are here, without a gap from the first."""
    number = models.CharField(max_length=20, blank=True)
    """Of the receipt, and of the document in the register: by it, it is found again there."""
    begun = models.DateTimeField()
    changed = models.DateTimeField()
    sent = models.DateTimeField(null=True)
    """When all of it was here."""
    ended = models.DateTimeField(null=True)
    reason = models.CharField(max_length=20, blank=True)
    """Why it was refused or could not be added; see `words.py`."""
    due = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease = models.UUIDField(null=True)
    """Who works on it now: whoever holds another one writes nothing any more."""
    leased_until = models.DateTimeField(null=True)
    problem = models.CharField(max_length=100, blank=True)
    """Why it waits, for operators; nothing of the resident."""
    lock = models.CharField(max_length=100, blank=True)
    """What the register gave to write the parts of a large document with."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "resident", "zaak", "fingerprint"],
                condition=~models.Q(state__in=[State.REFUSED.value, State.FAILED.value]),
                name="one_upload_a_file_and_case",
            ),
            models.UniqueConstraint(
                fields=["municipality", "number"], condition=~models.Q(number=""), name="one_upload_a_number"
            ),
            models.CheckConstraint(
                condition=models.Q(state=State.RECEIVING.value, sent=None, ended=None)
                | models.Q(state__in=UNDER_WAY, sent__isnull=False, ended=None, received=models.F("size"))
                | models.Q(state__in=OVER, sent__isnull=False, ended__isnull=False),
                name="upload_is_where_it_says",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "resident", "-begun"], name="uploads_of_a_resident"),
            models.Index(
                fields=["municipality", "due"],
                condition=models.Q(state__in=UNDER_WAY),
                name="uploads_due",
            ),
            models.Index(fields=["municipality", "state", "changed"], name="uploads_by_age"),
        ]


class UploadPart(TenantModel):
    """A part of the file itself, encrypted; gone as soon as the document is with its case, or refused."""

    upload = tenant_key(Upload)
    place = models.PositiveSmallIntegerField()
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "upload", "place"], name="one_part_a_place")
        ]
