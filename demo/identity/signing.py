"""The key that tokens are signed with; made in the state folder the first time."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm


class SigningKey:
    """One RSA key, and the secret that subjects are made with."""

    def __init__(self, folder: Path) -> None:
        file = folder / "signing.pem"
        if not file.exists():
            folder.mkdir(parents=True, exist_ok=True)
            file.touch(mode=0o600)
            file.write_bytes(_made())
        self._pem = file.read_bytes()
        loaded = serialization.load_pem_private_key(self._pem, None)
        assert isinstance(loaded, RSAPrivateKey)
        self._key = loaded
        public: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(loaded.public_key()))
        self.kid = hashlib.sha256(public["n"].encode()).hexdigest()[:16]
        wanted = {name: public[name] for name in ("kty", "n", "e")}
        self.jwks = {"keys": [{**wanted, "use": "sig", "alg": "RS256", "kid": self.kid}]}

    def sign(self, claims: Mapping[str, Any], kind: str) -> str:
        """A signed token; `kind` is its `typ`."""
        return jwt.encode(dict(claims), self._key, "RS256", headers={"kid": self.kid, "typ": kind})

    def subject(self, client_id: str, person: str) -> str:
        """How one client knows one person: the same each time, and telling two clients nothing."""
        digest = hmac.new(self._pem, f"{client_id}|{person}".encode(), hashlib.sha256).digest()
        return base64.urlsafe_b64encode(digest[:18]).decode()


def _made() -> bytes:
    return generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
