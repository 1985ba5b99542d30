"""Fills a wallet as a municipality would: through the real IRMA server, by the requestor that may issue."""

import base64
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import httpx
import jwt

from .program import State, Wallet, WalletBroken

A_YEAR = 365 * 24 * 3600  # seconds; IRMA rounds the end of validity down to a whole week
PATIENCE = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Issuer:
    """The requestor of the demo that may issue."""

    irma: str
    """The IRMA server's address."""
    requestor: str
    key: str = field(repr=False)
    """Its HMAC key, base64."""
    scheme: str = "mijn-demo"

    def issue(
        self,
        wallet: Wallet,
        credentials: Mapping[str, Sequence[Mapping[str, str]]],
        *,
        valid: int = A_YEAR,
    ) -> None:
        """Put credentials into a wallet, all in one session; `valid` is in seconds.

        Validity of less than a week gives a card that has expired already.
        Raises WalletBroken when the server or the wallet refuses.
        """
        session = wallet.scan(self._start(credentials, int(time.time()) + valid))
        if wallet.wait(session, lambda state: state.restful, PATIENCE) is not State.ASKING:
            raise WalletBroken(f"issuing did not begin: {session.state} {session.failure}")
        wallet.answer(session, agree=True)
        if wallet.wait(session, lambda state: state.final, PATIENCE) is not State.DONE:
            raise WalletBroken(f"issuing failed: {session.state} {session.failure}")

    def _start(self, credentials: Mapping[str, Sequence[Mapping[str, str]]], until: int) -> Mapping[str, str]:
        request = {
            "@context": "https://irma.app/ld/request/issuance/v2",
            "credentials": [
                {"credential": f"{self.scheme}.{name}", "validity": until, "attributes": dict(card)}
                for name, cards in credentials.items()
                for card in cards
            ],
        }
        claims = {
            "iss": self.requestor,
            "iat": int(time.time()) - 5,  # our clocks may differ
            "sub": "issue_request",
            "iprequest": {"request": request},
        }
        try:
            answer = httpx.post(
                f"{self.irma}/session",
                content=jwt.encode(claims, base64.b64decode(self.key), "HS256"),
                headers={"Content-Type": "text/plain"},
                timeout=PATIENCE,
            )
        except httpx.HTTPError as trouble:
            raise WalletBroken(f"no IRMA server: {type(trouble).__name__}") from None
        if not answer.is_success:
            raise WalletBroken(f"the IRMA server refused to issue: {answer.status_code}")
        pointer: Mapping[str, str] = answer.json()["sessionPtr"]
        return pointer
