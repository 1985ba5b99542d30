"""What is kept of sharing. Rows that may not change are guarded by triggers in the migrations."""

from .consumers import AccessToken, Consumer, Muted, UsedAssertion
from .duties import Duty
from .giving import Disclosure, Sharing
from .grants import Grant, GrantKey
from .ledger import ActRecord, LedgerEntry, LedgerHead
from .purposes import Purpose, PurposeVersion, Recall
from .receipts import Receipt
from .requests import Request

__all__ = [
    "AccessToken",
    "ActRecord",
    "Consumer",
    "Disclosure",
    "Duty",
    "Grant",
    "GrantKey",
    "LedgerEntry",
    "LedgerHead",
    "Muted",
    "Purpose",
    "PurposeVersion",
    "Recall",
    "Receipt",
    "Request",
    "Sharing",
    "UsedAssertion",
]
