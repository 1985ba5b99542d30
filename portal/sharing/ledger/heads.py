"""Signed heads: every whole minute that the log grew, the municipality signs what its tree is.

Who kept one can prove later that the log only grew. A head is shown to others only when it lies in the
heads file outside the database; so no backup is older than a head that somebody has without that being
seen.
"""

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from portal.municipalities import signing
from portal.municipalities.acting import current_municipality
from portal.municipalities.models import Municipality
from portal.sharing.models import Deposit, LedgerHead, Restore, SignedHead

from .entries import locked_head, tree_of
from .tree import Hash


def make(at: datetime) -> SignedHead | None:
    """Sign the head, when the log changed and a new minute began; None when there is nothing to sign."""
    newest = SignedHead.objects.order_by("-at").first()
    if newest and _minute(newest.at) >= _minute(at):
        return None
    size = LedgerHead.objects.values_list("size", flat=True).first() or 0
    if not size or (newest and newest.size == size) or Restore.objects.filter(lifted=None).exists():
        return None
    return sign(at)


def sign(at: datetime) -> SignedHead:
    """Sign the head as it is now, and owe it to the places outside."""
    municipality = current_municipality()
    at = at.replace(microsecond=0)
    with transaction.atomic():
        tree = tree_of(locked_head())
        key, signature = signing.sign(text(log_of(municipality), tree.size, tree.root(), at))
        head = SignedHead.objects.create(
            municipality=municipality, size=tree.size, root=tree.root(), at=at, key=key, signature=signature
        )
        Deposit.objects.bulk_create(
            Deposit(municipality=municipality, head=head, to=to, due=at) for to in places()
        )
    return head


def places() -> list[str]:
    """Where heads are deposited, as the settings say."""
    asked = {Deposit.FILE: settings.HEADS_FILE, Deposit.WITNESS: settings.LEDGER_WITNESS_URL}
    return [place for place, setting in asked.items() if setting]


def published() -> SignedHead | None:
    """The newest head that anybody may see."""
    return _shown().order_by("-at").first()


def all_published() -> QuerySet[SignedHead]:
    """Every head that anybody may see, oldest first."""
    return _shown().order_by("at")


def with_entry(position: int) -> SignedHead | None:
    """The first head that covers the entry at this position."""
    return _shown().filter(size__gt=position).order_by("size", "at").first()


def printed(position: int) -> SignedHead | None:
    """The head for a receipt of the entry at this position: the first over it, else the last before."""
    return with_entry(position) or _shown().filter(size__lte=position).order_by("-at").first()


def log_of(municipality: Municipality) -> str:
    """The name of a municipality's log, the same for ever."""
    return f"urn:gemeente:{municipality.code}:logboek"


def text(log: str, size: int, root: Hash, at: datetime) -> bytes:
    """What is signed: four lines, as in a checkpoint of C2SP with the time as extension."""
    return f"{log}\n{size}\n{base64.b64encode(root).decode()}\n{moment(at)}\n".encode()


def moment(at: datetime) -> str:
    """A time as it is signed and shown, in whole seconds of UTC."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def is_signed(head: SignedHead, keys: Mapping[str, bytes]) -> bool:
    """Whether one of these keys of the municipality in force signed this head."""
    content = text(log_of(current_municipality()), head.size, bytes(head.root), head.at)
    return signing.is_signed(keys.get(head.key), bytes(head.signature), content)


def shown(head: SignedHead) -> dict[str, Any]:
    """A head as it goes out, in the words of the API."""
    return {
        "logboek": log_of(current_municipality()),
        "grootte": head.size,
        "wortel": bytes(head.root).hex(),
        "tijd": moment(head.at),
        "sleutel": head.key,
        "handtekening": base64.b64encode(bytes(head.signature)).decode(),
    }


def _shown() -> QuerySet[SignedHead]:
    unwritten = Deposit.objects.filter(head=OuterRef("id"), to=Deposit.FILE, done=None)
    return SignedHead.objects.filter(~Exists(unwritten))


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)
