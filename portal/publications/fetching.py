"""The worker's turn: what is new for one municipality is fetched and kept, days at a time.

First half a year in months, the oldest first; then each hour what changed since the day before. A page of an
answer and how far it brought us are kept in one transaction, so a stop at any moment costs one page asked
again. While the source is down all municipalities leave it alone, longer each time; what was fetched stays.
"""

import logging
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality
from portal.municipalities.turns import doubling

from .client import changed_between
from .errors import NoAnswer, Unreachable
from .models import Fetching, Publication
from .records import Found, OfficialPublication

KEPT = timedelta(days=183)
"""How far back the list goes; older ones are on the national site."""
WINDOW = timedelta(days=30)
"""Of Amsterdam, the largest, some 2,500 publications; the source gives 10,000 of one question."""
OVERLAP = timedelta(days=2)
"""Days that are asked again: today is not over, and a record may come to the source's index late."""
EVERY = timedelta(hours=1)
CALLS, A_TURN = 5, 20.0  # of one municipality in one turn; seconds after which no other call is begun
LEASE = timedelta(minutes=2)
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=2)
"""How long a municipality waits after an answer that we cannot use."""
REST, LONGEST_REST = 20.0, 600.0  # seconds that the source is left alone by this process
log = logging.getLogger(__name__)


class Resting:
    """Since when and how long this process asks the source nothing, because it did not answer."""

    def __init__(self) -> None:
        self.until, self.times = 0.0, 0

    def now(self) -> bool:
        """Whether it is to be left alone."""
        return monotonic() < self.until

    def begin(self) -> None:
        """It did not answer."""
        self.times += 1
        self.until = monotonic() + min(LONGEST_REST, REST * 2 ** min(self.times - 1, 8))

    def end(self) -> None:
        """It answered."""
        self.until, self.times = 0.0, 0


resting = Resting()


def fetch_due(municipality: Municipality) -> int:
    """Fetch what is due; gives how many publications came, known ones included."""
    if not settings.PUBLICATIONS_URL or municipality.closed or resting.now():
        return 0
    with acting_for(municipality):
        with transaction.atomic():
            mine = _take(timezone.now())
        return _go_on(mine) if mine else 0


def _take(now: datetime) -> Fetching | None:
    """The row under a lease, made the first time; None when it is not due, or somebody else works on it."""
    if not Fetching.objects.exists():
        first = Fetching(municipality=current_municipality(), due=now)
        Fetching.objects.bulk_create([first], ignore_conflicts=True)
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    row = Fetching.objects.select_for_update(skip_locked=True).filter(free, due__lte=now).first()
    if row:
        row.leased_until = now + LEASE
        row.save(update_fields=["leased_until"])
    return row


def _go_on(mine: Fetching) -> int:
    came, ends = 0, monotonic() + A_TURN
    for _call in range(CALLS):
        first, last = _days(mine)
        try:
            found = changed_between(current_municipality(), first, last, mine.position)
        except NoAnswer as fault:
            log.warning("official publications of %s wait: %s", current_municipality().slug, fault)
            _later(mine, fault)
            return came
        resting.end()
        came += len(found.publications)
        with transaction.atomic():
            if not _keep(mine, found, last):
                return came  # another worker went on meanwhile
        if mine.due > timezone.now() or monotonic() > ends:
            break
    with transaction.atomic():
        _of(mine).update(leased_until=None)
    return came


def _days(mine: Fetching) -> tuple[date, date]:
    """The first and last day that is asked about now."""
    today = timezone.localdate()
    oldest = today - KEPT
    first = max(oldest, mine.done_until + timedelta(days=1)) if mine.done_until else oldest
    return first, max(first, mine.asked_until or min(today, first + WINDOW - timedelta(days=1)))


def _keep(mine: Fetching, found: Found, last: date) -> bool:
    """Keep a page and how far it brought us; False, and nothing, when the row is no longer ours."""
    if not _of(mine).select_for_update().exists():
        return False
    keep(found.publications)
    now, today = timezone.now(), timezone.localdate()
    mine.attempts, mine.problem = 0, ""
    if found.goes_on_at:
        mine.position, mine.asked_until = found.goes_on_at, last
    else:
        mine.position, mine.asked_until = 1, None
        mine.done_until = min(last, today - OVERLAP)
        if last >= today:
            mine.whole_at, mine.due = now, now + EVERY
            Publication.objects.filter(day__lt=today - KEPT).delete()
    mine.leased_until = now + LEASE
    mine.save()
    return True


def keep(publications: Sequence[OfficialPublication]) -> None:
    """One that is known gets what the source says of it now, and stays as new as it was."""
    now, here = timezone.now(), current_municipality()
    rows = {
        one.identifier: Publication(
            municipality=here,
            identifier=one.identifier,
            kind=one.kind,
            title=one.title,
            day=one.day,
            postcodes=list(one.postcodes),
            places=list(one.places),
            url=one.url,
            seen=now,
        )
        for one in publications
    }
    Publication.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["municipality", "identifier"],
        update_fields=["kind", "title", "day", "postcodes", "places", "url"],
    )


def _later(mine: Fetching, fault: NoAnswer) -> None:
    """Wait, longer each time; when it answers nobody, all municipalities wait."""
    if isinstance(fault, Unreachable):
        resting.begin()
    wait = doubling(SHORTEST, mine.attempts, LONGEST)
    with transaction.atomic():
        _of(mine).update(
            due=timezone.now() + wait,
            attempts=mine.attempts + 1,
            problem=str(fault)[:100],
            leased_until=None,
        )


def _of(mine: Fetching) -> QuerySet[Fetching]:
    """The row, as long as the lease on it is ours."""
    return Fetching.objects.filter(id=mine.id, leased_until=mine.leased_until)
