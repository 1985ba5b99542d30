"""The municipality's signature (Ed25519, RFC 8032): under receipts, log heads, messages to other systems."""

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
    """The id of the key that `sign` uses now, for formats that sign it too."""
    return str(_newest()[0])


def public_keys() -> Mapping[str, bytes]:
    """Each key that ever signed, 32 bytes by id; old signatures stay good after a rotation."""
    ids = WrappedKey.objects.filter(use=keys.SIGN).values_list("id", flat=True)
    private = {str(one): Ed25519PrivateKey.from_private_bytes(keys.by_id(one)) for one in ids}
    return {key: one.public_key().public_bytes_raw() for key, one in private.items()}


def is_ours(key: str, signature: bytes, content: bytes) -> bool:
    """Whether the municipality in force signed exactly this."""
    public = public_keys().get(key)
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
