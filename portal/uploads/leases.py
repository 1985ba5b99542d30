"""Who works on a document: one process at a time, for minutes that each record it makes begin anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.municipalities.turns import doubling
from portal.notices.kinds import Kind
from portal.notices.telling import tell

from .models import Upload
from .moving import NotNow, move
from .states import UNDER_WAY, Act

LEASE = timedelta(minutes=3)
"""Much longer than one call or one scan takes, so that what a killed process sent has arrived before."""
SETTLE = timedelta(seconds=70)
"""After a call that gave no clear answer: the case system may still be busy with a large file."""
SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)


class LeaseLost(Exception):
    """Somebody else works on it now."""


def take_due(now: datetime, most: int) -> Sequence[Upload]:
    """Lease what is due, the oldest first."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    with transaction.atomic():
        rows = Upload.objects.select_for_update(skip_locked=True)
        taken = list(rows.filter(free, state__in=UNDER_WAY, due__lte=now).order_by("due")[:most])
        for one in taken:
            one.lease, one.leased_until = uuid4(), now + LEASE
            one.save(update_fields=["lease", "leased_until"])
    return taken


def hold(upload: Upload, **values: str) -> None:
    """Say that a record is about to be made, or what came of it. Raises LeaseLost."""
    with transaction.atomic():
        _renew(upload, **values)


def step(upload: Upload, act: Act, reason: str = "") -> None:
    """Take a step in its life. Raises LeaseLost."""
    with transaction.atomic():
        _renew(upload)
        upload.reason, upload.problem, upload.attempts = reason, "", 0
        try:
            move(upload, act)
        except NotNow:
            raise LeaseLost from None
        if act in (Act.REFUSE, Act.GIVE_UP):
            # They may be gone from the page by now: who chose mail for it hears that there is news.
            tell(upload.resident_id, Kind.CASE, cause=upload.id)


def let_go(upload: Upload, problem: str = "", wait: timedelta = timedelta(0)) -> None:
    """Leave the rest to whoever comes next; after a failure not before a while that grows."""
    if problem:
        wait = max(wait, doubling(SHORTEST, upload.attempts, LONGEST))
    with transaction.atomic():
        Upload.objects.filter(id=upload.id, lease=upload.lease).update(
            due=timezone.now() + wait,
            leased_until=None,
            lease=None,
            problem=problem[:100],
            attempts=F("attempts") + (1 if problem else 0),
        )


def _renew(upload: Upload, **values: str) -> None:
    upload.leased_until = timezone.now() + LEASE
    mine = Upload.objects.filter(id=upload.id, lease=upload.lease, state=upload.state)
    if upload.lease is None or not mine.update(leased_until=upload.leased_until, **values):
        raise LeaseLost
    for name, value in values.items():
        setattr(upload, name, value)
