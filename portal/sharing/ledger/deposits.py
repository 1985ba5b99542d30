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

from . import heads, nodes

LEASE = timedelta(seconds=60)
AT_ONCE = 8
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
log = logging.getLogger(__name__)


def deliver() -> int:
    """One turn for the municipality in force; gives how many heads were deposited."""
    now = timezone.now()
    done, silent = 0, set()
    for deposit in _take(now):
        # The order of heads is kept: who did not get one gets no later one this turn.
        if deposit.to not in silent and _is_brought(deposit):
            done += 1
        else:
            silent.add(deposit.to)
            _later(deposit)
    return done


def _take(now: datetime) -> list[Deposit]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    with transaction.atomic():
        rows = Deposit.objects.select_for_update(skip_locked=True, of=("self",)).select_related("head")
        waiting = rows.filter(free, done=None, due__lte=now)
        taken = list(waiting.order_by("to", "head__at")[:AT_ONCE])
        Deposit.objects.filter(id__in=[one.id for one in taken]).update(
            leased_until=now + LEASE, attempts=F("attempts") + 1
        )
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
        Deposit.objects.filter(id=deposit.id).update(done=timezone.now())
    return True


def _write_down(head: SignedHead) -> None:
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


def _later(deposit: Deposit) -> None:
    wait = doubling(FIRST_WAIT, deposit.attempts, LONGEST_WAIT)
    with transaction.atomic():
        Deposit.objects.filter(id=deposit.id).update(due=timezone.now() + wait, leased_until=None)
