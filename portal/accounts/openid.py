"""The code flow with one identity provider, for residents and staff alike.

Authlib does the protocol (PKCE, `private_key_jwt`); `id_token.py` decides what to believe. No fallback to a
shared secret: the NL GOV profile knows none.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.utils import timezone

from . import published
from .id_token import Expected, TokenRefused, checked
from .published import CONNECT, ProviderUnreachable, Small, in_time

ASSERTION = 60  # seconds that our proof of who we are may be used


class SignInRefused(Exception):
    """What came back must not be believed; the text is a fixed reason for the log."""


@dataclass(frozen=True, slots=True)
class Registration:
    """Us as the client of one provider."""

    issuer: str
    client_id: str
    private_key: str = field(repr=False)
    """PEM, RSA; the provider knows the public half."""
    key_id: str = ""
    scope: str = "openid"
    acr_values: str = ""
    """Levels to ask for, in the provider's words."""
    acceptable_acr: Sequence[str] | None = None
    max_age: int = 3600
    """Seconds since the person really signed in; longer ago, and the provider must ask anew."""

    def address(self, redirect_uri: str, state: str, nonce: str, verifier: str, **more: str) -> str:
        """Where somebody signs in; `more` is asked in addition. Raises ProviderUnreachable."""
        endpoint = published.metadata(self.issuer)["authorization_endpoint"]
        extra = {"acr_values": self.acr_values} if self.acr_values else {}
        extra = {"scope": self.scope, **extra, **more, "nonce": nonce, "max_age": str(self.max_age)}
        return str(
            prepare_grant_uri(
                endpoint,
                client_id=self.client_id,
                response_type="code",
                redirect_uri=redirect_uri,
                state=state,
                code_challenge=create_s256_code_challenge(verifier),
                code_challenge_method="S256",
                **extra,
            )
        )

    def check_who_answers(self, iss: str | None) -> None:
        """The answer names its issuer, where the provider says that it does (RFC 9207).

        Raises SignInRefused, ProviderUnreachable.
        """
        promised = published.metadata(self.issuer).get("authorization_response_iss_parameter_supported")
        if iss != self.issuer and (iss is not None or promised is True):
            raise SignInRefused("iss of the answer")

    def claims(self, code: str, redirect_uri: str, nonce: str, verifier: str) -> Mapping[str, Any]:
        """Exchange a code, and believe its ID token or not. Raises ProviderUnreachable, SignInRefused."""
        tokens = self._exchanged(code, redirect_uri, verifier)
        id_token, access_token = tokens.get("id_token"), tokens.get("access_token")
        if not isinstance(id_token, str):
            raise SignInRefused("no id_token")
        expected = Expected(
            issuer=self.issuer,
            client_id=self.client_id,
            nonce=nonce,
            now=timezone.now(),
            access_token=access_token if isinstance(access_token, str) else None,
            acceptable_acr=self.acceptable_acr,
            max_age=self.max_age,
        )
        try:
            return self._believed(id_token, expected)
        except TokenRefused as refused:
            raise SignInRefused(str(refused)) from None

    def end_session_endpoint(self) -> str | None:
        """Where to sign out at the provider too, or None."""
        try:
            found = published.metadata(self.issuer).get("end_session_endpoint")
        except ProviderUnreachable:
            return None
        return str(found) if found else None

    def _exchanged(self, code: str, redirect_uri: str, verifier: str) -> Mapping[str, Any]:
        endpoint = published.metadata(self.issuer)["token_endpoint"]

        async def exchange() -> Any:
            async with self._client(redirect_uri) as client:
                return await client.fetch_token(
                    endpoint, grant_type="authorization_code", code=code, code_verifier=verifier
                )

        try:
            tokens = in_time(exchange())
        except AuthlibBaseError:
            raise SignInRefused("code") from None
        except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as fault:
            raise ProviderUnreachable(type(fault).__name__) from None  # not the form of an answer
        if not isinstance(tokens, Mapping):
            raise ProviderUnreachable("form")
        return tokens

    def _believed(self, id_token: str, expected: Expected) -> Mapping[str, Any]:
        """Keys are fetched again once when the provider may have new ones."""
        try:
            return checked(id_token, published.keys(self.issuer), expected)
        except TokenRefused as refused:
            if str(refused) != "kid":
                raise
            return checked(id_token, published.keys(self.issuer, again=True), expected)

    def _client(self, redirect_uri: str) -> Any:
        return AsyncOAuth2Client(
            client_id=self.client_id,
            client_secret=self.private_key,
            token_endpoint_auth_method=PrivateKeyJWT(
                claims={"exp": int(time.time()) + ASSERTION},
                headers={"kid": self.key_id} if self.key_id else {},
            ),
            redirect_uri=redirect_uri,
            timeout=CONNECT,
            follow_redirects=False,
            transport=Small(),
        )


def origin(address: str) -> str:
    """Scheme, host and port."""
    url = httpx.URL(address)
    return f"{url.scheme}://{url.netloc.decode()}"
