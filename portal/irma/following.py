"""Following a wallet session that its caller keeps: where it stands, and how it ended.

What an outcome means is the caller's to decide. The BSN of a wallet is compared in memory and never kept.
"""

import hashlib
import hmac
import logging
import secrets
from dataclasses import dataclass
from enum import StrEnum

from portal.municipalities.bsn import BSN

from .errors import (
    Cancelled,
    NotFinished,
    ProofInvalid,
    Reason,
    RequestRefused,
    SessionUnknown,
    TimedOut,
    WalletUnreachable,
)
from .here import requestor
from .requestor import Requestor
from .session import Outcome, Session, Status

BSN_CLAIM = "gemeente.personalData.bsn"
WRONG_PAIRINGS = 3
"""Wrong codes after which a caller ends a session."""
OUTCOMES = {
    Reason.EXPIRED: "expired",
    Reason.TOO_OLD: "too_old",
    Reason.WRONG_VALUE: "wrong_value",
    Reason.EMPTY: "empty",
}
log = logging.getLogger(__name__)


class Stand(StrEnum):
    """Where a wallet's disclosure stands, as the waiting page shows it."""

    WAITING = "waiting"
    PAIRING = "pairing"
    CONNECTED = "connected"
    RETURN = "return"
    """The app is done; its return to this browser is still to come."""
    PROVEN = "proven"
    ENDED = "ended"
    """Without proof; an outcome in a word says why."""
    UNREACHABLE = "unreachable"


WAITING = {Stand.WAITING, Stand.CONNECTED, Stand.RETURN, Stand.UNREACHABLE}
"""Where a page without script has a link to look again; not while a code is typed into it."""


@dataclass(frozen=True, slots=True)
class Ended:
    """It ended without proof."""

    why: str
    """In a word: declined, timed_out, expired, …"""


def look(session: Session, *, came_back: bool) -> Stand | Ended | Outcome:
    """Ask the IRMA server where a session stands; an Outcome only when it counts.

    `came_back`: the app returned to the browser that began, or need not since that browser showed a QR.
    """
    try:
        asks = requestor()
        status = asks.status(session)
        if status is Status.DONE and not came_back:
            return Stand.RETURN
        if status.final:
            return _outcome(asks, session)
        return {Status.PAIRING: Stand.PAIRING, Status.CONNECTED: Stand.CONNECTED}.get(status, Stand.WAITING)
    except (WalletUnreachable, RequestRefused) as fault:
        log.warning("the irma server does not help: %s", type(fault).__name__)
        return Stand.UNREACHABLE
    except SessionUnknown:
        return Ended("forgotten")


def pair(session: Session, typed: str) -> bool:
    """Whether the typed code is the one the app shows. True also when it ended meanwhile: `look` says how."""
    if session.pairing_code is None:
        return True
    try:
        return requestor().pair(session, typed)
    except (WalletUnreachable, RequestRefused, SessionUnknown, Cancelled, TimedOut):
        return True


def cancel(session: Session) -> None:
    """End the session in the wallet too, as far as that can be reached."""
    try:
        requestor().cancel(session)
    except (WalletUnreachable, RequestRefused, SessionUnknown):
        return  # it times out by itself; nothing of it is waited for any more


def is_of(outcome: Outcome, bsn: BSN) -> bool:
    """Whether the wallet is this person's; asked of an outcome that has a BSN in it."""
    return hmac.compare_digest(outcome.values[BSN_CLAIM].encode(), bsn.reveal().encode())


def new_reference() -> str:
    """For the address that the app returns to; once, and kept only as `hashed`."""
    return secrets.token_urlsafe(24)


def hashed(reference: str) -> str:
    """How a reference is kept."""
    return hashlib.sha256(reference.encode()).hexdigest()


def _outcome(asks: Requestor, session: Session) -> Stand | Ended | Outcome:
    try:
        return asks.outcome(session)
    except Cancelled:
        return Ended("declined")
    except TimedOut:
        return Ended("timed_out")
    except ProofInvalid as refused:
        log.warning("a wallet's result does not count: %s", refused.reason)
        return Ended(OUTCOMES.get(refused.reason, "invalid"))
    except NotFinished:
        return Stand.WAITING
