"""What every system of the demo that uses the consumers' API has: a key, a token for some minutes, calls.

The portal is reached on the loopback address, each municipality by its own host name.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
EARLIER = 60  # seconds that a token is renewed before it is over


@dataclass(frozen=True)
class Api:
    """The portal's consumers' API as one consumer uses it."""

    slug: str
    port: int
    key: Ed25519PrivateKey
    _tokens: dict[str, tuple[str, float]] = field(default_factory=dict, repr=False)
    _lock: Lock = field(default_factory=Lock, repr=False)

    def call(
        self,
        municipality: str,
        method: str,
        path: str,
        json: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """One call with a token. Raises httpx.HTTPError."""
        sent = {"Authorization": f"Bearer {self._token(municipality)}", **(headers or {})}
        return self._http(municipality, method, path, headers=sent, json=json)

    def _token(self, municipality: str) -> str:
        with self._lock:
            token, until = self._tokens.get(municipality, ("", 0.0))
            if time.time() < until - EARLIER:
                return token
            form = {
                "grant_type": "client_credentials",
                "client_assertion_type": ASSERTION,
                "client_assertion": self._assertion(municipality),
            }
            answer = self._http(municipality, "POST", "token", data=form).raise_for_status().json()
            self._tokens[municipality] = answer["access_token"], time.time() + answer["expires_in"]
            return str(answer["access_token"])

    def _assertion(self, municipality: str) -> str:
        now = int(time.time())
        claims = {
            "iss": self.slug,
            "sub": self.slug,
            "aud": f"http://{self._host(municipality)}/api/v1",
            "iat": now,
            "exp": now + 60,
            "jti": secrets.token_urlsafe(16),
        }
        return jwt.encode(claims, self.key, "EdDSA", headers={"kid": "1"})

    def _http(self, municipality: str, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Host": self._host(municipality), **more.pop("headers", {})}
        url = f"http://127.0.0.1:{self.port}/api/v1/{path}"
        return httpx.request(method, url, headers=headers, timeout=10, trust_env=False, **more)

    def _host(self, municipality: str) -> str:
        return f"{municipality}.localhost:{self.port}"


def key_in(folder: Path) -> Ed25519PrivateKey:
    """The private key of a consumer, made the first time."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "key.pem"
    if not file.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.touch(mode=0o600)
        file.write_bytes(pem)
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def public_keys(key: Ed25519PrivateKey) -> dict[str, Any]:
    """What the portal knows the consumer by: a JWKS."""
    public = OKPAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return {"keys": [{**public, "kid": "1", "alg": "EdDSA", "use": "sig"}]}
