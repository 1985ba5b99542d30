"""What must happen later: told to consumers, listed as erased, forgotten in time.

Each duty is a row, written in its act's transaction. The sweeper takes it under a lease, so a crash at any
moment means another turn and nothing lost; whoever is told must bear being told twice.
"""

import json
import logging
import os
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

from .acts import erase_expired, forget_unconfirmed
from .models import Duty, UsedAssertion

LEASE = timedelta(seconds=60)
LONGEST_WAIT = timedelta(hours=1)
log = logging.getLogger(__name__)


def sweep(municipality: Municipality) -> int:
    """One turn for one municipality; gives how many duties were done."""
    with acting_for(municipality):
        now = timezone.now()
        with transaction.atomic():
            forget_unconfirmed(now)
            erase_expired(now)
            UsedAssertion.objects.filter(until__lt=now - LEASE).delete()
            taken = _take(now)
        return sum(_fulfil(duty) for duty in taken)


def _take(now: "timezone.datetime") -> list[Duty]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = Duty.objects.select_for_update(skip_locked=True).filter(free, done=None, due__lte=now)
    taken = list(rows.order_by("due")[:50])
    Duty.objects.filter(id__in=[duty.id for duty in taken]).update(
        leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    return taken


def _fulfil(duty: Duty) -> bool:
    try:
        if duty.kind == Duty.LIST_ERASURE:
            list_erasure(duty.municipality_id, duty.grant_id)
        else:
            _tell_consumer(duty)
    except (httpx.HTTPError, OSError) as fault:
        log.warning("duty %s of kind %s waits: %s", duty.id, duty.kind, type(fault).__name__)
        wait = min(LONGEST_WAIT, timedelta(seconds=2 ** min(duty.attempts + 1, 12)))
        _update(duty, due=timezone.now() + wait, leased_until=None)
        return False
    _update(duty, done=timezone.now())
    return True


def _update(duty: Duty, **values: object) -> None:
    with transaction.atomic():
        Duty.objects.filter(id=duty.id).update(**values)


def list_erasure(municipality: UUID, grant: UUID) -> None:
    """Add to the erasure list, kept outside the database and its backups, so a restore can be undone."""
    line = json.dumps({"municipality": str(municipality), "grant": str(grant)}) + "\n"
    path = Path(settings.ERASURE_LIST)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())


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
    )
    answer.raise_for_status()
