"""Who is calling: a consumer proves itself with a short-lived token signed by its own key, used once."""

from datetime import UTC, datetime, timedelta
from typing import TypeGuard

import jwt
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality

from .models import Consumer, UsedAssertion

LONGEST = timedelta(seconds=120)
"""How long a consumer's token may live."""
LARGEST = 4096  # characters of a token


class NotAuthenticated(Exception):
    """The call does not prove which consumer makes it; the reason is not told."""


def authenticated(header: str, audience: str) -> Consumer:
    """The consumer of an `Authorization: Bearer <token>` header (EdDSA). Raises NotAuthenticated."""
    scheme, _space, token = header.partition(" ")
    if scheme != "Bearer" or not token or len(token) > LARGEST:
        raise NotAuthenticated
    try:
        claimed = jwt.decode(token, options={"verify_signature": False}).get("iss")
        consumer = Consumer.objects.filter(slug=claimed).first() if _is_word(claimed) else None
        if consumer is None:
            raise NotAuthenticated
        claims = jwt.decode(
            token,
            consumer.public_key,
            algorithms=["EdDSA"],
            audience=audience,
            issuer=consumer.slug,
            leeway=5,
            options={"require": ["exp", "iat", "jti", "aud", "iss"], "strict_aud": True},
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


def _is_word(claim: object) -> TypeGuard[str]:
    """Text that the database can hold: a NUL in it would be a fault of ours, not a no."""
    return isinstance(claim, str) and claim.isprintable()
