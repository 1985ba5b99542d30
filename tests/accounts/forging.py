"""Makes ID tokens by hand, so that every rule of their making can be broken."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

BSN = "999970458"
SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
ACR = SAML + "Smartcard"
ACCESS_TOKEN = "access-token-of-this-answer"


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def half_hash(text: str) -> str:
    return b64(hashlib.sha256(text.encode()).digest()[:16])


@dataclass
class Forge:
    """What the real token would be, for one sign-in; each kind of forgery takes it and changes something."""

    issuer: str
    client_id: str
    nonce: str
    key: rsa.RSAPrivateKey
    kid: str = "real"
    now: int = field(default_factory=lambda: int(time.time()))

    @property
    def header(self) -> dict[str, Any]:
        return {"alg": "RS256", "typ": "JWT", "kid": self.kid}

    @property
    def claims(self) -> dict[str, Any]:
        return {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": "helga",
            "iat": self.now,
            "exp": self.now + 300,
            "auth_time": self.now,
            "nonce": self.nonce,
            "acr": ACR,
            "at_hash": half_hash(ACCESS_TOKEN),
            "bsn": BSN,
            "name": "Helga Huisman",
        }

    def token(self, header: Mapping[str, Any] | None = None, **changed: Any) -> str:
        """Signed with the real key; a claim that is `...` is left out."""
        claims = {**self.claims, **changed}
        kept = {name: value for name, value in claims.items() if value is not ...}
        return self.signed({**self.header, **(header or {})}, json.dumps(kept).encode())

    def signed(self, header: Mapping[str, Any], payload: bytes, key: rsa.RSAPrivateKey | None = None) -> str:
        kept = {name: value for name, value in header.items() if value is not ...}
        return self.sealed(json.dumps(kept).encode(), payload, key)

    def sealed(self, header: bytes, payload: bytes, key: rsa.RSAPrivateKey | None = None) -> str:
        first = f"{b64(header)}.{b64(payload)}"
        signature = (key or self.key).sign(first.encode(), padding.PKCS1v15(), hashes.SHA256())
        return f"{first}.{b64(signature)}"

    def by(self, key: rsa.RSAPrivateKey, header: Mapping[str, Any] | None = None) -> str:
        """The right claims, signed with another key."""
        return self.signed({**self.header, **(header or {})}, json.dumps(self.claims).encode(), key)

    def under(self, header: bytes) -> str:
        """The right claims under a header that no JSON library would write."""
        return self.sealed(header, json.dumps(self.claims).encode())

    def raw(self, payload: str) -> str:
        """The real header and signature over a payload that no JSON library would write."""
        return self.signed(self.header, payload.encode())

    def with_public_key_as_secret(self) -> str:
        """HS256 with what everybody knows: works where the checker takes the algorithm from the token."""
        public = self.key.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        header = json.dumps({**self.header, "alg": "HS256"}).encode()
        first = f"{b64(header)}.{b64(json.dumps(self.claims).encode())}"
        return f"{first}.{b64(hmac.new(public, first.encode(), hashlib.sha256).digest())}"

    def unsigned(self, algorithm: Any, signature: str = "") -> str:
        header = json.dumps({**self.header, "alg": algorithm}).encode()
        return f"{b64(header)}.{b64(json.dumps(self.claims).encode())}.{signature}"


Forgery = Callable[[Forge], Any]
