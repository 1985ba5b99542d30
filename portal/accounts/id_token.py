"""The one strict check of ID tokens, for residents and staff alike.

Libraries accept a wrong `aud`, `iss` or `acr` (measured: facts on mozilla-django-oidc); this does not.
Source: OpenID Connect Core 3.1.3.7, NL GOV OpenID Connect profile, RFC 8725.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeGuard

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt.algorithms import get_default_algorithms
from jwt.api_jws import PyJWS

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures only: a MAC or `none` could be made by anyone who knows what we know."""
LARGEST = 16_384  # characters
CLOCKS = 10  # seconds our clock and the provider's may differ
OLDEST = 600  # seconds since the token was made
KEY_TYPES = {"RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
SMALLEST_RSA = 2048  # bits
HEADERS = {"alg", "kid", "typ", "x5t", "x5t#S256"}
"""What may stand in a header; anything else could change what the token means or which key it names."""
TYPES: Sequence[str | None] = ("ID", "JWT", None)
FORM = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+")


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
    if not _is_word(nonce) or not hmac.compare_digest(nonce, expected.nonce):
        raise TokenRefused("nonce")
    if not _is_word(claims.get("sub")):
        raise TokenRefused("sub")
    if expected.acceptable_acr is not None and claims.get("acr") not in expected.acceptable_acr:
        raise TokenRefused("acr")
    if "at_hash" in claims:
        _goes_with_access_token(token, claims["at_hash"], expected.access_token)
    return claims


def verified(token: str, keys: Mapping[str, Any], types: Sequence[str | None]) -> Mapping[str, Any]:
    """The claims of a token whose signature is right, by one of these keys. Raises TokenRefused."""
    if len(token) > LARGEST or not FORM.fullmatch(token):
        raise TokenRefused("form")
    header = _header(token)
    algorithm = header.get("alg")
    if not isinstance(algorithm, str) or algorithm not in ALGORITHMS:
        raise TokenRefused("alg")
    if header.get("typ") not in types:
        raise TokenRefused("typ")
    if not set(header) <= HEADERS:
        raise TokenRefused("header")
    key = _key(keys, header, algorithm)
    try:
        payload = PyJWS().decode(token, key, algorithms=[algorithm])
    except (jwt.PyJWTError, ValueError, TypeError, UnsupportedAlgorithm):
        raise TokenRefused("signature") from None
    return _object(payload)


def _header(token: str) -> Mapping[str, Any]:
    first = token.partition(".")[0]
    try:
        return _object(base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)))
    except ValueError:
        raise TokenRefused("form") from None


def _object(raw: bytes) -> Mapping[str, Any]:
    """A JSON object that every reader reads alike: no name twice, no NaN, no broken text.

    Raises TokenRefused.
    """
    try:
        found = json.loads(raw.decode(), object_pairs_hook=_once_each, parse_constant=_no_number)
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair is no text
    except (ValueError, RecursionError):
        raise TokenRefused("form") from None
    if not isinstance(found, dict):
        raise TokenRefused("form")
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name stands twice")
    return found


def _no_number(_name: str) -> None:
    raise ValueError("not a number")


def _key(keys: Mapping[str, Any], header: Mapping[str, Any], algorithm: str) -> Any:
    """The provider's key of that name and kind; without a name only when there is just one."""
    published = keys.get("keys")
    if not isinstance(published, list) or not isinstance(header.get("kid", ""), str):
        raise TokenRefused("kid")
    fitting = [
        one
        for one in published
        if isinstance(one, dict)
        and one.get("kty") == KEY_TYPES[algorithm[:2]]
        and one.get("use", "sig") == "sig"
        and one.get("alg", algorithm) == algorithm
        and ("kid" not in header or one.get("kid") == header["kid"])
    ]
    if len(fitting) != 1:
        raise TokenRefused("kid")
    try:
        key = get_default_algorithms()[algorithm].from_jwk(fitting[0])
    except (jwt.PyJWTError, ValueError, TypeError, KeyError, AttributeError, UnsupportedAlgorithm):
        raise TokenRefused("key") from None
    if isinstance(key, RSAPublicKey) and key.key_size < SMALLEST_RSA:
        raise TokenRefused("key")
    return key


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
    ends, made = claims.get("exp"), claims.get("iat")
    if not is_time(ends) or now >= ends + CLOCKS:
        raise TokenRefused("exp")
    if not is_time(made) or not now - OLDEST <= made <= now + CLOCKS:
        raise TokenRefused("iat")
    if "nbf" in claims and (not is_time(claims["nbf"]) or claims["nbf"] > now + CLOCKS):
        raise TokenRefused("nbf")
    if expected.max_age is not None:
        signed_in = claims.get("auth_time")
        if not is_time(signed_in) or not now - expected.max_age - CLOCKS <= signed_in <= now + CLOCKS:
            raise TokenRefused("auth_time")


def is_time(value: Any) -> TypeGuard[int]:
    """Whole seconds since 1970; JSON's true is an int to Python, not to us."""
    return type(value) is int and 0 < value < 2**40


def _is_word(value: Any) -> TypeGuard[str]:
    return isinstance(value, str) and value.isascii() and value.isprintable() and 0 < len(value) <= 255


def _goes_with_access_token(token: str, at_hash: Any, access_token: str | None) -> None:
    algorithm = str(_header(token)["alg"])
    digest = hashlib.new(
        "sha512" if algorithm == "EdDSA" else f"sha{algorithm[-3:]}", (access_token or "").encode()
    )
    half = base64.urlsafe_b64encode(digest.digest()[: digest.digest_size // 2]).rstrip(b"=").decode()
    if not access_token or not _is_word(at_hash) or not hmac.compare_digest(half, at_hash):
        raise TokenRefused("at_hash")
