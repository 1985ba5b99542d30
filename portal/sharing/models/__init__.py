"""What is kept of sharing. Rows that may not change are guarded by triggers in the migrations."""

from .consumers import AccessToken, Consumer, ConsumerChange, Muted, UsedAssertion
from .duties import Duty
from .giving import Disclosure, Sharing
from .grants import Channel, Grant, GrantKey
from .ledger import (
    ActRecord,
    Deposit,
    ForgottenUse,
    LedgerEntry,
    LedgerHead,
    LedgerNode,
    LogRecord,
    RecordKey,
    Restore,
    SignedHead,
    ToNote,
)
from .making import OfficerAct, PurposeDraft, PurposeReview, PurposeRevision
from .purposes import Purpose, PurposeVersion, Recall
from .receipts import Receipt
from .requests import FURTHEST_END, Request

__all__ = [
    "FURTHEST_END",
    "AccessToken",
    "ActRecord",
    "Channel",
    "Consumer",
    "ConsumerChange",
    "Deposit",
    "Disclosure",
    "Duty",
    "ForgottenUse",
    "Grant",
    "GrantKey",
    "LedgerEntry",
    "LedgerHead",
    "LedgerNode",
    "LogRecord",
    "Muted",
    "OfficerAct",
    "Purpose",
    "PurposeDraft",
    "PurposeReview",
    "PurposeRevision",
    "PurposeVersion",
    "Recall",
    "Receipt",
    "RecordKey",
    "Request",
    "Restore",
    "Sharing",
    "SignedHead",
    "ToNote",
    "UsedAssertion",
]
