"""Asking for mail, saying yes to it by the link that comes, and stopping.

Anybody can type anybody's address. So what is answered is the same for every address, the first mail only
asks, and nothing is kept of who does not say yes within a day.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.limits import too_many
from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import DoesNotDecrypt, decrypt, encrypt, lookup_hash
from portal.notices.returns import Bounce

from .models import Subscription

TABLE, COLUMN = "publications_subscription", "address"
UNCONFIRMED = timedelta(days=1)
MOST_TO_ONE, A_DAY = 3, 86_400
"""Mails that ask, to one address in a day, whoever typed it."""
MORNING, SPREAD = time(7), 3600  # seconds over which a municipality's mails are spread
NO_SUCH_ADDRESS = "5.1."


def ask(address: str, kinds: Sequence[str], postcode: str, language: str) -> None:
    """Have a mail ask whether they want it; nothing happens for an address that was asked too often."""
    if too_many("publications-to", address.casefold(), most=MOST_TO_ONE, seconds=A_DAY):
        return
    now = timezone.now()
    key, hashed = _hash(address)
    row = Subscription(
        municipality=current_municipality(),
        key_id=key,
        hashed=hashed,
        kinds=list(kinds),
        postcode=postcode,
        language=language,
        asked=now,
        due=now,
    )
    row.address = encrypt(address.encode(), table=TABLE, column=COLUMN, row=row.id)
    row.save(force_insert=True)


def found(subscription: UUID) -> Subscription | None:
    """None also when its time to say yes is over, though the worker did not come by yet."""
    row = Subscription.objects.filter(id=subscription).first()
    over = row and row.confirmed is None and row.asked <= timezone.now() - UNCONFIRMED
    return None if over else row


def confirm(subscription: UUID) -> bool:
    """Say yes; what the same address had before is replaced. False when there is nothing to say yes to."""
    row = found(subscription)
    address = address_of(row) if row else None
    if row is None or address is None:
        return False
    with transaction.atomic():
        locked = {one.id: one for one in _of_address(address).select_for_update().order_by("id")}
        mine = locked.get(subscription)
        if mine is None:
            return False
        if mine.confirmed is None:
            _of_address(address).exclude(id=subscription).delete()
            now = timezone.now()
            mine.confirmed, mine.told_until, mine.attempts = now, now, 0
            mine.due = next_morning(mine.id, now)
            mine.save()
    return True


def stop(subscription: UUID) -> None:
    """At once, and nothing of it stays. Twice is once."""
    Subscription.objects.filter(id=subscription).delete()


def stop_bounced(bounce: Bounce) -> bool:
    """Whether a mail that came back was of a subscription; it stops where the address does not exist."""
    rows = Subscription.objects.filter(id=bounce.notice)
    return bool(rows.delete()[0]) if bounce.status.startswith(NO_SUCH_ADDRESS) else rows.exists()


def forget_unconfirmed(at: datetime) -> None:
    """Nobody said yes in a day."""
    Subscription.objects.filter(confirmed=None, asked__lte=at - UNCONFIRMED).delete()


def address_of(row: Subscription) -> str | None:
    """None when it cannot be read."""
    try:
        return decrypt(bytes(row.address), table=TABLE, column=COLUMN, row=row.id).decode()
    except DoesNotDecrypt:
        return None


def next_morning(subscription: UUID, now: datetime) -> datetime:
    """When its mail of the next day goes."""
    day = timezone.localdate(now) + timedelta(days=1)
    begins = timezone.make_aware(datetime.combine(day, MORNING))
    return begins + timedelta(seconds=subscription.int % SPREAD)


def _of_address(address: str) -> QuerySet[Subscription]:
    """All of one address, under whichever key it was hashed."""
    keys = set(Subscription.objects.values_list("key_id", flat=True).distinct())
    either = Q(pk=None)
    for key in keys:
        either |= Q(key_id=key, hashed=_hash(address, key)[1])
    return Subscription.objects.filter(either)


def _hash(address: str, key: UUID | None = None) -> tuple[UUID, Any]:
    return lookup_hash(f"publications {address.casefold()}", key)
