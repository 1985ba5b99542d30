"""Who may ask for sign-ins: read fresh from clients.json, so the demo can add one while we run."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

import jwt

BY_KEY = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LONGEST = 600  # seconds that a client's assertion may live


class NoClient(Exception):
    """There is no such client, or it did not prove to be it."""


@dataclass(frozen=True, slots=True)
class Client:
    """One site that people sign in for."""

    id: str
    name: str
    jwks: Mapping[str, Any] = field(repr=False)
    redirect_uris: Sequence[str]
    post_logout_redirect_uris: Sequence[str]
    backchannel_logout_uri: str
    for_staff: bool

    def origin(self) -> str:
        """For the policy of the page whose form ends at the client."""
        return origin(self.redirect_uris[0]) if self.redirect_uris else ""


class Clients:
    """The clients that the demo wrote down."""

    def __init__(self, file: Path, audiences: Sequence[str]) -> None:
        self._file, self._audiences = file, audiences
        self._seen: dict[tuple[str, str], float] = {}
        self._lock = Lock()

    def find(self, client_id: str) -> Client:
        """Raises NoClient."""
        known = json.loads(self._file.read_text()) if self._file.exists() else {}
        if client_id not in known:
            raise NoClient
        row = known[client_id]
        return Client(
            id=client_id,
            name=row.get("name", client_id),
            jwks=row["jwks"],
            redirect_uris=row["redirect_uris"],
            post_logout_redirect_uris=row.get("post_logout_redirect_uris", []),
            backchannel_logout_uri=row.get("backchannel_logout_uri", ""),
            for_staff=row.get("people") == "staff",
        )

    def proven(self, form: Mapping[str, str]) -> Client:
        """The client that signed this assertion, which counts once (RFC 7523). Raises NoClient."""
        token = form.get("client_assertion", "")
        if form.get("client_assertion_type") != BY_KEY:
            raise NoClient
        try:
            said = jwt.decode(token, options={"verify_signature": False})
            client = self.find(str(said.get("iss")))
            claims = jwt.decode(
                token,
                _key(client, token),
                algorithms=ALGORITHMS,
                audience=self._audiences,
                options={"require": ["exp", "iss", "sub", "aud", "jti"]},
            )
        except (jwt.PyJWTError, KeyError, ValueError, TypeError):
            raise NoClient from None
        now = time.time()
        if claims["sub"] != client.id or form.get("client_id", client.id) != client.id:
            raise NoClient
        if claims["exp"] > now + LONGEST or not self._first_time(client.id, str(claims["jti"]), now):
            raise NoClient
        return client

    def _first_time(self, client: str, jti: str, now: float) -> bool:
        with self._lock:
            self._seen = {key: until for key, until in self._seen.items() if until > now}
            if (client, jti) in self._seen:
                return False
            self._seen[client, jti] = now + LONGEST
            return True


def _key(client: Client, token: str) -> jwt.PyJWK:
    keys = jwt.PyJWKSet.from_dict(dict(client.jwks))
    kid = jwt.get_unverified_header(token).get("kid")
    return keys[kid] if kid else keys.keys[0]


def origin(address: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
