"""Who hangs is left alone for a while, by every process; then one of them tries again.

The state is a row, because processes share nothing else. While all is well there is no row, and no write.
"""

import logging
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils import timezone

from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality
from portal.municipalities.worded import Worded

from .models import Breaker

SHORTEST, LONGEST = timedelta(seconds=20), timedelta(minutes=5)
TRYING = timedelta(seconds=10)
ALL = Worded(lambda: Breaker.objects.all())
log = logging.getLogger(__name__)


def left_alone(connections: Iterable[UUID]) -> dict[UUID, bool]:
    """The connections with a breaker: True for who must be left alone, False for who is to be tried now.

    Whose rest is over is tried by the first that asks; for ten seconds the others still leave it alone.
    One query while all is well, in the caller's transaction if there is one.
    """
    wanted = set(connections)
    with transaction.atomic(savepoint=False):
        # All of the municipality's: they are few, and then the question is the same each time.
        found = {one.connection: one.closed_until for one in ALL() if one.connection in wanted}
        now = timezone.now()
        rested = Q(connection__in=[id for id, until in found.items() if until <= now], closed_until__lte=now)
        mine = _claim(rested) if any(until <= now for until in found.values()) else set()
    return {connection: connection not in mine for connection in found}


def remember(municipality: Municipality, slow: Iterable[UUID], well: Iterable[UUID]) -> None:
    """Write down who was too slow and who is well again; a page never breaks on it."""
    slow, well = sorted(slow), list(well)
    if not slow and not well:
        return
    try:
        with acting_for(municipality), transaction.atomic():
            Breaker.objects.filter(connection__in=well).delete()
            for connection in slow:
                _rest(connection)
    except DatabaseError as fault:
        log.warning("breaker not written: %s", type(fault).__name__)


def _claim(rested: Q) -> set[UUID]:
    """Take the rested ones for ourselves. A row that somebody else holds is theirs: nobody waits for it,
    since a view may hold its transaction for as long as the page takes.
    """
    rows = Breaker.objects.select_for_update(skip_locked=True).filter(rested)
    mine = {row.connection for row in rows}
    Breaker.objects.filter(connection__in=mine).update(closed_until=timezone.now() + TRYING)
    return mine


def _rest(connection: UUID) -> None:
    """Let it rest, longer each time in a row. A row that another page holds is that page's to write."""
    known = Breaker.objects.filter(connection=connection)
    now = timezone.now()
    if not known.exists():
        first = Breaker(
            connection=connection, municipality=current_municipality(), closed_until=now + SHORTEST
        )
        Breaker.objects.bulk_create([first], ignore_conflicts=True)
    elif breaker := known.select_for_update(skip_locked=True).first():
        breaker.times += 1
        breaker.closed_until = now + min(LONGEST, SHORTEST * 2 ** min(breaker.times - 1, 8))
        breaker.save(update_fields=["times", "closed_until"])
