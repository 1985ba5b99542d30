"""Who makes a case: one process at a time, for a minute that each record it makes begins anew."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.municipalities.turns import doubling

from .models import Application, Write

LEASE = timedelta(seconds=60)
"""Much longer than one call takes, so that what a killed process sent has arrived when the next one looks."""
SETTLE = timedelta(seconds=20)
"""After a call that gave no clear answer: the case system may still be busy with it."""
SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)


class LeaseLost(Exception):
    """Somebody else makes this case now."""


def lease_now(now: datetime) -> datetime:
    """Until when a lease taken now lasts."""
    return now + LEASE


def take_due(now: datetime, most: int) -> Sequence[Application]:
    """Lease what is due, the oldest first."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    with transaction.atomic():
        rows = Application.objects.select_for_update(skip_locked=True)
        taken = list(rows.filter(free, state=Application.SENT, due__lte=now).order_by("due")[:most])
        for one in taken:
            one.lease, one.leased_until = uuid4(), lease_now(now)
            one.save(update_fields=["lease", "leased_until"])
    return taken


def attempt(application: Application, write: Write) -> None:
    """Say that a record is about to be made, before it is. Raises LeaseLost."""
    with transaction.atomic():
        _renew(application)
        if write.attempted is None:
            write.attempted = timezone.now()
            Write.objects.filter(id=write.id).update(attempted=write.attempted)


def done(application: Application, write: Write, url: str) -> None:
    """It is there. With the role made, nobody needs the BSN any more. Raises LeaseLost."""
    with transaction.atomic():
        _renew(application)
        write.url, write.done, write.bsn = url, timezone.now(), None
        Write.objects.filter(id=write.id).update(url=url, done=write.done, bsn=None)


def complete(application: Application) -> None:
    """The case is whole: forget what was in it. Raises LeaseLost."""
    now = timezone.now()
    with transaction.atomic():
        _renew(application)
        Application.objects.filter(id=application.id).update(
            state=Application.FILED, content=None, filed=now, changed=now, problem="", leased_until=None,
            lease=None, promised=application.promised,
        )  # fmt: skip


def let_go(application: Application, problem: str = "", wait: timedelta = timedelta(0)) -> None:
    """Leave the rest to whoever comes next; after a failure not before a while that grows."""
    if problem:
        wait = max(wait, doubling(SHORTEST, application.attempts, LONGEST))
    with transaction.atomic():
        Application.objects.filter(id=application.id, lease=application.lease).update(
            due=timezone.now() + wait,
            leased_until=None,
            lease=None,
            problem=problem,
            attempts=F("attempts") + (1 if problem else 0),
        )


def _renew(application: Application) -> None:
    mine: UUID | None = application.lease
    until = lease_now(timezone.now())
    held = Application.objects.filter(id=application.id, lease=mine, state=Application.SENT)
    if mine is None or not held.update(leased_until=until):
        raise LeaseLost
