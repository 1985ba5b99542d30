"""What must happen later: told to consumers, listed as erased, forgotten in time.

Each duty is a row, written in its act's transaction. The sweeper takes it under a lease, so a crash at any
moment means another turn and nothing lost; whoever is told must bear being told twice.
"""

import json
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.accounts import sessions, sign_in
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality

from . import grants, monthly
from .forgetting import forget_unconfirmed, forget_used_assertions
from .ledger import days, deposits, heads, restores
from .ledger.forgetting import forget_over
from .models import Duty
from .outside import add_line

LEASE = timedelta(seconds=60)
AT_ONCE = 8
"""Few enough to be done within a lease, also when each consumer takes its time."""
LONGEST_WAIT = timedelta(hours=1)
SELDOM = timedelta(minutes=10)
"""How often it is looked whether a day is over, or a term of years."""
_tended: dict[UUID, datetime] = {}
"""When this process last looked, by municipality."""
log = logging.getLogger(__name__)


def sweep(municipality: Municipality) -> int:
    """One turn for one municipality; gives how many duties were done."""
    with acting_for(municipality):
        now = timezone.now()
        with transaction.atomic():
            sessions.forget_old()
            sign_in.forget_old()
            forget_unconfirmed(now)
            grants.end_recalled(now)
            grants.erase_over(now)
            forget_used_assertions(now)
            monthly.move_on(now)
        with transaction.atomic():
            taken = _take(now)
        done = _fulfil_all(taken)
        _tend_ledger(now)
        return done + deposits.deliver()


def _tend_ledger(now: datetime) -> None:
    """See whether a backup came back, seal the day, forget what is past its term, sign the head."""
    whose = current_municipality().id
    first = whose not in _tended
    with transaction.atomic():
        restores.look(whole=first)
    if first or now >= _tended[whose] + SELDOM:
        days.seal(now)
        with transaction.atomic():
            forget_over(now)
        _tended[whose] = now
    with transaction.atomic():
        heads.make(now)


def destroy_past_keys(municipalities: Sequence[Municipality]) -> list[str]:
    """Destroy the keys of months that no grant of anyone hangs on any more; gives which."""
    gone = []
    for month in monthly.past_keys(timezone.now()):
        if not any(_hangs_on(month, one) for one in municipalities):
            monthly.destroy(month)
            gone.append(month)
    return gone


def _hangs_on(month: str, municipality: Municipality) -> bool:
    with acting_for(municipality), transaction.atomic():
        return monthly.is_in_use(month)


def _take(now: datetime) -> list[Duty]:
    """Lease what is due; erasures first, since they do not depend on anyone else."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = Duty.objects.select_for_update(skip_locked=True, of=("self",)).select_related("grant")
    taken = list(rows.filter(free, done=None, due__lte=now).order_by("kind", "due")[:AT_ONCE])
    Duty.objects.filter(id__in=[duty.id for duty in taken]).update(
        leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    return taken


def _fulfil_all(duties: list[Duty]) -> int:
    """Consumers that do not answer are asked once a turn, so that they do not hold up the others."""
    silent: set[UUID] = set()
    done = 0
    for duty in duties:
        tells = duty.kind == Duty.TELL_CONSUMER
        if tells and duty.grant.consumer_id in silent:
            _later(duty)
        elif _fulfil(duty):
            done += 1
        elif tells:
            silent.add(duty.grant.consumer_id)
    return done


def _fulfil(duty: Duty) -> bool:
    try:
        if duty.kind == Duty.LIST_ERASURE:
            list_erasure(duty.municipality_id, duty.grant_id)
        else:
            _tell_consumer(duty)
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as fault:
        log.warning("duty %s of kind %s waits: %s", duty.id, duty.kind, type(fault).__name__)
        _later(duty)
        return False
    _update(duty, done=timezone.now())
    return True


def _later(duty: Duty) -> None:
    wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(duty.attempts + 1, 12)))
    _update(duty, due=timezone.now() + wait, leased_until=None)


def _update(duty: Duty, **values: object) -> None:
    with transaction.atomic():
        Duty.objects.filter(id=duty.id).update(**values)


def list_erasure(municipality: UUID, grant: UUID) -> None:
    """Add to the erasure list, kept outside the database and its backups, so a restore can be undone."""
    add_line(Path(settings.ERASURE_LIST), {"municipality": str(municipality), "grant": str(grant)})


def _tell_consumer(duty: Duty) -> None:
    with transaction.atomic():
        row = Duty.objects.select_related("grant__consumer", "municipality").get(id=duty.id)
    event = {
        "specversion": "1.0",
        "id": str(row.id),
        "source": f"urn:gemeente:{row.municipality.code}",
        "type": f"nl.{row.municipality.slug}.toestemming.{row.event}",
        "datacontenttype": "application/json",
        "data": {"toestemming": str(row.grant_id)},
    }
    answer = httpx.post(
        row.grant.consumer.events_url,
        content=json.dumps(event),
        headers={"Content-Type": "application/cloudevents+json"},
        timeout=httpx.Timeout(5, connect=2),
        follow_redirects=False,
        trust_env=False,
    )
    answer.raise_for_status()
