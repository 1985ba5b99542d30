"""The one strict check of ID tokens, for residents and staff alike.

Libraries accept a wrong `aud`, `iss` or `acr` (measured: facts on mozilla-django-oidc); this does not.
Source: OpenID Connect Core 3.1.3.7, NL GOV OpenID Connect profile.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from jwt.algorithms import get_default_algorithms

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures only: a MAC or `none` could be made by anyone who knows what we know."""
LARGEST = 16_384  # characters
CLOCKS = 10  # seconds our clock and the provider's may differ
OLDEST = 600  # seconds since the token was made
KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
TYPES = {"ID", "JWT", None}


class TokenRefused(Exception):
    """The token must not be believed. The text is a fixed reason, never something out of the token."""


@dataclass(frozen=True, slots=True)
class Expected:
    """What this token must be for."""

    issuer: str
    client_id: str
    nonce: str
    now: datetime
    access_token: str | None = None
    acceptable_acr: Sequence[str] | None = None
    """The levels that were asked or higher; None when none was asked."""
    max_age: int | None = None
    """Seconds since the person really signed in; None when not asked."""


def checked(token: str, keys: Mapping[str, Any], expected: Expected) -> Mapping[str, Any]:
    """The claims of an ID token that is all it should be. Raises TokenRefused."""
    claims = verified(token, keys, TYPES)
    _for_us(claims, expected)
    _in_time(claims, expected)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not hmac.compare_digest(nonce.encode(), expected.nonce.encode()):
        raise TokenRefused("nonce")
    if not isinstance(claims.get("sub"), str) or not 0 < len(claims["sub"]) <= 255:
        raise TokenRefused("sub")
    if expected.acceptable_acr is not None and claims.get("acr") not in expected.acceptable_acr:
        raise TokenRefused("acr")
    if "at_hash" in claims:
        _goes_with_access_token(token, claims, expected.access_token)
    return claims


def verified(token: str, keys: Mapping[str, Any], types: set[str | None]) -> Mapping[str, Any]:
    """The claims of a token whose signature is right, by one of these keys. Raises TokenRefused."""
    header = _header(token)
    algorithm = header.get("alg")
    if algorithm not in ALGORITHMS:
        raise TokenRefused("alg")
    if header.get("typ") not in types:
        raise TokenRefused("typ")
    if "crit" in header or any(name in header for name in ("jku", "x5u", "jwk", "x5c")):
        raise TokenRefused("header")
    key = _key(keys, header.get("kid"), algorithm)
    try:
        claims = jwt.decode(token, key, algorithms=[algorithm], options=_ONLY_THE_SIGNATURE)
    except (jwt.PyJWTError, ValueError, TypeError):
        raise TokenRefused("signature") from None
    return claims


_ONLY_THE_SIGNATURE: Any = {
    name: False for name in ("verify_aud", "verify_exp", "verify_iat", "verify_iss", "verify_nbf", "verify_sub", "verify_jti")
}  # fmt: skip


def _header(token: str) -> Mapping[str, Any]:
    if not isinstance(token, str) or len(token) > LARGEST or token.count(".") != 2 or not token.isascii():
        raise TokenRefused("form")
    first = token.partition(".")[0]
    try:
        header = json.loads(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except (ValueError, RecursionError):
        raise TokenRefused("form") from None
    if not isinstance(header, dict):
        raise TokenRefused("form")
    return header


def _key(keys: Mapping[str, Any], kid: object, algorithm: str) -> Any:
    """The provider's key of that name and kind; without a name only when there is just one."""
    fitting = [
        one
        for one in keys.get("keys", [])
        if one.get("kty") == KEY_TYPES[algorithm[:2]]
        and one.get("use", "sig") == "sig"
        and one.get("alg", algorithm) == algorithm
        and (kid is None or one.get("kid") == kid)
    ]
    if len(fitting) != 1 or (kid is not None and not isinstance(kid, str)):
        raise TokenRefused("kid")
    try:
        return get_default_algorithms()[algorithm].from_jwk(fitting[0])
    except (jwt.PyJWTError, ValueError, TypeError, KeyError):
        raise TokenRefused("key") from None


def _for_us(claims: Mapping[str, Any], expected: Expected) -> None:
    if claims.get("iss") != expected.issuer:
        raise TokenRefused("iss")
    audience = claims.get("aud")
    if audience not in (expected.client_id, [expected.client_id]):
        raise TokenRefused("aud")
    if "azp" in claims and claims["azp"] != expected.client_id:
        raise TokenRefused("azp")


def _in_time(claims: Mapping[str, Any], expected: Expected) -> None:
    now = int(expected.now.timestamp())
    ends, made, begins = (claims.get(name) for name in ("exp", "iat", "nbf"))
    if not _is_time(ends) or now >= ends + CLOCKS:
        raise TokenRefused("exp")
    if not _is_time(made) or made > now + CLOCKS or made < now - OLDEST:
        raise TokenRefused("iat")
    if begins is not None and (not _is_time(begins) or begins > now + CLOCKS):
        raise TokenRefused("nbf")
    if expected.max_age is not None:
        signed_in = claims.get("auth_time")
        if not _is_time(signed_in) or not now - expected.max_age - CLOCKS <= signed_in <= now + CLOCKS:
            raise TokenRefused("auth_time")


def _is_time(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**40


def _goes_with_access_token(token: str, claims: Mapping[str, Any], access_token: str | None) -> None:
    algorithm = str(_header(token)["alg"])
    digest = hashlib.new("sha512" if algorithm == "EdDSA" else f"sha{algorithm[-3:]}", (access_token or "").encode())
    half = base64.urlsafe_b64encode(digest.digest()[: digest.digest_size // 2]).rstrip(b"=")
    if not access_token or not isinstance(claims["at_hash"], str):
        raise TokenRefused("at_hash")
    if not hmac.compare_digest(half, claims["at_hash"].encode()):
        raise TokenRefused("at_hash")
