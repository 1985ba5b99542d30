"""A yes and its end: whether it holds at this moment, and the ways it is over.

Expiry, recall and a newer text that asks again are derived, never stored. Lock order: resident, grants, then
the head of the act log; no call to anyone outside while anything is locked.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Resident
from portal.accounts.required import Session
from portal.municipalities.acting import current_municipality
from portal.notices.kinds import Kind
from portal.notices.telling import tell

from . import ledger, receipts
from .models import Duty, Grant, PurposeVersion, Recall
from .values import erase

ANSWER_AGAIN = timedelta(minutes=10)
"""How long the one reading of a one-time grant may be repeated by the same call, when its answer got lost."""
TOLD = {"asked": Kind.STOPPED, "recalled": Kind.RECALLED}
"""What residents hear of an end; of one that a newer yes replaced they hear with that yes."""


class NotYours(LookupError):
    """There is no such sharing or grant for this resident in this session."""


class Standing(StrEnum):
    """Whether a grant holds, or why not; the first that applies."""

    WITHDRAWN = "withdrawn"
    CONSUMED = "consumed"
    """A one-time grant that was read."""
    EXPIRED = "expired"
    RECALLED = "recalled"
    """The purpose was taken back by the privacy officer."""
    OUTDATED = "outdated"
    """The text changed so much that the resident must choose again."""
    BLOCKED = "blocked"
    """The consumer gets nothing now."""
    HOLDS = "holds"


@dataclass(frozen=True, slots=True)
class By:
    """Who ended it: the resident (or who may act for them), an employee who wrote it down, or nobody."""

    actor: UUID | None = None
    employee: str = ""
    channel: str = "mijn"

    def logged(self) -> dict[str, str]:
        """As the act log words it."""
        said = {"by": str(self.actor) if self.actor else "municipality"}
        return said | ({"employee": self.employee, "channel": self.channel} if self.employee else {})


def rows() -> QuerySet[Grant]:
    """Grants with all that decides whether they hold; one query."""
    later = PurposeVersion.objects.filter(
        purpose=OuterRef("version__purpose"),
        number__gt=OuterRef("version__number"),
        content__substantial=True,
    )
    recalled = Recall.objects.filter(
        purpose=OuterRef("version__purpose"), until_version__gte=OuterRef("version__number")
    )
    kept = Grant.objects.select_related("version__purpose", "consumer")
    return kept.annotate(recalled=Exists(recalled), outdated=Exists(later))


def standing(grant: Grant, at: datetime) -> Standing:
    """Whether a grant of `rows` holds at that very moment."""
    over = {
        Standing.WITHDRAWN: grant.withdrawn is not None,
        Standing.CONSUMED: grant.consumed is not None,
        Standing.EXPIRED: at < grant.given or (grant.until is not None and at >= grant.until),
        Standing.RECALLED: grant.recalled,  # type: ignore[attr-defined]  # annotated
        Standing.OUTDATED: grant.outdated,  # type: ignore[attr-defined]
        Standing.BLOCKED: grant.consumer.blocked is not None,
    }
    return next((why for why, true in over.items() if true), Standing.HOLDS)


def holds(grant: Grant, at: datetime) -> bool:
    """Whether the yes of a grant of `rows` stands, even where nobody may read under it for now."""
    return standing(grant, at) in (Standing.HOLDS, Standing.BLOCKED, Standing.OUTDATED)


def own_grant(session: Session, grant: UUID, *, lock: bool = False) -> Grant:
    """The resident's own grant, from any of their sessions. Raises NotYours."""
    row = locked(grant) if lock else rows().filter(id=grant).first()
    if row is None or row.subject_id != session.subject:
        raise NotYours
    return row


def locked(grant: UUID) -> Grant | None:
    """A grant whose row stays locked until commit, read again after the lock was got."""
    if not Grant.objects.select_for_update().filter(id=grant).values_list("id", flat=True):
        return None
    return rows().get(id=grant)


def withdraw(session: Session, grant: UUID) -> Grant:
    """Stop sharing: from this commit on nobody reads it, and its values are erased. Twice is once."""
    with transaction.atomic():
        row = own_grant(session, grant, lock=True)
        _end_once(row, By(session.actor), because="asked")
    return row


def withdraw_for(subject: UUID, grant: UUID, by: By) -> Grant:
    """Stop for a resident who asks an employee; works as `withdraw`. Raises NotYours."""
    with transaction.atomic():
        row = locked(grant)
        if row is None or row.subject_id != subject:
            raise NotYours
        _end_once(row, by, because="asked")
    return row


def end_recalled(at: datetime, most: int = 200) -> int:
    """End what stands under a purpose that was taken back; nothing of it could be read since the recall."""
    recalled = Recall.objects.filter(
        purpose=OuterRef("version__purpose"), until_version__gte=OuterRef("version__number")
    )
    found = Grant.objects.filter(Exists(recalled), values__isnull=False, withdrawn=None)
    ended = 0
    for grant in found.select_for_update(skip_locked=True, of=("self",)).select_related("version")[:most]:
        end(grant, By(), at, because="recalled")
        ended += 1
    return ended


def erase_over(at: datetime, most: int = 200) -> int:
    """Destroy the values of grants whose time is over or that were read their one time; gives how many."""
    read = Q(consumed__lte=at - ANSWER_AGAIN)
    found = Grant.objects.filter(Q(until__lte=at) | read, values__isnull=False)
    erased = 0
    for grant in found.select_for_update(skip_locked=True, of=("self",)).select_related("version")[:most]:
        used = grant.consumed is not None
        erase(grant)
        grant.save(update_fields=["values"])
        owe(Duty.LIST_ERASURE, grant)
        owe(Duty.TELL_CONSUMER, grant, "verbruikt" if used else "verlopen")
        if not grant.one_time:
            tell(grant.subject_id, Kind.EXPIRED, cause=grant.id)
        proof = {"receipt": receipts.issue(grant, "erased", at)}
        ledger.append("erased", grant, {"because": "used" if used else "expired"} | proof, at)
        erased += 1
    return erased


def active_of(subject: UUID, purpose: UUID, at: datetime) -> list[Grant]:
    """The grants of one purpose that hold now, locked; one yes at a time, so that two tabs see each other."""
    Resident.objects.select_for_update(no_key=True).get(id=subject)
    found = Grant.objects.select_related("version").filter(
        Q(until=None) | Q(until__gt=at), subject_id=subject, withdrawn=None, consumed=None
    )
    found = found.filter(version__purpose_id=purpose).order_by("id")
    return list(found.select_for_update(of=("self",)))


def end(grant: Grant, by: By, at: datetime, *, because: str) -> None:
    """End a locked grant: values gone, erasure and consumer owed, act logged."""
    grant.withdrawn = at
    erase(grant)
    grant.save(update_fields=["withdrawn", "values"])
    owe(Duty.LIST_ERASURE, grant)
    owe(Duty.TELL_CONSUMER, grant, "ingetrokken")
    if because in TOLD:
        tell(grant.subject_id, TOLD[because], cause=grant.id)
    proof = {"receipt": receipts.issue(grant, "withdrawn", at)}
    ledger.append("withdrawn", grant, by.logged() | {"because": because} | proof, at)


def owe(kind: str, grant: Grant, event: str = "") -> None:
    """Write down, in the act's own transaction, what must happen later."""
    Duty.objects.create(
        municipality=current_municipality(), kind=kind, grant=grant, event=event, due=timezone.now()
    )


def _end_once(grant: Grant, by: By, *, because: str) -> None:
    at = timezone.now()
    over = standing(grant, at) in (Standing.WITHDRAWN, Standing.EXPIRED, Standing.CONSUMED)
    if not over:
        end(grant, by, at, because=because)
