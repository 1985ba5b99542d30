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
    public_key = models.TextField()
    """PEM of the Ed25519 key it signs its calls with."""
    events_url = models.URLField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PUBLIC)
    oin = models.CharField(max_length=20, blank=True)
    """Organisatie-identificatienummer, where it has one."""
    purposes = models.JSONField(default=list)
    """Slugs of the purposes it may ask for and read under."""
    return_urls = models.JSONField(default=list)
    """Where a resident may be sent back to after answering; exactly these addresses."""
    blocked = models.DateTimeField(null=True)
    """Since when it gets nothing: by an officer, or because it passed its daily limit."""

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


class Muted(TenantModel):
    """A resident no longer wants to be asked by a consumer; the consumer is not told."""

    subject = tenant_key("accounts.Resident")
    consumer = tenant_key(Consumer)
    since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "subject", "consumer"], name="muted_once")
        ]
