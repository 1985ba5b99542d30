"""The municipality's signature (Ed25519, RFC 8032): under receipts, log heads, messages to other systems."""

import base64
from collections.abc import Mapping
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from . import keys
from .models import WrappedKey


def sign(content: bytes) -> tuple[str, bytes]:
    """The id of the key and the signature of the municipality in force."""
    key, seed = _newest()
    return str(key), Ed25519PrivateKey.from_private_bytes(seed).sign(content)


def newest_key() -> str:
    """The id of the key that signs now, for what must name its key before it is signed."""
    return str(_newest()[0])


def public_keys() -> Mapping[str, bytes]:
    """Each key that ever signed, 32 bytes by id; old signatures stay good after a rotation."""
    ids = WrappedKey.objects.filter(use=keys.SIGN).values_list("id", flat=True)
    private = {str(one): Ed25519PrivateKey.from_private_bytes(keys.by_id(one)) for one in ids}
    return {key: one.public_key().public_bytes_raw() for key, one in private.items()}


def key_set() -> dict[str, list[dict[str, str]]]:
    """The public keys as a JWK set (RFC 7517, RFC 8037), for whoever checks a signature without us."""
    return {
        "keys": [
            {
                "kty": "OKP",
                "crv": "Ed25519",
                "alg": "EdDSA",
                "use": "sig",
                "kid": key,
                "x": base64.urlsafe_b64encode(raw).rstrip(b"=").decode(),
            }
            for key, raw in sorted(public_keys().items())
        ]
    }


def is_ours(key: str, signature: bytes, content: bytes) -> bool:
    """Whether the municipality in force signed exactly this."""
    return is_signed(public_keys().get(key), signature, content)


def is_signed(public: bytes | None, signature: bytes, content: bytes) -> bool:
    """Whether the owner of this public key signed exactly this; nobody did without a key."""
    if public is None:
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _newest() -> tuple[UUID, bytes]:
    try:
        return keys.newest(keys.SIGN)
    except keys.KeyMissing:  # founded before there were signatures
        keys.make_keys()
        return keys.newest(keys.SIGN)
