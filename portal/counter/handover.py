"""Showing an employee what one chose, while both look: the code, the name on screen, the press, the stop.

The press is a yes to the purpose `bellen-eenmalig`: it makes a grant like any other, whose end is the end of
showing. Lock order: employee, handover, then as in `portal.sharing.acts`.
"""

import json
import re
import secrets
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.limits import too_many
from portal.accounts.models import ResidentSession
from portal.accounts.required import Session
from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import encrypt, lookup_hash
from portal.sharing import acts, grants, ledger, purposes
from portal.sharing.grants import By, NotYours, Standing
from portal.sharing.models import Channel, Grant
from portal.sharing.purposes import Version
from portal.sharing.values import Values

from .locks import Locked, count_wrong_code, lock_of
from .models import Handover
from .on_screen import column, kept, language
from .team import Worker, employee, is_mine

PURPOSE = "bellen-eenmalig"
TIME = timedelta(minutes=10)
"""How long a code works; and how long, at most, what was chosen is shown."""
MOST = 10  # codes by one resident in a quarter
State = Handover.State
EndedBy = Handover.EndedBy


class Ending(StrEnum):
    """Why it is over, as both are told."""

    STOPPED = "stopped"
    """The resident stopped what was shown."""
    SAID_NO = "said_no"
    """The resident said no, or threw the code away."""
    READY = "ready"
    """The employee was ready."""
    SIGNED_OUT = "signed_out"
    """The resident signed out, or was away too long."""
    TIME = "time"
    NOT_OFFERED = "not_offered"
    """The municipality lets nobody read it any more."""


class NoSuchCode(LookupError):
    """No living code reads so; the same for one that was used, is over, or is another municipality's."""


class AskedTooOften(Exception):
    """This resident made many codes just now."""


class NotNow(Exception):
    """It is over, or somebody else's turn; nothing changed."""


def purpose(language: str) -> Version | None:
    """What a resident says yes to, when the municipality offers it and its time is short enough."""
    version = purposes.newest(PURPOSE, language)
    now = timezone.now()
    short = version is not None and version.lasts is not None and version.lasts.after(now) <= now + TIME
    return version if short else None


def offer(session: Session, version: Version, values: Values) -> tuple[Handover, str]:
    """Put what was chosen ready, and give the code; what the session had ready before is gone.

    Raises AskedTooOften.
    """
    if too_many("handover", str(session.subject), most=MOST, seconds=900):
        raise AskedTooOften
    now = timezone.now()
    with transaction.atomic():
        Handover.objects.filter(session=session.id, state__in=(State.WAITING, State.CLAIMED)).delete()
        while True:
            row = Handover(
                id=uuid4(),
                municipality=current_municipality(),
                subject_id=session.subject,
                session=session.id,
                version_id=version.id,
                made=now,
                until=now + TIME,
            )
            code = f"{secrets.randbelow(10**6):06}"
            row.code_hash = _hashed(code)
            row.values = encrypt(json.dumps(dict(values)).encode(), **column(row))
            try:
                with transaction.atomic():
                    row.save(force_insert=True)
            except IntegrityError:  # somebody else's living code reads the same
                continue
            return row, code


def is_code_of(row: Handover, code: str) -> bool:
    """Whether these digits, which the resident's browser kept, are the row's."""
    return row.code_hash is not None and secrets.compare_digest(row.code_hash, _hashed(code))


def claim(worker: Worker, typed: str) -> Handover:
    """An employee types the code: from now on it is used. Raises NoSuchCode, Locked."""
    at = timezone.now()
    with transaction.atomic():
        who = employee(worker, lock=True)
        if lock_of(who, at):
            raise Locked
        row = (
            Handover.objects.select_for_update()
            .filter(code_hash=_hashed(_digits(typed)), state=State.WAITING, until__gt=at)
            .first()
        )
        if row is not None and _session_lives(row):
            row.state, row.employee, row.code_hash = State.CLAIMED, who, None
            row.save(update_fields=["state", "employee", "code_hash"])
            return row
        locked = count_wrong_code(who, at)
    raise Locked if locked else NoSuchCode


def own(session: Session, handover: UUID, *, lock: bool = False) -> Handover:
    """What this very session put ready. Raises NotYours."""
    rows = Handover.objects.select_related("version__purpose", "employee")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(id=handover, session=session.id, subject_id=session.subject).first()
    if row is None:
        raise NotYours
    return row


def claimed_by(worker: Worker, handover: UUID, *, lock: bool = False) -> Handover:
    """What this very employee typed the code of. Raises NotYours."""
    rows = Handover.objects.select_related("version__purpose", "employee")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(id=handover).first()
    if row is None or not is_mine(worker, row.employee_id):
        raise NotYours
    return row


def stand(row: Handover, at: datetime) -> State:
    """How it stands at that moment; its end is derived, from the time and from the grant."""
    return State.ENDED if _over(row, at) or not _session_lives(row) else State(row.state)


def ending(row: Handover, at: datetime) -> Ending:
    """Why what is over by then is over."""
    if row.ended_by == EndedBy.EMPLOYEE:
        return Ending.READY
    if row.ended_by == EndedBy.RESIDENT:
        return Ending.STOPPED if row.grant_id else Ending.SAID_NO
    if row.ended_by == EndedBy.SESSION:
        return Ending.SIGNED_OUT
    grant = _grant_of(row)
    if grant is not None and grants.standing(grant, grant.given) is Standing.WITHDRAWN:
        # Under "Wat deel ik?", where nobody minds this row; or by the recall of the purpose.
        return Ending.NOT_OFFERED if grant.recalled else Ending.STOPPED  # type: ignore[attr-defined]
    if at >= row.until:
        return Ending.TIME
    return Ending.NOT_OFFERED if _session_lives(row) else Ending.SIGNED_OUT


def show(session: Session, handover: UUID, to: str) -> Handover:
    """The resident presses, having read the name of this employee (`to`). A second press changes nothing.

    Raises NotYours, NotNow.
    """
    with transaction.atomic():
        row = own(session, handover, lock=True)
        at = timezone.now()
        if row.state == State.SHOWN:
            return row
        if stand(row, at) != State.CLAIMED or str(row.employee_id) != to or row.values is None:
            raise NotNow
        version = purposes.newest(PURPOSE, language())
        if version is None or version.id != row.version_id:
            raise NotNow  # taken back, or another text by now
        values = kept(row)
        try:
            grant = _yes(session, version, values)
        except (acts.NoLongerAsked, acts.TextReplaced):  # so since a moment
            raise NotNow from None
        row.state, row.grant, row.values, row.until = State.SHOWN, grant, None, grant.given + TIME
        row.save(update_fields=["state", "grant", "values", "until"])
        assert row.employee is not None
        said = {"employee": str(row.employee_id), "team": row.employee.team}
        ledger.append("shown", grant, said, at)
    return row


def stop(session: Session, handover: UUID) -> None:
    """The resident stops, or says no; at once. Raises NotYours."""
    with transaction.atomic():
        row = own(session, handover, lock=True)
        end(row, By(session.actor), EndedBy.RESIDENT)


def stop_by_employee(worker: Worker, handover: UUID) -> None:
    """The employee is ready. Raises NotYours."""
    with transaction.atomic():
        row = claimed_by(worker, handover, lock=True)
        by = By(employee=str(row.employee_id), channel=Channel.COUNTER, team=worker.team)
        end(row, by, EndedBy.EMPLOYEE)


def end(row: Handover, by: By, who: EndedBy) -> None:
    """End a locked handover, whatever its state; twice is once, and what was over ended as it did."""
    if not _over(row, timezone.now()):
        row.ended_by = who if _session_lives(row) else EndedBy.SESSION
    if row.state == State.SHOWN and row.grant_id is not None:
        grants.withdraw_for(row.subject_id, row.grant_id, by)
    row.state, row.code_hash, row.values = State.ENDED, None, None
    row.save(update_fields=["state", "code_hash", "values", "ended_by"])


def _over(row: Handover, at: datetime) -> bool:
    """Whether it is over, apart from the session."""
    if row.state == State.ENDED or at >= row.until:
        return True
    grant = _grant_of(row)
    return row.state == State.SHOWN and not (grant and grants.holds(grant, at))


def _grant_of(row: Handover) -> Grant | None:
    return grants.rows().filter(id=row.grant_id).first() if row.grant_id else None


def _yes(session: Session, version: Version, values: Values) -> Grant:
    """The yes, as any other goes."""
    sharing = acts.begin(session, version)
    acts.choose(session, sharing.id, list(values))
    disclosure = acts.ask(session, sharing.id, "register")
    acts.prove(sharing.id, disclosure.id, values)
    return acts.agree(session, sharing.id, disclosure.id)


def _session_lives(row: Handover) -> bool:
    now = timezone.now()
    return ResidentSession.objects.filter(
        id=row.session,
        subject_id=row.subject_id,
        last_active__gt=now - timedelta(minutes=settings.IDLE_MINUTES),
        created__gt=now - timedelta(minutes=settings.SESSION_MINUTES),
    ).exists()


def _hashed(code: str) -> str:
    return lookup_hash(f"handover|{code}")[1].hex()


def _digits(typed: str) -> str:
    return re.sub(r"[\s.-]", "", typed)[:20]
