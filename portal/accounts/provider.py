"""A municipality's identity provider: what it published, the way there, and the exchange of the code.

Authlib does the protocol (PKCE, client authentication); `id_token.py` decides what to believe.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any
from uuid import UUID

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import OAuth2Client
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from django.utils import timezone

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .id_token import Expected, TokenRefused, checked
from .level import Level, level_of

LIMITS = httpx.Timeout(5, connect=2)
FRESH = {"metadata": 3600.0, "keys": 600.0}  # seconds
LARGEST = 1_000_000  # bytes of an answer
SIGNED_IN_WITHIN = 3600  # seconds; older means the provider did not ask the person again


class ProviderUnreachable(Exception):
    """The identity provider cannot be reached or answers nonsense; the resident may try again."""


class SignInRefused(Exception):
    """What came back must not be believed; the text is a fixed reason for the log."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, as the provider vouches."""

    bsn: BSN
    name: str
    level: Level
    sub: str
    sid: str


class Provider:
    """One municipality's identity provider."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.client_id = connection.credentials["client_id"]
        self.minimum = Level[str(connection.parameters.get("minimum_level", "midden")).upper()]

    @property
    def origin(self) -> str:
        """For the policy of the page that sends a resident there."""
        url = httpx.URL(self.connection.base_url)
        return f"{url.scheme}://{url.netloc.decode()}"

    def address(self, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        """Where the resident signs in. Raises ProviderUnreachable."""
        extra = {"nonce": nonce, "max_age": str(SIGNED_IN_WITHIN)}
        if asked := self.connection.parameters.get("acr_values"):
            extra["acr_values"] = str(asked)
        endpoint = self._metadata()["authorization_endpoint"]
        with self._client(redirect_uri) as client:
            url, _state = client.create_authorization_url(endpoint, state=state, code_verifier=verifier, **extra)
        return str(url)

    def identity(self, code: str, redirect_uri: str, nonce: str, verifier: str) -> Identity:
        """Exchange the code and believe the ID token, or not. Raises ProviderUnreachable, SignInRefused."""
        metadata = self._metadata()
        try:
            with self._client(redirect_uri) as client:
                token = client.fetch_token(
                    metadata["token_endpoint"], grant_type="authorization_code", code=code, code_verifier=verifier
                )
        except (httpx.HTTPError, ValueError) as fault:
            raise ProviderUnreachable(type(fault).__name__) from None
        except AuthlibBaseError:
            raise SignInRefused("code") from None
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise SignInRefused("no id_token")
        expected = Expected(
            issuer=self.connection.base_url.rstrip("/"),
            client_id=self.client_id,
            nonce=nonce,
            now=timezone.now(),
            access_token=token.get("access_token"),
            max_age=SIGNED_IN_WITHIN,
        )
        try:
            claims = self.believed(id_token, expected)
        except TokenRefused as refused:
            raise SignInRefused(str(refused)) from None
        return self._identity(claims)

    def believed(self, id_token: str, expected: Expected) -> Mapping[str, Any]:
        """The token's claims; keys are fetched again once when the provider may have new ones."""
        try:
            return checked(id_token, self.keys(), expected)
        except TokenRefused as refused:
            if str(refused) != "kid":
                raise
            return checked(id_token, self.keys(again=True), expected)

    def end_session_endpoint(self) -> str | None:
        """Where to sign out at the provider too, or None."""
        try:
            found = self._metadata().get("end_session_endpoint")
        except ProviderUnreachable:
            return None
        return str(found) if found else None

    def keys(self, *, again: bool = False) -> Mapping[str, Any]:
        """The provider's signing keys. Raises ProviderUnreachable."""
        return _kept(self.connection.id, "keys", str(self._metadata()["jwks_uri"]), again=again)

    def _metadata(self) -> Mapping[str, Any]:
        issuer = self.connection.base_url.rstrip("/")
        found = _kept(self.connection.id, "metadata", f"{issuer}/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise ProviderUnreachable("issuer")
        return found

    def _client(self, redirect_uri: str) -> OAuth2Client:
        credentials = self.connection.credentials
        by_key = "private_key" in credentials
        return OAuth2Client(
            client_id=self.client_id,
            client_secret=credentials["private_key" if by_key else "client_secret"],
            token_endpoint_auth_method=PrivateKeyJWT() if by_key else "client_secret_post",
            scope=self.connection.parameters.get("scope", "openid"),
            redirect_uri=redirect_uri,
            code_challenge_method="S256",
            timeout=LIMITS,
            follow_redirects=False,
        )

    def _identity(self, claims: Mapping[str, Any]) -> Identity:
        parameters = self.connection.parameters
        try:
            bsn = BSN(str(_at(claims, parameters.get("bsn_claim_path", ["bsn"]))))
        except (ValueError, LookupError):
            raise SignInRefused("bsn") from None
        acr = _at(claims, parameters.get("loa_claim_path", ["acr"]), "")
        level = level_of(str(acr), parameters.get("loa_mapping"))
        if level < self.minimum:
            raise SignInRefused("level")
        name = str(_at(claims, parameters.get("name_claim_path", ["name"]), ""))[:200]
        return Identity(bsn, name, level, str(claims["sub"]), str(claims.get("sid", "")))


_REQUIRED = object()


def _at(claims: Mapping[str, Any], path: list[str], default: Any = _REQUIRED) -> Any:
    found: Any = claims
    for name in path:
        if not isinstance(found, Mapping) or name not in found:
            if default is _REQUIRED:
                raise LookupError(name)
            return default
        found = found[name]
    return found


_cache: dict[tuple[UUID, str], tuple[float, Mapping[str, Any]]] = {}
_lock = Lock()


def _kept(connection: UUID, kind: str, url: str, *, again: bool = False) -> Mapping[str, Any]:
    """A document of the provider, fetched anew when it is old; when that fails the old one will do for a while."""
    with _lock:
        since, found = _cache.get((connection, kind), (0.0, {}))
    age = time.monotonic() - since
    if found and age < (10 if again else FRESH[kind]):
        return found
    try:
        fetched = _fetch(url)
    except ProviderUnreachable:
        if found and not again and age < 10 * FRESH[kind]:
            return found
        raise
    with _lock:
        _cache[connection, kind] = (time.monotonic(), fetched)
    return fetched


def _fetch(url: str) -> Mapping[str, Any]:
    try:
        answer = httpx.get(url, timeout=LIMITS, follow_redirects=False)
        if answer.status_code != 200 or len(answer.content) > LARGEST:
            raise ProviderUnreachable(str(answer.status_code))
        found = answer.json()
    except (httpx.HTTPError, ValueError) as fault:
        raise ProviderUnreachable(type(fault).__name__) from None
    if not isinstance(found, dict):
        raise ProviderUnreachable("form")
    return found


def forget() -> None:
    """Forget what was fetched; between tests."""
    with _lock:
        _cache.clear()
