"""The act log: a tree of hashes that never change, beside it what they commit to, and its signed heads."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key

from .grants import Grant


class LedgerHead(TenantModel):
    """Where the municipality's act log stands; locked while an entry is added."""

    size = models.PositiveBigIntegerField(default=0)
    hashes = models.BinaryField(default=b"")
    """Of the perfect subtrees of this size, largest first, 32 bytes each: adding reads nothing else."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality"], name="one_ledger_a_municipality")]


class LedgerEntry(TenantModel):
    """One leaf of the tree. Never updated or deleted: the database refuses."""

    position = models.PositiveBigIntegerField()
    leaf = models.BinaryField()
    """SHA-256(0x00 ‖ commitment), as RFC 9162 hashes a leaf."""
    day = models.DateField()
    """When it was added. The moment stands in the commitment only: else it would tie the leaf to its act."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "position"], name="one_entry_a_position")
        ]
        indexes = [models.Index(fields=["municipality", "leaf"], name="entries_by_leaf")]


class LedgerNode(TenantModel):
    """The hash of a perfect subtree of 2 ** level leaves, level 1 and up; made when its last leaf came in."""

    last = models.PositiveBigIntegerField()
    """The position of its last leaf. With the level it says which subtree it is."""
    level = models.PositiveSmallIntegerField()
    hash = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "last", "level"], name="one_hash_a_subtree")
        ]


class RecordKey(TenantModel):
    """The key that the salts of one grant's acts derive from, under the municipality's own key.

    Destroyed when the accountability term is over: then nothing ties the entries to anybody any more.
    """

    grant = tenant_key(Grant)
    wrapped = models.BinaryField()
    created = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "grant"], name="one_record_key_a_grant")
        ]
        indexes = [models.Index(fields=["municipality", "created"], name="record_keys_by_age")]


class ActRecord(TenantModel):
    """What an entry commits to, beside the log: who, what, when."""

    entry = tenant_key(LedgerEntry)
    grant = tenant_key(Grant)
    act = models.CharField(max_length=20)
    payload = models.JSONField()
    salt = models.BinaryField(null=True)
    """Only of acts from before there were record keys."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "entry"], name="one_record_an_entry")]
        indexes = [models.Index(fields=["municipality", "grant"], name="acts_of_a_grant")]


class ForgottenUse(TenantModel):
    """What is left of a use whose grant's term is over: its hash, by which its sealed day can be checked.

    Has the id of the use, which the order within the day follows. Never updated or deleted.
    """

    day = models.DateField()
    leaf = models.BinaryField()
    """As the day was sealed with it. Its grant's random id is in it, so it cannot be guessed back."""

    class Meta:
        indexes = [models.Index(fields=["municipality", "day", "id"], name="forgotten_uses_by_day")]


class ToNote(TenantModel):
    """What was forgotten of one grant, until the log's next note says so for all of them together."""

    term = models.CharField(max_length=8)
    """ISO 8601, such as "P5Y"."""
    positions = models.JSONField()
    """Of its entries."""
    uses = models.JSONField()
    """How many of its uses went, by day."""


class LogRecord(TenantModel):
    """What an entry commits to that is not of one resident: a day's uses, records forgotten, acts lost."""

    DAY = "day"
    FORGOTTEN = "forgotten"
    LOST = "lost"

    entry = tenant_key(LedgerEntry)
    kind = models.CharField(max_length=10)
    day = models.CharField(max_length=10, blank=True)
    """The day whose uses are sealed, as 2026-11-24."""
    payload = models.JSONField()
    salt = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "entry"], name="one_log_record_an_entry"),
            models.UniqueConstraint(
                fields=["municipality", "day"], condition=~models.Q(day=""), name="a_day_is_sealed_once"
            ),
        ]


class SignedHead(TenantModel):
    """The municipality's word on what its log was at a moment. Never changes."""

    size = models.PositiveBigIntegerField()
    root = models.BinaryField()
    at = models.DateTimeField()
    """Whole seconds."""
    key = models.CharField(max_length=40)
    """Which of the municipality's signing keys."""
    signature = models.BinaryField()

    @property
    def root_in_hex(self) -> str:
        return bytes(self.root).hex()

    class Meta:
        constraints = [
            # After acts were lost, a size can come by twice; at another time.
            models.UniqueConstraint(fields=["municipality", "size", "at"], name="one_head_a_size_and_time")
        ]
        indexes = [models.Index(fields=["municipality", "-at"], name="heads_by_time")]


class Deposit(TenantModel):
    """A signed head that must come to lie outside the database: in the heads file, with the second party."""

    FILE = "file"
    WITNESS = "witness"

    head = tenant_key(SignedHead)
    to = models.CharField(max_length=8)
    due = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "head", "to"], name="deposited_once")]
        indexes = [
            models.Index(fields=["municipality", "due"], condition=models.Q(done=None), name="deposits_due")
        ]


class Restore(TenantModel):
    """The database turned out to be older than what is outside it: no use is allowed until it is lifted."""

    found = models.DateTimeField()
    why = models.CharField(max_length=300)
    lifted = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=models.Q(lifted=None), name="one_open_restore"
            )
        ]
