"""The keys that a site of the demo signs with as a client, and what its identity provider knows of them."""

from typing import Any

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm


def registration(pem: str, site: str) -> dict[str, Any]:
    """What an identity provider must know of the site that signs with this key."""
    key = serialization.load_pem_private_key(pem.encode(), None)
    assert isinstance(key, rsa.RSAPrivateKey)
    public = RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {
        "jwks": {"keys": [{**public, "use": "sig", "alg": "RS256", "kid": "1"}]},
        "redirect_uris": [f"{site}/mijn/inloggen/terug/"],
        "post_logout_redirect_uris": [f"{site}/mijn/uitgelogd/"],
        "backchannel_logout_uri": f"{site}/mijn/uitloggen/vanuit-aanbieder/",
    }


def new_key() -> str:
    """PEM of a fresh key that a site signs with."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()
