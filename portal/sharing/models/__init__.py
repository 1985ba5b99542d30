"""What is kept of sharing. Rows that may not change are guarded by triggers in the migrations."""

from .consumers import Consumer, Muted, UsedAssertion
from .duties import Duty
from .giving import Disclosure, Sharing
from .grants import Grant, GrantKey
from .ledger import ActRecord, LedgerEntry, LedgerHead
from .making import OfficerAct, PurposeDraft, PurposeReview, PurposeRevision
from .purposes import Purpose, PurposeVersion, Recall
from .receipts import Receipt
from .requests import Request

__all__ = [
    "ActRecord",
    "Consumer",
    "Disclosure",
    "Duty",
    "Grant",
    "GrantKey",
    "LedgerEntry",
    "LedgerHead",
    "Muted",
    "OfficerAct",
    "Purpose",
    "PurposeDraft",
    "PurposeReview",
    "PurposeRevision",
    "PurposeVersion",
    "Recall",
    "Receipt",
    "Request",
    "Sharing",
    "UsedAssertion",
]
