"""The worker's part: first the scanner, then the case system. Whatever stops it, the next turn goes on."""

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from time import monotonic

from django.utils import timezone

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers.zaken.turn import NoAnswer, OutOfTime
from portal.sharing.overdue import Overdue

from . import leases, scanner, stored
from .delivering import deliver
from .models import Upload
from .states import UNDER_WAY, Act, State

A_TURN, SEVERAL = 20.0, 10
"""Seconds of the worker for one municipality, and how many documents it takes in them."""
SCANNER_RESTS = timedelta(seconds=30)
LATE = timedelta(minutes=30)
"""From then on an operator must look."""
log = logging.getLogger(__name__)
_rests_until = datetime.min.replace(tzinfo=UTC)


def work_due(municipality: Municipality) -> int:
    """The worker's turn for one municipality; gives how many documents came to their case."""
    with acting_for(municipality):
        ends = monotonic() + A_TURN
        return sum(_work(one, ends) for one in leases.take_due(timezone.now(), SEVERAL))


def overdue(at: datetime) -> Sequence[Overdue]:
    """Documents that wait for too long, for operators."""
    waiting = Upload.objects.filter(state__in=UNDER_WAY, sent__lte=at - LATE).defer("held")
    return [
        Overdue(
            "not_scanned" if one.state == State.QUARANTINE else "not_added",
            "document",
            one.sent or one.changed,
            f"{one.id} {one.problem}".strip(),
        )
        for one in waiting
    ]


def _work(upload: Upload, ends: float) -> bool:
    try:
        if monotonic() > ends:
            raise OutOfTime
        if upload.state == State.QUARANTINE and not _is_clean(upload):
            return False
        return deliver(upload, ends)
    except OutOfTime:
        leases.let_go(upload)
    except scanner.ScannerDown as fault:
        log.warning("document %s waits for the scanner: %s", upload.id, fault)
        leases.let_go(upload, f"scanner: {fault}", SCANNER_RESTS)
    except NoAnswer as fault:
        log.warning("document %s waits: %s", upload.id, fault.problem)
        leases.let_go(upload, fault.problem, timedelta(0) if fault.made_nothing else leases.SETTLE)
    except leases.LeaseLost:
        log.warning("document %s is somebody else's now", upload.id)
    except Exception as fault:
        # Its text may hold data, so only its kind. It must not hold up the others.
        log.error("document %s cannot be added: %s", upload.id, type(fault).__name__)
        leases.let_go(upload, type(fault).__name__, leases.SETTLE)
    return False


def _is_clean(upload: Upload) -> bool:
    """Ask the scanner, and write down what it says. Raises ScannerDown, LeaseLost.

    One that just failed is left alone for a while, whoever's document is next: each hanging scan holds us up.
    """
    global _rests_until
    if not scanner.is_on():
        raise scanner.ScannerDown("there is none (CLAMD_ADDRESS)")
    if timezone.now() < _rests_until:
        raise scanner.ScannerDown("left alone")
    try:
        scanner.scan(stored.opened(upload))
    except scanner.ScannerDown:
        _rests_until = timezone.now() + SCANNER_RESTS
        raise
    except scanner.Infected as found:
        log.warning("document %s is refused: %s", upload.id, found)
        leases.step(upload, Act.REFUSE, found.reason)
        return False
    leases.step(upload, Act.PASS)
    return True
