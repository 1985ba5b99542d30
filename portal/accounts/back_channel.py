"""OpenID Connect back-channel logout: the token is checked as strictly as an ID token, and taken once."""

from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality

from . import sessions, sign_in
from .endings import session_ended
from .id_token import CLOCKS, OLDEST, TokenRefused, verified
from .models import SeenLogoutToken
from .sessions import hashed

EVENT = "http://schemas.openid.net/event/backchannel-logout"


class LogoutRefused(Exception):
    """Not a logout token for us; the text is a fixed reason."""


def take(token: str) -> None:
    """End the sessions that a logout token names. Raises LogoutRefused, ProviderUnreachable."""
    with transaction.atomic():
        provider = sign_in.provider()
    try:
        claims = verified(token, provider.keys(), {"logout+jwt", "JWT", None})
    except TokenRefused as refused:
        raise LogoutRefused(str(refused)) from None
    now = int(timezone.now().timestamp())
    made, ends = claims.get("iat"), claims.get("exp")
    right = (
        claims.get("iss") == provider.connection.base_url.rstrip("/")
        and claims.get("aud") in (provider.client_id, [provider.client_id])
        and isinstance(made, int)
        and now - OLDEST <= made <= now + CLOCKS
        and (ends is None or (isinstance(ends, int) and now < ends + CLOCKS))
        and isinstance(claims.get("events"), dict)
        and isinstance(claims["events"].get(EVENT), dict)
        and "nonce" not in claims
        and isinstance(claims.get("jti"), str)
    )
    sub, sid = claims.get("sub", ""), claims.get("sid", "")
    if not right or not isinstance(sub, str) or not isinstance(sid, str) or not (sub or sid):
        raise LogoutRefused("claims")
    with transaction.atomic():
        until = datetime.fromtimestamp(now, UTC) + timedelta(seconds=2 * OLDEST)
        try:
            with transaction.atomic():
                SeenLogoutToken.objects.create(
                    municipality=current_municipality(), jti_hash=hashed(claims["jti"]), until=until
                )
        except IntegrityError:
            raise LogoutRefused("seen") from None
        SeenLogoutToken.objects.filter(until__lt=timezone.now()).delete()
        for ended in sessions.end_at_provider(provider.connection.id, sub, sid):
            session_ended(ended)
