"""Makes the case of an application, record by record, so that it becomes one complete case whatever happens.

There is no transaction on the other side. Before a record is made it is written down that it will be; from
then on, whoever goes on looks for it first. The web process begins; the worker does what is left.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from time import monotonic
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.level import DIGID, Level
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from portal.registers.case_types import team_for
from portal.registers.places import place_to_wait
from portal.registers.zaken import pieces
from portal.registers.zaken.intake import Intake, intake
from portal.registers.zaken.pieces import Piece
from portal.registers.zaken.turn import NoAnswer, OutOfTime, Turn
from portal.sharing.overdue import Overdue

from . import content, leases, pdf
from .kinds import case_type, kinds
from .models import Application, Write
from .sending import bsn_of

AT_ONCE = 4.0  # seconds that a resident waits for it
A_TURN, SEVERAL = 20.0, 10
"""Seconds of the worker for one municipality, and how many applications it takes in them."""
LATE = timedelta(minutes=30)
"""From then on an operator must look."""
log = logging.getLogger(__name__)


def deliver_at_once(application: UUID, lease: UUID) -> None:
    """As much as can be done while the resident waits, under the lease that sending took."""
    with transaction.atomic():
        row = Application.objects.filter(id=application, lease=lease).first()
    if row is None:
        return
    with place_to_wait() as there_is_room:
        _deliver(row, monotonic() + (AT_ONCE if there_is_room else 0))


def deliver_due(municipality: Municipality) -> int:
    """The worker's turn for one municipality; gives how many cases it completed."""
    with acting_for(municipality):
        ends = monotonic() + A_TURN
        return sum(_deliver(one, ends) for one in leases.take_due(timezone.now(), SEVERAL))


def overdue(at: datetime) -> Sequence[Overdue]:
    """Applications that wait for the case system for too long, for operators."""
    waiting = Application.objects.filter(state=Application.SENT, sent__lte=at - LATE).defer("content")
    return [
        Overdue("not_filed", one.kind, one.sent or one.changed, f"{one.id} {one.problem}".strip())
        for one in waiting
    ]


def _deliver(application: Application, ends: float) -> bool:
    try:
        _make(application, ends)
        return True
    except OutOfTime:
        leases.let_go(application)
    except NoAnswer as fault:
        log.warning("application %s waits: %s", application.id, fault.problem)
        leases.let_go(application, fault.problem, timedelta(0) if fault.made_nothing else leases.SETTLE)
    except leases.LeaseLost:
        log.warning("application %s is somebody else's now", application.id)
    except Exception as fault:
        # Its text may hold data, so only its kind. It must not hold up the others.
        log.error("application %s cannot be filed: %s", application.id, type(fault).__name__)
        leases.let_go(application, type(fault).__name__, leases.SETTLE)
    return False


def _make(application: Application, ends: float) -> None:
    with transaction.atomic():
        writes = list(Write.objects.filter(application=application).order_by("place"))
    turn, kind = Turn(application.connection, ends), kinds()[application.kind]
    types = turn.asked(lambda caller: intake(caller, case_type(turn.system, kind)))
    if types.promise and application.sent:
        last_day = types.promise.last_day(timezone.localdate(application.sent))
        application.promised = last_day or application.promised
    for write in writes:
        if write.done is None:
            piece = _piece(application, write, writes, types, turn.system)
            _make_one(application, write, piece, turn)
    leases.complete(application)


def _make_one(application: Application, write: Write, piece: Piece | None, turn: Turn) -> None:
    if piece is None:
        return leases.done(application, write, "")
    before = write.attempted
    leases.attempt(application, write)
    url = turn.asked(piece.find) if before else None
    leases.done(application, write, url or turn.asked(piece.make))


def _piece(
    application: Application, write: Write, writes: Sequence[Write], types: Intake, system: Connection
) -> Piece | None:
    """How to find and make one record; None where the case type wants none, or nobody says which team."""
    made = {one.piece: one.url for one in writes}
    kind, sent = kinds()[application.kind], application.sent
    assert sent is not None
    day = timezone.localdate(sent)
    what, _colon, name = write.piece.partition(":")
    match what:
        case "case":
            return pieces.case(pieces.NewCase(application.number, kind.case_title, day), types)
        case "role":
            level = {level: word for word, level in DIGID.items()}[Level(application.level)]
            return pieces.role(made["case"], BSN(bsn_of(write)), level, types)
        case "handler":
            team = team_for(system.parameters, types.key)
            return pieces.handler(made["case"], team, types.handler) if team and types.handler else None
        case "fact":
            wanted = types.properties.get(name)
            value = content.read(application)["properties"][name]
            return pieces.fact(made["case"], wanted, value) if wanted else None
        case "document":
            made_of = pieces.Paper(
                f"{application.number}-A", kind.case_title, kind.file_name, pdf.as_pdf(application), day
            )
            return pieces.document(made_of, types)
        case "enclosure":
            return pieces.enclosure(made["case"], made["document"], kind.case_title)
        case "status":
            return pieces.status(made["case"], types, sent)
    raise KeyError(what)
