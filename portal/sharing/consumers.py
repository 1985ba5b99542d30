"""Who is calling: a consumer signs with its own key, once, for a token that lives some minutes.

`proved` is the signature (RFC 7523: `private_key_jwt`), `issue` the token for it, `access` what a token is
good for. Scopes name a verb and a purpose, and no consumer gets one of a purpose that is not its own.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, TypeGuard

import jwt
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality

from .models import AccessToken, Consumer, UsedAssertion

ALGORITHMS = ("EdDSA", "ES256", "PS256")
"""With a key on each side, as the NL GOV profile for OAuth wants; never a shared secret, never none."""
LONGEST = timedelta(seconds=120)
"""How long a consumer's signed assertion may live."""
TOKEN_LIVES = timedelta(minutes=10)
LARGEST = 4096  # characters of an assertion or a token

ASK, READ_STATE, USE, USE_BY_LAW = (
    "toestemming:vragen", "toestemming:lezen", "toestemming:gebruiken", "wettelijk:gebruiken",
)  # fmt: skip
VERBS = (ASK, READ_STATE, USE, USE_BY_LAW)


class NotAuthenticated(Exception):
    """The call does not prove which consumer makes it; the reason is not told."""


@dataclass(frozen=True, slots=True)
class Access:
    """Who calls, and what for."""

    consumer: Consumer
    scopes: Collection[str]

    def purposes(self, verb: str) -> set[str]:
        """The slugs of the purposes that this call may do something for."""
        return {slug for name, _colon, slug in (one.rpartition(":") for one in self.scopes) if name == verb}


def scopes_of(consumer: Consumer) -> list[str]:
    """All that a consumer can get, in a fixed order."""
    return sorted(f"{verb}:{slug}" for verb in VERBS for slug in consumer.purposes)


def proved(assertion: str, audience: str) -> Consumer:
    """The consumer that signed an assertion, which counts once. Raises NotAuthenticated."""
    if not assertion or len(assertion) > LARGEST:
        raise NotAuthenticated
    try:
        claimed = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
        consumer = Consumer.objects.filter(slug=claimed).first() if _is_word(claimed) else None
        if consumer is None:
            raise NotAuthenticated
        key = _key(consumer.jwks, jwt.get_unverified_header(assertion))
        claims = jwt.decode(
            assertion,
            key,
            algorithms=[key.algorithm_name],
            audience=audience,
            issuer=consumer.slug,
            subject=consumer.slug,
            leeway=5,
            options={"require": ["exp", "iat", "jti", "aud", "iss", "sub"], "strict_aud": True},
        )
        until = datetime.fromtimestamp(claims["exp"], UTC)
    except (jwt.PyJWTError, ValueError, TypeError, ArithmeticError, RecursionError):
        raise NotAuthenticated from None
    jti = claims["jti"]
    if until > timezone.now() + LONGEST or not _is_word(jti) or not 8 <= len(jti) <= 64:
        raise NotAuthenticated
    try:
        with transaction.atomic():
            UsedAssertion.objects.create(
                municipality=current_municipality(), consumer=consumer, jti=jti, until=until
            )
    except IntegrityError:
        raise NotAuthenticated from None
    return consumer


def issue(consumer: Consumer, scopes: Collection[str]) -> str:
    """A new token of the municipality in force for these scopes; only its hash is kept."""
    token = secrets.token_urlsafe(32)
    AccessToken.objects.create(
        municipality=current_municipality(),
        consumer=consumer,
        hashed=_hashed(token),
        scopes=sorted(scopes),
        until=timezone.now() + TOKEN_LIVES,
    )
    return token


def access(token: str) -> Access:
    """What a token is good for now. Raises NotAuthenticated.

    A purpose that was taken from the consumer after the token was given no longer counts.
    """
    if not token or len(token) > LARGEST:
        raise NotAuthenticated
    row = AccessToken.objects.select_related("consumer").filter(hashed=_hashed(token)).first()
    if row is None or timezone.now() >= row.until:
        raise NotAuthenticated
    return Access(row.consumer, set(row.scopes).intersection(scopes_of(row.consumer)))


def _key(jwks: Mapping[str, Any], header: Mapping[str, Any]) -> jwt.PyJWK:
    """The consumer's key that is named, or its only one when none is. Raises NotAuthenticated."""
    known, named = list(jwks.get("keys", [])), header.get("kid")
    fitting = [one for one in known if one.get("kid") == named] if named is not None else known
    if len(fitting) != 1:
        raise NotAuthenticated
    key = jwt.PyJWK(fitting[0])
    if key.algorithm_name not in ALGORITHMS or header.get("alg") != key.algorithm_name:
        raise NotAuthenticated
    return key


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _is_word(claim: object) -> TypeGuard[str]:
    """Text that the database can hold: a NUL in it would be a fault of ours, not a no."""
    return isinstance(claim, str) and claim.isprintable()
