"""Calls to the portal's consumers' API, signed with the desk's own key."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

SLUG = "demo-balie"


@dataclass(frozen=True)
class Portal:
    """The portal as this consumer reaches it; each municipality is a host of its own."""

    port: int
    key: Ed25519PrivateKey

    def read(self, municipality: str, grant: str) -> httpx.Response:
        """Ask what is shared under a grant."""
        return self._post(municipality, f"toestemmingen/{grant}/gebruik")

    def confirm_erased(self, municipality: str, grant: str) -> httpx.Response:
        """Tell that what we had is erased."""
        return self._post(municipality, f"toestemmingen/{grant}/gewist")

    def _post(self, municipality: str, path: str) -> httpx.Response:
        host = f"{municipality}.localhost:{self.port}"
        now = int(time.time())
        claims: dict[str, Any] = {"iss": SLUG, "aud": f"http://{host}/api/v1", "iat": now, "exp": now + 60}
        token = jwt.encode(claims | {"jti": secrets.token_urlsafe(16)}, self.key, "EdDSA")
        return httpx.post(
            f"http://127.0.0.1:{self.port}/api/v1/{path}",
            headers={"Host": host, "Authorization": f"Bearer {token}"},
            timeout=10,
            trust_env=False,
        )


def key_in(folder: Path) -> Ed25519PrivateKey:
    """The desk's private key, made the first time."""
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


def public_pem(key: Ed25519PrivateKey) -> str:
    """What the portal knows the desk by."""
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return pem.decode()
