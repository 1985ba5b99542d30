"""What can go wrong with a wallet session. No text here holds a value, a token or the server's own words."""

from enum import StrEnum


class WalletError(Exception):
    """The root of this tree."""


class WalletUnreachable(WalletError):
    """The IRMA server cannot be reached or answers nonsense in time. Nothing is decided; try again later."""


class RequestRefused(WalletError):
    """The IRMA server does not accept what we ask: our configuration, permissions or clock are wrong."""


class SessionUnknown(WalletError):
    """The server forgot the session: too old, or it was started again. Offer a new one."""


class NotFinished(WalletError):
    """The outcome was asked before the end."""


class Cancelled(WalletError):
    """The resident said no, or closed the wallet."""


class TimedOut(WalletError):
    """Nobody answered in time."""


class Reason(StrEnum):
    """Why an outcome does not count; fit for a log."""

    SIGNATURE = "signature"
    """Not signed by our server, in our way, within its time."""
    OTHER_SESSION = "other session"
    """A result of our server, but of another session or kind."""
    MALFORMED = "malformed"
    """Signed, but not as the server's own documentation says."""
    PROOF = "proof"
    """The server found the wallet's proof invalid, or not to be for this request."""
    EXPIRED = "expired"
    """The wallet showed a credential that is no longer valid. The resident can renew it."""
    NOT_AS_ASKED = "not as asked"
    """More, fewer or other attributes than asked."""
    EMPTY = "empty"
    """A required attribute has no value."""
    WRONG_VALUE = "wrong value"
    """A fixed value was asked and another came."""
    TOO_OLD = "too old"
    """Issued longer ago than the request allows."""
    FROM_THE_FUTURE = "from the future"
    """Issued later than now."""


class ProofInvalid(WalletError):
    """The session ended, but its outcome must never count."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
