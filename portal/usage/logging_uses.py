"""Each use gets to the Logboek Dataverwerkingen, at least once: a line stays due until the log confirmed it.

The database itself writes down that a use must be logged, so no way of reading can forget it. Nothing
is sampled.
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
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.municipalities.turns import doubling

from .ldv import Line, as_otlp, line
from .models import LdvLine

LEASE = timedelta(seconds=60)
AT_ONCE = 100
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(minutes=10)
log = logging.getLogger(__name__)


class NotConfirmed(Exception):
    """The log does not say that it has them; the text is a kind of fault."""


class SomeRefused(NotConfirmed):
    """The log took the call and refused some of the lines."""


def log_due(municipality: Municipality) -> int:
    """One turn for one municipality; gives how many lines the log confirmed."""
    if not settings.LDV_URL and not settings.LDV_FILE:
        return 0
    with acting_for(municipality):
        with transaction.atomic():
            taken = _take(timezone.now())
            written = [line(row.use) for row in taken]
        return _confirm(taken, written) if taken else 0


def _take(now: datetime) -> list[LdvLine]:
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    rows = LdvLine.objects.select_for_update(skip_locked=True, of=("self",)).select_related("use")
    taken = list(rows.filter(free, confirmed=None, due__lte=now).order_by("due")[:AT_ONCE])
    LdvLine.objects.filter(id__in=[row.id for row in taken]).update(
        leased_until=now + LEASE, attempts=F("attempts") + 1
    )
    return taken


def _confirm(taken: list[LdvLine], written: list[Line]) -> int:
    """All at once; where the log refuses some of them each half by itself, so that one holds up no other."""
    try:
        _write(written)
    except SomeRefused:
        if len(taken) > 1:
            half = len(taken) // 2
            return _confirm(taken[:half], written[:half]) + _confirm(taken[half:], written[half:])
        log.error("the log refuses use %s", taken[0].use_id)
    except (NotConfirmed, OSError) as fault:
        log.warning("%s uses are not in the log yet: %s", len(taken), fault or type(fault).__name__)
    else:
        with transaction.atomic():
            LdvLine.objects.filter(id__in=[row.id for row in taken]).update(confirmed=timezone.now())
        return len(taken)
    _later(taken)
    return 0


def _later(taken: list[LdvLine]) -> None:
    with transaction.atomic():
        for row in taken:
            wait = doubling(FIRST_WAIT, row.attempts, LONGEST_WAIT)
            LdvLine.objects.filter(id=row.id).update(due=timezone.now() + wait, leased_until=None)


def _write(written: list[Line]) -> None:
    """Raises NotConfirmed, SomeRefused, OSError."""
    if settings.LDV_URL:
        _post(as_otlp(written))
    else:
        lines.append(Path(settings.LDV_FILE), [json.dumps(one.as_json()) for one in written])


def _post(content: dict[str, Any]) -> None:
    try:
        answer = outgoing.post(settings.LDV_URL, listed=False, json=content)
        if answer.status_code == 400:
            raise SomeRefused("400")
        if answer.status_code != 200:
            raise NotConfirmed(str(answer.status_code))
        said = json.loads(answer.content)
        refused = int(said.get("partialSuccess", {}).get("rejectedSpans", 0))
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise NotConfirmed(type(fault).__name__) from None
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise NotConfirmed("form") from None
    if refused:
        raise SomeRefused
