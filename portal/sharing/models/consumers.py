"""Professionals' systems, and what they may do no second time."""

from django.db import models

from portal.municipalities.models import TenantModel, tenant_key


class Kind(models.TextChoices):
    """Who runs a consumer; a private one never gets a BSN."""

    PUBLIC = "public"
    PRIVATE = "private"


class Consumer(TenantModel):
    """A professional's system that receives what residents share."""

    slug = models.SlugField(max_length=60, db_index=False)
    name = models.CharField(max_length=200)
    jwks = models.JSONField(default=dict)
    """The public keys that it signs with (RFC 7517); several while it changes them."""
    events_url = models.URLField(blank=True)
    """Where it hears what happened; empty for who asks for it."""
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PUBLIC)
    oin = models.CharField(max_length=20, blank=True)
    """Organisatie-identificatienummer, where it has one."""
    purposes = models.JSONField(default=list)
    """Slugs of the purposes it may ask for and read under."""
    return_urls = models.JSONField(default=list)
    """Where a resident may be sent back to after answering; exactly these addresses."""
    blocked = models.DateTimeField(null=True)
    """Since when it gets nothing: by an officer, or because it passed its daily limit."""
    blocked_why = models.CharField(max_length=200, blank=True)
    """For officers and operators; the consumer is not told."""
    daily_limit = models.PositiveIntegerField(default=200)
    """How many uses by law it may make in a day; one more blocks it."""
    last_event = models.PositiveBigIntegerField(default=0)
    """The highest number that its feed ever gave out; events are forgotten, and no number comes back."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "slug"], name="one_consumer_a_slug")]


class ConsumerChange(TenantModel):
    """What an officer wanted of a consumer, and who agreed.

    The database refuses to change what is decided, and one and the same person for both where the consumer
    can do more by it.
    """

    slug = models.SlugField(max_length=60, db_index=False)
    """Of the consumer, which need not be there yet."""
    before = models.JSONField(null=True)
    """As it was when this was wanted; nothing for a new one."""
    wanted = models.JSONField()
    widens = models.BooleanField()
    """Whether the consumer could do or hear more by it."""
    by = models.PositiveBigIntegerField()
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    agreed = models.BooleanField(null=True)
    """None while it waits."""
    decided = models.DateTimeField(null=True)
    decided_by = models.PositiveBigIntegerField(null=True)
    decided_by_name = models.CharField(max_length=150, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                condition=models.Q(decided=None),
                name="one_open_change_a_consumer",
            ),
            models.CheckConstraint(
                condition=models.Q(agreed=None, decided=None, decided_by=None)
                | models.Q(agreed__isnull=False, decided__isnull=False, decided_by__isnull=False),
                name="a_change_is_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(agreed=True, widens=True, decided_by=models.F("by")),
                name="two_people_let_a_consumer_do_more",
            ),
        ]
        indexes = [models.Index(fields=["municipality", "slug", "-at"], name="changes_of_a_consumer")]


class AccessToken(TenantModel):
    """What a consumer got for its signature: for some minutes it may do what the scopes say."""

    consumer = tenant_key(Consumer)
    hashed = models.CharField(max_length=64)
    """SHA-256 of the token; the token itself is kept by nobody but the consumer."""
    scopes = models.JSONField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "hashed"], name="one_row_a_token")]
        indexes = [models.Index(fields=["municipality", "until"], name="tokens_by_end")]


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


class Muted(TenantModel):
    """A resident no longer wants to be asked by a consumer; the consumer is not told."""

    subject = tenant_key("accounts.Resident")
    consumer = tenant_key(Consumer)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "subject", "consumer"], name="muted_once")
        ]
