"""OpenID Connect back-channel logout: the token is checked as strictly as an ID token, and taken once."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality

from . import published, sessions, sign_in
from .id_token import CLOCKS, OLDEST, TokenRefused, is_time, verified
from .models import SeenLogoutToken
from .provider import Provider
from .sessions import hashed

EVENT = "http://schemas.openid.net/event/backchannel-logout"
TYPES = ("logout+jwt", "JWT", None)


class LogoutRefused(Exception):
    """Not a logout token for us; the text is a fixed reason."""


def take(token: str) -> None:
    """End the sessions that a logout token names. Raises LogoutRefused, ProviderUnreachable, NoProvider."""
    with transaction.atomic():
        provider = sign_in.provider()
    claims = _believed(token, provider)
    now = int(timezone.now().timestamp())
    if not _is_for_us(claims, provider, now):
        raise LogoutRefused("claims")
    with transaction.atomic():
        _not_seen_before(claims["jti"], now)
        sessions.end_at_provider(provider.connection.id, claims.get("sub", ""), claims.get("sid", ""))


def _believed(token: str, provider: Provider) -> Mapping[str, Any]:
    issuer = provider.registration.issuer
    try:
        return verified(token, published.keys(issuer), TYPES)
    except TokenRefused as refused:
        if str(refused) != "kid":
            raise LogoutRefused(str(refused)) from None
    try:
        return verified(token, published.keys(issuer, again=True), TYPES)
    except TokenRefused as refused:
        raise LogoutRefused(str(refused)) from None


def _is_for_us(claims: Mapping[str, Any], provider: Provider, now: int) -> bool:
    """OpenID Connect Back-Channel Logout 1.0, 2.6."""
    client, made, events = provider.registration.client_id, claims.get("iat"), claims.get("events")
    sub, sid = claims.get("sub", ""), claims.get("sid", "")
    return (
        claims.get("iss") == provider.registration.issuer
        and claims.get("aud") in (client, [client])
        and is_time(made)
        and now - OLDEST <= made <= now + CLOCKS
        and ("exp" not in claims or (is_time(claims["exp"]) and now < claims["exp"] + CLOCKS))
        and isinstance(events, dict)
        and isinstance(events.get(EVENT), dict)
        and "nonce" not in claims  # an ID token is no logout token
        and isinstance(claims.get("jti"), str)
        and isinstance(sub, str)
        and isinstance(sid, str)
        and bool(sub or sid)
    )


def _not_seen_before(jti: str, now: int) -> None:
    SeenLogoutToken.objects.filter(until__lt=timezone.now()).delete()
    until = datetime.fromtimestamp(now, UTC) + timedelta(seconds=2 * OLDEST)
    try:
        with transaction.atomic():
            SeenLogoutToken.objects.create(
                municipality=current_municipality(), jti_hash=hashed(jti), until=until
            )
    except IntegrityError:
        raise LogoutRefused("seen") from None
