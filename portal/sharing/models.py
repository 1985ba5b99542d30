"""What is kept of sharing. Rows that may not change are guarded by triggers in the migrations."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .states import State


class Purpose(TenantModel):
    """Why attributes are asked; its texts live in its versions."""

    slug = models.SlugField(max_length=60, db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "slug"], name="one_purpose_a_slug")]


class PurposeVersion(TenantModel):
    """A published version. Never updated or deleted: the database refuses."""

    purpose = tenant_key(Purpose)
    number = models.PositiveIntegerField()
    content = models.JSONField()
    content_hash = models.CharField(max_length=64)
    published = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "purpose", "number"], name="one_version_a_number")
        ]


class Sharing(TenantModel):
    """One going through explanation, choice, proof and yes or no; its id is in the address."""

    actor = tenant_key("accounts.Resident")
    """Who presses the buttons."""
    subject = tenant_key("accounts.Resident")
    """Whose data it is; equal to the actor until somebody may act for another."""
    version = tenant_key(PurposeVersion)
    session = models.UUIDField()
    """The live session it was begun in; no other session can go on with it."""
    state = models.CharField(max_length=10, default=State.BEGUN)
    language = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    chosen = models.JSONField(default=list)
    begun = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=list(State)), name="sharing_in_a_known_state")
        ]
        indexes = [
            # Looked through each second for what led nowhere; what was agreed to stays for years.
            models.Index(
                fields=["municipality", "begun"],
                condition=~models.Q(state=State.AGREED),
                name="sharings_by_time",
            )
        ]


class Disclosure(TenantModel):
    """One act of proof: a wallet session, or an address confirmed by a code. Not consent.

    Lives until yes or no, at most fifteen minutes; the values in it are unconfirmed.
    """

    sharing = tenant_key(Sharing)
    way = models.CharField(max_length=12)
    """"other_device", "this_device" or "typed"."""
    wallet_session = models.BinaryField(null=True)
    """Encrypted: holds the requestor's secret token."""
    wrong_pairings = models.PositiveSmallIntegerField(default=0)
    return_reference = models.CharField(max_length=64, blank=True)
    """SHA-256 of the one-time reference in the address the app returns to."""
    returned = models.BooleanField(default=False)
    values = models.BinaryField(null=True)
    """Encrypted: the proven values."""
    code = models.BinaryField(null=True)
    """Encrypted: the code that was sent."""
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=20, blank=True)
    """Why it ended without proof: declined, timed_out, expired, other_person, …"""
    begun = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sharing"], name="one_disclosure_a_sharing")
        ]
        indexes = [models.Index(fields=["municipality", "begun"], name="disclosures_by_time")]


class Grant(TenantModel):
    """A resident's yes to one purpose version, from–until, for chosen attributes."""

    sharing = tenant_key(Sharing)
    subject = tenant_key("accounts.Resident")
    actor = tenant_key("accounts.Resident")
    version = tenant_key(PurposeVersion)
    consumer = tenant_key("sharing.Consumer")
    chosen = models.JSONField()
    way = models.CharField(max_length=12)
    language = models.CharField(max_length=10)
    level = models.CharField(max_length=20)
    given = models.DateTimeField()
    until = models.DateTimeField(null=True)
    """The first moment it no longer holds; None: until stopped."""
    withdrawn = models.DateTimeField(null=True)
    values = models.BinaryField(null=True)
    """Under the grant's own key; None once erased."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "sharing"], name="one_grant_a_sharing"),
            models.CheckConstraint(
                condition=models.Q(until__isnull=True) | models.Q(until__gt=models.F("given")),
                name="grant_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn__isnull=True) | models.Q(values__isnull=True),
                name="withdrawn_grant_has_no_values",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "subject", "-given"], name="grants_of_a_resident"),
            models.Index(
                fields=["municipality", "until"],
                condition=models.Q(values__isnull=False),
                name="grants_by_end",
            ),
        ]


class GrantKey(TenantModel):
    """The key of one grant's values, wrapped; its deletion is the erasure."""

    grant = tenant_key(Grant)
    master = models.CharField(max_length=20)
    wrapped = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "grant"], name="one_key_a_grant")]


class Consumer(TenantModel):
    """A professional's system that receives what residents share."""

    slug = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(max_length=200)
    public_key = models.TextField()
    """PEM of the Ed25519 key it signs its calls with."""
    events_url = models.URLField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "slug"], name="one_consumer_a_slug")]


class UsedAssertion(TenantModel):
    """A consumer's signed call that was taken once; a second time is a replay."""

    consumer = tenant_key(Consumer)
    jti = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "consumer", "jti"], name="one_use_an_assertion")
        ]
        indexes = [models.Index(fields=["municipality", "until"], name="assertions_by_end")]


class LedgerHead(TenantModel):
    """How many entries the municipality's act log has; locked while one is added."""

    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_ledger_a_municipality")]


class LedgerEntry(TenantModel):
    """One act in the log. Never updated or deleted: the database refuses."""

    position = models.PositiveBigIntegerField()
    leaf = models.BinaryField()
    """SHA-256(0x00 ‖ commitment), as RFC 9162 hashes a leaf."""
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "position"], name="one_entry_a_position")
        ]


class ActRecord(TenantModel):
    """What an entry commits to, beside the log: who, what, when; and the salt that binds the two."""

    entry = tenant_key(LedgerEntry)
    grant = tenant_key(Grant)
    act = models.CharField(max_length=20)
    payload = models.JSONField()
    salt = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "entry"], name="one_record_an_entry")]
        indexes = [models.Index(fields=["municipality", "grant"], name="acts_of_a_grant")]


class Duty(TenantModel):
    """What must happen later, written in the act's own transaction: tell a consumer, list an erasure."""

    TELL_CONSUMER = "tell_consumer"
    LIST_ERASURE = "list_erasure"

    kind = models.CharField(max_length=20)
    grant = tenant_key(Grant)
    event = models.CharField(max_length=40, blank=True)
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    confirmed = models.DateTimeField(null=True)
    """When the consumer said that it erased what it had."""

    class Meta:
        indexes = [
            models.Index(fields=["municipality", "due"], condition=models.Q(done=None), name="duties_due"),
            models.Index(fields=["municipality", "grant"], name="duties_of_a_grant"),
        ]
