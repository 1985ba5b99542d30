"""The verbs of sharing. Each locks its row, asks the table of states, and writes all or nothing.

Views, jobs and the consumers' API change nothing themselves. Lock order: sharing, resident, grants, then the
head of the act log; no call to anyone outside while anything is locked.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Resident
from portal.accounts.required import Session
from portal.municipalities.acting import current_municipality

from . import ledger
from .models import Consumer, Disclosure, Duty, Grant, PurposeVersion, Sharing
from .purposes import Version
from .purposes import read as read_version
from .states import ENDED, TRANSITIONS, Act, State, after
from .values import Values, erase, keep_unconfirmed, read_unconfirmed, seal

UNCONFIRMED = timedelta(minutes=15)
"""How long a sharing may stay without a yes or no; then what was proven is gone."""


class NotYours(LookupError):
    """There is no such sharing or grant for this resident in this session."""


class TooLate(Exception):
    """The sharing waited longer than `UNCONFIRMED`."""


class NotShown(Exception):
    """The values changed after they were on screen, in another tab; they must be shown first."""


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
    row = rows.filter(
        id=sharing, session=session.id, actor_id=session.actor, subject_id=session.subject
    ).first()
    if row is None:
        raise NotYours
    if row.state not in ENDED and timezone.now() >= ends_at(row):
        raise TooLate
    return row


def ends_at(sharing: Sharing) -> datetime:
    """The first moment at which a yes is too late."""
    return sharing.begun + UNCONFIRMED


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
        waited_for = Disclosure.objects.filter(
            id=disclosure, sharing_id=sharing, values=None, outcome=""
        ).first()
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
    """The values that wait for a yes: all that was chosen, and nothing else. Raises NothingProven."""
    disclosure = Disclosure.objects.filter(sharing=sharing).first()
    kept = read_unconfirmed(disclosure, "values") if disclosure else None
    if kept is None:
        raise NothingProven
    known = json.loads(kept)
    if any(not known.get(name) for name in sharing.chosen):
        raise NothingProven
    return {name: str(known[name]) for name in sharing.chosen}


def agree(session: Session, sharing: UUID, shown: UUID) -> Grant:
    """The yes to what was `shown`: that disclosure's values. Grant, receipt and log entry in one transaction.

    A second yes gives the same grant.

    One purpose, one grant: what was shared for this purpose before ends here, and is erased.
    Raises NotYours, TooLate, NotNow, NothingProven, NotShown.
    """
    with transaction.atomic():
        row = own(session, sharing, lock=True)
        if row.state == State.AGREED:
            return agreed(row)
        row.state = after(State(row.state), Act.AGREE)
        values = proven(row)
        disclosure = Disclosure.objects.get(sharing=row)
        if disclosure.id != shown:
            raise NotShown
        way = disclosure.way
        row.save(update_fields=["state"])
        earlier = _locked_active(session.subject, row.version.purpose_id, timezone.now())
        grant = _grant(row, way, timezone.now())  # after the lock: nothing ends before it was given
        key = seal(grant, {name: values[name] for name in row.chosen})
        grant.save()
        key.save()
        Disclosure.objects.filter(sharing=row).delete()
        owe(Duty.TELL_CONSUMER, grant, "gegeven")
        for one in earlier:
            _end(one, session, grant.given, because="replaced")
        ledger.append("given", grant, _as_agreed(grant), grant.given)
    return grant


def agreed(sharing: Sharing) -> Grant:
    """The grant that a yes gave."""
    grant: Grant = Grant.objects.select_related("version").get(sharing=sharing)
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
        if in_force(row, at):
            _end(row, session, at, because="asked")
    return row


def shares_already(session: Session, slug: str) -> Grant | None:
    """The grant that holds now for a purpose, if the resident has one."""
    return _active(session.subject, timezone.now()).filter(version__purpose__slug=slug).first()


def in_force(grant: Grant, at: datetime) -> bool:
    """Whether a grant holds at that very moment; expiry is derived from the time, never stored."""
    return grant.withdrawn is None and grant.given <= at and (grant.until is None or at < grant.until)


def _active(subject: UUID, at: datetime) -> QuerySet[Grant]:
    holds = Q(until=None) | Q(until__gt=at)
    return Grant.objects.select_related("version").filter(holds, subject_id=subject, withdrawn=None)


def _locked_active(subject: UUID, purpose: UUID, at: datetime) -> list[Grant]:
    """The grants of one purpose that hold now; one yes at a time, so that two tabs see each other."""
    Resident.objects.select_for_update(no_key=True).get(id=subject)
    rows = _active(subject, at).filter(version__purpose_id=purpose).order_by("id")
    return list(rows.select_for_update(of=("self",)))


def _end(grant: Grant, session: Session, at: datetime, *, because: str) -> None:
    grant.withdrawn = at
    erase(grant)
    grant.save(update_fields=["withdrawn", "values"])
    owe(Duty.LIST_ERASURE, grant)
    owe(Duty.TELL_CONSUMER, grant, "ingetrokken")
    ledger.append("withdrawn", grant, {"by": str(session.actor), "because": because}, at)


def _as_agreed(grant: Grant) -> dict[str, Any]:
    """What the log binds of a yes besides who and which version: what, how, in which words, until when."""
    return {
        "chosen": sorted(grant.chosen),
        "level": grant.level,
        "language": grant.language,
        "way": grant.way,
        "until": grant.until.isoformat() if grant.until else None,
    }


def _possible(row: Sharing) -> set[Act]:
    if timezone.now() >= ends_at(row):
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


def owe(kind: str, grant: Grant, event: str = "") -> None:
    """Write down, in the act's own transaction, what must happen later."""
    Duty.objects.create(
        municipality=current_municipality(), kind=kind, grant=grant, event=event, due=timezone.now()
    )
