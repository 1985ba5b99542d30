"""The public keys that a consumer signs with, as somebody pastes them: read strictly, kept bare.

Only what a public key consists of is kept, so whatever else stood beside it is nowhere afterwards.
"""

import hashlib
import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from jwt.algorithms import ECAlgorithm, OKPAlgorithm, RSAAlgorithm

LARGEST = 20_000  # letters
SMALLEST_RSA = 2048  # bits
PRIVATE_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
READERS: Mapping[str, Any] = {"OKP": OKPAlgorithm, "EC": ECAlgorithm, "RSA": RSAAlgorithm}


class NotAKey(Exception):
    """This is no public key that we take; the reason is one of these."""

    PRIVATE = "private"
    OTHER = "other"


def read(text: str) -> list[dict[str, str]]:
    """The keys in a JWK, a JWKS or a PEM file, as `consumers` looks for them. Raises NotAKey."""
    text = text.strip()
    if "PRIVATE KEY" in text:
        raise NotAKey(NotAKey.PRIVATE)
    if not text or len(text) > LARGEST:
        raise NotAKey(NotAKey.OTHER)
    try:
        if text.startswith("-----"):
            return [_kept(load_pem_public_key(text.encode()), None)]
        found = json.loads(text)
        rows = found.get("keys", [found])
        if any(PRIVATE_PARTS & set(one) for one in rows):
            raise NotAKey(NotAKey.PRIVATE)
        keys = [_kept(READERS[one["kty"]].from_jwk(one), one.get("kid")) for one in rows]
    except (
        jwt.PyJWTError,
        UnsupportedAlgorithm,
        ValueError,
        AttributeError,
        TypeError,
        KeyError,
        RecursionError,
    ):
        raise NotAKey(NotAKey.OTHER) from None
    if not keys:
        raise NotAKey(NotAKey.OTHER)
    return keys


def fingerprint(key: Mapping[str, Any]) -> str:
    """The same for the same key, whoever writes it down (RFC 7638)."""
    parts = {name: key[name] for name in ("crv", "e", "kty", "n", "x", "y") if name in key}
    plain = json.dumps(parts, sort_keys=True, separators=(",", ":")).encode()
    return urlsafe_b64encode(hashlib.sha256(plain).digest()).rstrip(b"=").decode()


def are_different(keys: Sequence[Mapping[str, Any]]) -> bool:
    """Whether no two are the same key or have the same name: a name must lead to one key."""
    names, prints = {one.get("kid") for one in keys}, {fingerprint(one) for one in keys}
    return len(names) == len(prints) == len(keys)


def _kept(key: Any, name: Any) -> dict[str, str]:
    if isinstance(key, Ed25519PublicKey):
        made, algorithm = OKPAlgorithm.to_jwk(key, as_dict=True), "EdDSA"
    elif isinstance(key, EllipticCurvePublicKey) and isinstance(key.curve, SECP256R1):
        made, algorithm = ECAlgorithm.to_jwk(key, as_dict=True), "ES256"
    elif isinstance(key, RSAPublicKey) and key.key_size >= SMALLEST_RSA:
        made, algorithm = RSAAlgorithm.to_jwk(key, as_dict=True), "PS256"
    else:
        raise NotAKey(NotAKey.OTHER)
    if name is not None and not (isinstance(name, str) and name.isprintable() and 1 <= len(name) <= 64):
        raise NotAKey(NotAKey.OTHER)
    parts: dict[str, str] = {part: made[part] for part in ("kty", "crv", "x", "y", "n", "e") if part in made}
    return {**parts, "use": "sig", "alg": algorithm, "kid": name or fingerprint(parts)}
