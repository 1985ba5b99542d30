"""Bringing signed heads outside: to the heads file, and to a second party that keeps them.

Each deposit is a row, written with its head and taken under a lease, as duties are: a crash at any moment
means another turn and nothing lost. Whoever gets a head must bear getting it twice.
"""

import json
import logging
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.municipalities import lines, outgoing
from portal.municipalities.acting import current_municipality
from portal.municipalities.turns import doubling
from portal.sharing.models import Deposit, SignedHead

from . import heads, nodes, restores

LEASE = timedelta(seconds=60)
AT_ONCE = 8
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
log = logging.getLogger(__name__)


def deliver() -> int:
    """One turn for the municipality in force; gives how many heads were deposited."""
    return sum(_deliver_to(place) for place in (Deposit.FILE, Deposit.WITNESS))


def _deliver_to(place: str) -> int:
    """The heads of one place in their order; after one that does not arrive, it is left alone for a while."""
    taken = _take(place, timezone.now())
    for number, deposit in enumerate(taken):
        if not _is_brought(deposit):
            _later(deposit, taken[number:])
            return number
    return len(taken)


def _take(place: str, now: datetime) -> list[Deposit]:
    """The oldest heads of a place, when the very oldest is due and nobody is at it.

    Its time is that of all behind it: one that had a time of its own would wait long after the place is back,
    and those that came later would be refused for it.
    """
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    with transaction.atomic():
        waiting = Deposit.objects.filter(to=place, done=None).order_by("head__at", "head__size")
        oldest = waiting.first()
        mine = Deposit.objects.select_for_update(skip_locked=True)
        if oldest is None or not mine.filter(free, id=oldest.id, done=None, due__lte=now).exists():
            return []
        taken = list(waiting.select_related("head")[:AT_ONCE])
        _update(taken, leased_until=now + LEASE)
    return taken


def _is_brought(deposit: Deposit) -> bool:
    try:
        if deposit.to == Deposit.FILE:
            _write_down(deposit.head)
        else:
            _give_to_witness(deposit.head)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
        log.warning("head of %s not deposited (%s): %s", deposit.head.size, deposit.to, type(fault).__name__)
        return False
    with transaction.atomic():
        _update([deposit], done=timezone.now())
    return True


def _write_down(head: SignedHead) -> None:
    with transaction.atomic():
        gone = restores.heads_are_gone()
    if gone:  # one that begins anew here would pass for all that was published
        raise FileNotFoundError(restores.HEADS_GONE)
    content = {"municipality": str(current_municipality().id), **heads.shown(head)}
    lines.append(Path(settings.HEADS_FILE), [json.dumps(content)])


def _give_to_witness(head: SignedHead) -> None:
    answer = outgoing.post(settings.LEDGER_WITNESS_URL, listed=False, json=for_witness(head))
    answer.raise_for_status()


def for_witness(head: SignedHead) -> dict[str, Any]:
    """What the second party gets: the head, and the proof that the log only grew since the one before."""
    with transaction.atomic():
        before = SignedHead.objects.filter(at__lt=head.at, size__lte=head.size).order_by("-at").first()
        path = nodes.consistency(before.size, head.size) if before else []
    return {
        "kop": heads.shown(head),
        "vorige": heads.shown(before) if before else None,
        "pad": [one.hex() for one in path],
    }


def _later(failed: Deposit, taken: list[Deposit]) -> None:
    wait = doubling(FIRST_WAIT, failed.attempts, LONGEST_WAIT)
    with transaction.atomic():
        _update(taken, leased_until=None)
        _update([failed], due=timezone.now() + wait, attempts=F("attempts") + 1)


def _update(deposits: list[Deposit], **values: Any) -> None:
    Deposit.objects.filter(id__in=[one.id for one in deposits]).update(**values)
