"""Residents, their sessions, and sign-ins under way; all of one municipality."""

from django.db import models

from portal.municipalities.models import ConnectionRow, TenantModel, tenant_key


class Resident(TenantModel):
    """Somebody who signed in here: a random id, and when that was."""

    visited = models.DateTimeField(null=True)
    """So that the next visit can tell what is new."""
    let_in = models.DateTimeField(null=True)
    """When the register at the door last let them in; empty after a refusal, and once it is too long ago."""

    class Meta:
        indexes = [
            models.Index(
                fields=["municipality", "let_in"],
                name="residents_let_in",
                condition=models.Q(let_in__isnull=False),
            )
        ]


class ResidentLookup(TenantModel):
    """Finds a resident by the keyed hash of a BSN; several rows while a key rotates."""

    key_id = models.UUIDField()
    hashed = models.BinaryField()
    resident = tenant_key(Resident)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "key_id", "hashed"], name="one_resident_a_bsn")
        ]
        indexes = [models.Index(fields=["municipality", "resident"], name="lookups_of_a_resident")]


class ResidentSession(TenantModel):
    """A live sign-in. What it holds of the person is encrypted, and goes with it."""

    token_hash = models.CharField(max_length=64)
    """SHA-256 of the cookie's random value."""
    actor = tenant_key(Resident)
    """Who is at the keys."""
    subject = tenant_key(Resident)
    """Whose data it is; another than the actor only by a mandate."""
    mandate = models.CharField(max_length=5, blank=True)
    """How far it goes (`mandates.Reach`); empty for who comes for themselves."""
    level = models.PositiveSmallIntegerField()
    bsn = models.BinaryField()
    """Of the subject."""
    name = models.BinaryField()
    """Of the actor."""
    subject_name = models.BinaryField(null=True)
    """Of the subject, where it is another."""
    provider = models.UUIDField()
    """The connection that it came by."""
    provider_session = models.CharField(max_length=64, blank=True)
    """SHA-256 of the provider's `sid`, for sign-out from their side."""
    provider_subject = models.CharField(max_length=64)
    """SHA-256 of the provider's `sub`, likewise."""
    created = models.DateTimeField()
    last_active = models.DateTimeField()
    previous_visit = models.DateTimeField(null=True)
    """When this resident signed in before; none at the first time."""
    on_earlier_word = models.BooleanField(default=False)
    """The register at the door gave no answer, and had let this resident in a short while before."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "token_hash"], name="one_session_a_token"),
            models.CheckConstraint(
                condition=models.Q(mandate="", actor=models.F("subject"))
                | (~models.Q(mandate="") & ~models.Q(actor=models.F("subject"))),
                name="for_another_by_a_mandate_only",
            ),
        ]
        indexes = [
            models.Index(fields=["municipality", "last_active"], name="sessions_by_activity"),
            models.Index(fields=["municipality", "provider_session"], name="sessions_of_provider"),
            models.Index(fields=["municipality", "provider_subject"], name="sessions_of_subject"),
        ]


class SignIn(TenantModel):
    """A sign-in under way: what must come back from the provider, in which browser. Used once."""

    state_hash = models.CharField(max_length=64)
    browser_hash = models.CharField(max_length=64)
    nonce = models.CharField(max_length=64)
    verifier = models.BinaryField()
    """PKCE; encrypted."""
    connection = tenant_key(ConnectionRow)
    next_path = models.CharField(max_length=500)
    begun = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "state_hash"], name="one_signin_a_state")
        ]
        indexes = [models.Index(fields=["municipality", "begun"], name="signins_by_time")]


class SeenLogoutToken(TenantModel):
    """A back-channel logout token that was taken once."""

    jti_hash = models.CharField(max_length=64)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["municipality", "jti_hash"], name="one_logout_a_token")
        ]
