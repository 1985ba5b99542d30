"""The provider's parts together: what it publishes, the tokens it makes, and telling sites of a sign-out."""

import base64
import hashlib
import secrets
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx

from demo.content.mandates import SCOPE

from .clients import Client, Clients, NoClient
from .memory import Code, Memory, Session
from .people import LEVELS, Person, representatives, residents, staff
from .signing import SigningKey

LOGOUT = "http://schemas.openid.net/event/backchannel-logout"


class Provider:
    """One issuer with its key, clients and people."""

    def __init__(self, issuer: str, folder: Path, portal_port: int) -> None:
        self.issuer, self._portal_port = issuer.rstrip("/"), portal_port
        self.key, self.memory = SigningKey(folder), Memory()
        self.clients = Clients(folder / "clients.json", [f"{self.issuer}/token", self.issuer])
        self._residents = {person.key: person for person in residents()}
        self._staff = {person.key: person for person in staff()}
        self._representatives = {person.key: person for person in representatives()}

    def people_for(self, client: Client | None, *, for_another: bool = False) -> dict[str, Person]:
        """Staff for the sites of staff, residents for all others; by themselves or for somebody else."""
        if client and client.for_staff:
            return self._staff
        return self._representatives if for_another else self._residents

    def person(self, key: str) -> Person:
        """Anyone by key. Raises KeyError."""
        return (self._residents | self._representatives | self._staff)[key]

    def metadata(self) -> dict[str, Any]:
        """OpenID Connect Discovery 1.0."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks.json",
            "end_session_endpoint": f"{self.issuer}/sign-out",
            "scopes_supported": ["openid", SCOPE],
            "response_types_supported": ["code"],
            "response_modes_supported": ["query"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["pairwise"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["RS256", "PS256", "ES256", "EdDSA"],
            "code_challenge_methods_supported": ["S256"],
            "acr_values_supported": [acr for _name, acr in LEVELS.values()],
            "claims_supported": [
                *("sub", "name", "bsn", "acr", "auth_time", "sid", "email", "groups"),
                *("representee_bsn", "representee_name", "mandate_service_id"),
            ],
            "prompt_values_supported": ["none", "login", "select_account"],
            "authorization_response_iss_parameter_supported": True,
            "backchannel_logout_supported": True,
            "backchannel_logout_session_supported": True,
        }

    def tokens(self, code: Code) -> dict[str, Any]:
        """The answer to a code. The access token opens nothing: there is nothing more to ask here."""
        access, now, session = secrets.token_urlsafe(32), int(time.time()), code.session
        person = self.person(session.person)
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            "iss": self.issuer,
            "aud": code.question.client_id,
            "sub": self.key.subject(code.question.client_id, person.key),
            "iat": now,
            "exp": now + 300,
            "auth_time": int(session.since),
            "nonce": code.question.nonce,
            "acr": LEVELS[session.level][1],
            "sid": session.sid,
            "at_hash": base64.urlsafe_b64encode(half).rstrip(b"=").decode(),
            "name": person.name,
            **person.claims,
        }
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": 300,
            "scope": "openid",
            "id_token": self.key.sign(claims, "JWT"),
        }

    def sign_out(self, cookie: str) -> None:
        """End the session here, and tell every site that knew of it (OIDC Back-Channel Logout 1.0)."""
        ended = self.memory.sign_out(cookie)
        if ended is None:
            return
        for client_id in sorted(ended.clients):
            try:
                client = self.clients.find(client_id)
            except NoClient:
                continue
            if client.backchannel_logout_uri:
                self._tell(client, ended)

    def _tell(self, client: Client, ended: Session) -> None:
        now = int(time.time())
        token = self.key.sign(
            {
                "iss": self.issuer,
                "aud": client.id,
                "sub": self.key.subject(client.id, ended.person),
                "sid": ended.sid,
                "iat": now,
                "exp": now + 120,
                "jti": secrets.token_urlsafe(16),
                "events": {LOGOUT: {}},
            },
            "logout+jwt",
        )
        # Only browsers resolve *.localhost, so the name goes in the Host header.
        parts = urlsplit(client.backchannel_logout_uri)
        local = (parts.hostname or "").endswith(".localhost")
        where = (
            f"http://127.0.0.1:{self._portal_port}{parts.path}" if local else client.backchannel_logout_uri
        )
        try:
            told = httpx.post(where, data={"logout_token": token}, headers={"Host": parts.netloc}, timeout=5)
            fault = "" if told.status_code in (200, 204) else str(told.status_code)
        except httpx.HTTPError as error:
            fault = type(error).__name__
        if fault:
            print(f"identity: {client.id} did not take the sign-out: {fault}", file=sys.stderr, flush=True)
