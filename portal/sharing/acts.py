"""The verbs of sharing. Each locks its row, asks the table of states, and writes all or nothing.

Views, jobs and the consumers' API change nothing themselves. Lock order: sharing or grant, then the head
of the act log; no call to anyone outside while the head is locked.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.required import Session
from portal.municipalities.acting import current_municipality

from . import ledger
from .models import Consumer, Disclosure, Duty, Grant, PurposeVersion, Sharing
from .purposes import Version
from .purposes import read as read_version
from .states import ENDED, Act, State, after
from .values import Values, erase, keep_unconfirmed, read_unconfirmed, seal

UNCONFIRMED = timedelta(minutes=15)
"""How long a sharing may stay without a yes or no; then it and what was proven are gone."""


class NotYours(LookupError):
    """There is no such sharing or grant for this resident in this session."""


class TooLate(Exception):
    """The sharing waited longer than `UNCONFIRMED`."""


class NothingProven(Exception):
    """There are no proven values to say yes to."""


def begin(session: Session, version: Version) -> Sharing:
    """A sharing in this live session, after the explanation was read."""
    return Sharing.objects.create(
        municipality=current_municipality(),
        actor_id=session.actor,
        subject_id=session.subject,
        version_id=version.id,
        session=session.id,
        language=version.language,
        level=session.level.name.lower(),
        begun=timezone.now(),
    )


def own(session: Session, sharing: UUID, *, lock: bool = False) -> Sharing:
    """The sharing, if it is this session's. Raises NotYours, TooLate."""
    rows = Sharing.objects.select_related("version", "version__purpose")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(id=sharing, session=session.id, subject_id=session.subject).first()
    if row is None:
        raise NotYours
    if row.state not in ENDED and timezone.now() >= row.begun + UNCONFIRMED:
        raise TooLate
    return row


def version_of(sharing: Sharing) -> Version:
    """The purpose version as it was shown."""
    return read_version(sharing.version, sharing.language)


def choose(session: Session, sharing: UUID, names: Sequence[str]) -> Sharing:
    """Choose optional attributes; required ones are always in it. What was proven before is forgotten."""
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        row.state = after(State(row.state), Act.CHOOSE)
        version = version_of(row)
        row.chosen = [one.name for one in version.attributes if one.required or one.name in names]
        row.save(update_fields=["state", "chosen"])
        Disclosure.objects.filter(sharing=row).delete()
    return row


def ask(session: Session, sharing: UUID, way: str) -> Disclosure:
    """Begin to prove, by wallet or by typing; an attempt that was under way is forgotten."""
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        row.state = after(State(row.state), Act.TYPE if way == "typed" else Act.ASK_WALLET)
        row.save(update_fields=["state"])
        Disclosure.objects.filter(sharing=row).delete()
        return Disclosure.objects.create(
            municipality=current_municipality(), sharing=row, way=way, begun=timezone.now()
        )


def prove(sharing: UUID, disclosure: UUID, values: Values) -> bool:
    """Record proven values; False, and nothing changed, when that disclosure is no longer waited for."""
    with transaction.atomic():
        row = Sharing.objects.select_for_update().filter(id=sharing).first()
        waited_for = Disclosure.objects.filter(id=disclosure, sharing_id=sharing, values=None, outcome="").first()
        if row is None or waited_for is None or Act.PROVE not in _possible(row):
            return False
        row.state = after(State(row.state), Act.PROVE)
        row.save(update_fields=["state"])
        keep_unconfirmed(waited_for, "values", json.dumps(dict(values)).encode())
        waited_for.wallet_session = waited_for.code = None
        waited_for.save()
    return True


def fail(disclosure: UUID, outcome: str) -> None:
    """Record why a proof did not come; the resident may try again or another way."""
    Disclosure.objects.filter(id=disclosure, outcome="", values=None).update(
        outcome=outcome, wallet_session=None
    )


def proven(sharing: Sharing) -> Values:
    """The values that wait for a yes. Raises NothingProven."""
    disclosure = Disclosure.objects.filter(sharing=sharing).first()
    kept = read_unconfirmed(disclosure, "values") if disclosure else None
    if kept is None:
        raise NothingProven
    return {str(name): str(value) for name, value in json.loads(kept).items()}


def agree(session: Session, sharing: UUID) -> Grant:
    """The yes: grant, receipt and log entry in one transaction. A second yes gives the same grant.

    Raises NotYours, TooLate, NotNow, NothingProven.
    """
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        if row.state == State.AGREED:
            return Grant.objects.select_related("version").get(sharing=row)
        row.state = after(State(row.state), Act.AGREE)
        values = proven(row)
        way = Disclosure.objects.get(sharing=row).way
        row.save(update_fields=["state"])
        grant = _grant(row, way, timezone.now())
        key = seal(grant, {name: value for name, value in values.items() if name in row.chosen})
        grant.save()
        key.save()
        Disclosure.objects.filter(sharing=row).delete()
        _duty(Duty.TELL_CONSUMER, grant, "gegeven")
        ledger.append("given", grant, {"chosen": sorted(grant.chosen), "level": grant.level}, grant.given)
    return grant


def refuse(session: Session, sharing: UUID) -> Sharing:
    """The no; nothing is kept of what was proven. A second no changes nothing."""
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        if row.state != State.REFUSED:
            row.state = after(State(row.state), Act.REFUSE)
            row.save(update_fields=["state"])
            Disclosure.objects.filter(sharing=row).delete()
    return row


def own_grant(session: Session, grant: UUID, *, lock: bool = False) -> Grant:
    """The resident's own grant, from any of their sessions. Raises NotYours."""
    rows = Grant.objects.select_related("version", "version__purpose", "consumer")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(id=grant, subject_id=session.subject).first()
    if row is None:
        raise NotYours
    return row


def withdraw(session: Session, grant: UUID) -> Grant:
    """Stop sharing: from this commit on nobody reads it, and its values are erased. Twice is once."""
    with transaction.atomic():
        row = own_grant(session, grant, lock=True)
        at = timezone.now()
        if row.withdrawn is None and in_force(row, at):
            row.withdrawn = at
            erase(row)
            row.save(update_fields=["withdrawn", "values"])
            _duty(Duty.LIST_ERASURE, row)
            _duty(Duty.TELL_CONSUMER, row, "ingetrokken")
            ledger.append("withdrawn", row, {"by": str(session.actor)}, at)
    return row


def in_force(grant: Grant, at: datetime) -> bool:
    """Whether a grant holds at that very moment; expiry is derived from the time, never stored."""
    return grant.withdrawn is None and grant.given <= at and (grant.until is None or at < grant.until)


def forget_unconfirmed(at: datetime) -> int:
    """Delete what nobody said yes or no to in time, for the municipality in force; gives how many."""
    gone, _kinds = Disclosure.objects.filter(begun__lte=at - UNCONFIRMED).delete()
    return gone


def forget_session(session: UUID) -> None:
    """The session ended: what was proven in it and not agreed to is gone with it."""
    Disclosure.objects.filter(sharing__in=Sharing.objects.filter(session=session)).delete()


def erase_expired(at: datetime) -> int:
    """Destroy the values of grants whose time is over, for the municipality in force; gives how many."""
    over = Grant.objects.select_for_update(skip_locked=True).filter(until__lte=at, values__isnull=False)
    count = 0
    for grant in over.select_related("version")[:200]:
        erase(grant)
        grant.save(update_fields=["values"])
        _duty(Duty.LIST_ERASURE, grant)
        _duty(Duty.TELL_CONSUMER, grant, "verlopen")
        ledger.append("erased", grant, {"because": "expired"}, at)
        count += 1
    return count


def _possible(row: Sharing) -> set[Act]:
    from .states import TRANSITIONS

    if timezone.now() >= row.begun + UNCONFIRMED:
        return set()
    return set(TRANSITIONS[State(row.state)])


def _grant(row: Sharing, way: str, at: datetime) -> Grant:
    version = version_of(row)
    return Grant(
        municipality=current_municipality(),
        sharing=row,
        subject_id=row.subject_id,
        actor_id=row.actor_id,
        version=PurposeVersion.objects.get(id=row.version_id),
        consumer=Consumer.objects.get(slug=version.consumer),
        chosen=row.chosen,
        way=way,
        language=row.language,
        level=row.level,
        given=at,
        until=at + version.valid_for if version.valid_for else None,
    )


def _duty(kind: str, grant: Grant, event: str = "") -> None:
    Duty.objects.create(
        municipality=current_municipality(), kind=kind, grant=grant, event=event, due=timezone.now()
    )
