"""A wallet session as the caller stores it, and what it may end in."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from .request import DisclosureRequest


class Status(StrEnum):
    """How a session stands, in IRMA's own words."""

    INITIALIZED = "INITIALIZED"
    """Waits for a wallet."""
    PAIRING = "PAIRING"
    """A wallet is there and shows its code, which must be typed in the browser."""
    CONNECTED = "CONNECTED"
    """The wallet shows the request to the resident."""
    DONE = "DONE"
    """Ended with an answer; only `accept` says whether it counts."""
    CANCELLED = "CANCELLED"
    TIMEOUT = "TIMEOUT"

    @property
    def final(self) -> bool:
        """Whether nothing more will happen."""
        return self in (Status.DONE, Status.CANCELLED, Status.TIMEOUT)


@dataclass(frozen=True, slots=True)
class Session:
    """One session at the IRMA server. A secret: store it encrypted, and never let a browser choose one."""

    token: str = field(repr=False)
    """Whoever holds it can read the outcome."""

    pointer: Mapping[str, str] = field(repr=False)
    """What the QR or the app link says; whoever holds it can answer, or cancel."""

    frontend_authorization: str = field(repr=False)
    """Allows setting and finishing the pairing."""

    pairing_code: str | None = field(repr=False)
    """The four digits the wallet shows; None when the session does not pair."""

    request: DisclosureRequest
    started_at: datetime

    @property
    def pointer_text(self) -> str:
        """The pointer as the wallet reads it."""
        return json.dumps(dict(self.pointer), separators=(",", ":"))

    def to_json(self) -> str:
        """As text, to be stored encrypted."""
        return json.dumps(
            {
                "token": self.token,
                "pointer": dict(self.pointer),
                "frontend_authorization": self.frontend_authorization,
                "pairing_code": self.pairing_code,
                "request": self.request.to_json(),
                "started_at": self.started_at.isoformat(),
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read what `to_json` gave."""
        stored = json.loads(text)
        return cls(
            token=stored["token"],
            pointer=stored["pointer"],
            frontend_authorization=stored["frontend_authorization"],
            pairing_code=stored["pairing_code"],
            request=DisclosureRequest.from_json(stored["request"]),
            started_at=datetime.fromisoformat(stored["started_at"]),
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a wallet proved. An attribute that was left out, or is empty, is in neither mapping."""

    values: Mapping[str, str] = field(repr=False)
    """The values by attribute name, without scheme, as the issuer wrote them: "yes", "18-11-1986"."""

    issued_at: Mapping[str, datetime]
    """When each was issued, rounded down by IRMA to a whole week."""
