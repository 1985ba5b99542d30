"""A yes and its end: whether it holds at this moment, and the ways it is over.

Expiry, recall and a newer text that asks again are derived, never stored. Lock order: resident, grants, then
the head of the act log; no call to anyone outside while anything is locked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.accounts.models import Resident
from portal.accounts.required import Session
from portal.municipalities.turns import one_by_one
from portal.notices import letters
from portal.notices.kinds import Kind
from portal.notices.telling import tell, told_by_letter

from . import ledger, receipts
from .models import Consumer, Duty, Grant, PurposeVersion, Recall, Request
from .values import erase

ANSWER_AGAIN = timedelta(minutes=10)
"""How long the one reading of a one-time grant may be repeated by the same call, when its answer got lost."""
TOLD = {"asked": Kind.STOPPED, "given_up": Kind.STOPPED, "restored": Kind.STOPPED, "recalled": Kind.RECALLED}
"""What residents hear of an end; of one that a newer yes replaced they hear with that yes."""
BRIEF = timedelta(hours=1)
"""What lasts no longer, such as showing something in a call, is one act: told with its yes, not its end."""

STAYS_AS_IT_IS = """
SELECT FROM sharing_grant g
  JOIN sharing_purposeversion v ON v.municipality_id = g.municipality_id AND v.id = g.version_id
  JOIN sharing_purpose p ON p.municipality_id = v.municipality_id AND p.id = v.purpose_id
  JOIN sharing_consumer c ON c.municipality_id = g.municipality_id AND c.id = g.consumer_id
 WHERE g.id = %s FOR SHARE OF p, c
"""
"""What is no lock that Django knows: shared, so that readings need not wait for each other."""


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
    """Who ended it: the resident (or who may act for them), an employee who wrote it down, the consumer that
    gave it up, or nobody.
    """

    actor: UUID | None = None
    employee: str = ""
    """As the log knows them: an id that only the municipality can read back, and no name."""
    channel: str = "mijn"
    consumer: UUID | None = None
    team: str = ""
    """The employee's, for residents."""

    def logged(self) -> dict[str, str]:
        """As the act log words it."""
        if self.consumer:
            return {"by": "consumer"}
        said = {"by": str(self.actor) if self.actor else "municipality"}
        if self.employee:
            said |= {"employee": self.employee, "channel": self.channel}
        return said | ({"team": self.team} if self.team else {})


def rows() -> QuerySet[Grant]:
    """Grants with all that decides whether they hold; one query."""
    later = PurposeVersion.objects.filter(
        purpose=OuterRef("version__purpose"),
        number__gt=OuterRef("version__number"),
        content__substantial=True,
    )
    kept = Grant.objects.select_related("version__purpose", "consumer")
    return kept.annotate(recalled=_recalled(), outdated=Exists(later))


def standing(grant: Grant, at: datetime, *, again: bool = False) -> Standing:
    """Whether a grant of `rows` holds at that very moment.

    `again`: for the one reading of a one-time grant, repeated; all but that it was read still counts.
    """
    over = {
        Standing.WITHDRAWN: grant.withdrawn is not None,
        Standing.CONSUMED: grant.consumed is not None and not again,
        Standing.EXPIRED: at < grant.given or (grant.until is not None and at >= grant.until),
        Standing.RECALLED: grant.recalled,  # type: ignore[attr-defined]  # annotated
        Standing.OUTDATED: grant.outdated,  # type: ignore[attr-defined]
        Standing.BLOCKED: grant.consumer.blocked is not None,
    }
    return next((why for why, true in over.items() if true), Standing.HOLDS)


def holds(grant: Grant, at: datetime) -> bool:
    """Whether the yes of a grant of `rows` stands, even where nobody may read under it for now."""
    return standing(grant, at) in (Standing.HOLDS, Standing.BLOCKED, Standing.OUTDATED)


def is_brief(grant: Grant) -> bool:
    """Whether giving and ending are one act to the resident, who has it on screen from begin to end."""
    return grant.until is not None and grant.until - grant.given <= BRIEF


def own_grant(session: Session, grant: UUID, *, lock: bool = False) -> Grant:
    """The resident's own grant, from any of their sessions. Raises NotYours."""
    row = locked(grant) if lock else rows().filter(id=grant).first()
    if row is None or row.subject_id != session.subject:
        raise NotYours
    return row


def locked(grant: UUID) -> Grant | None:
    """A grant whose row stays locked until commit, read again after the lock was got."""
    return rows().get(id=grant) if _lock(grant) else None


def locked_to_read(grant: UUID) -> Grant | None:
    """As `locked`, and until commit nobody takes its purpose back or stops its consumer: that comes after.

    Whoever does so locks but that one row, and no grant after it; so the grant goes first here.
    """
    if not _lock(grant):
        return None
    with connection.cursor() as cursor:
        cursor.execute(STAYS_AS_IT_IS, [grant])
    return rows().get(id=grant)


def _lock(grant: UUID) -> bool:
    return bool(Grant.objects.select_for_update().filter(id=grant).values_list("id", flat=True))


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


def give_up(consumer: Consumer, grant: UUID) -> Grant:
    """The consumer needs it no more: the same end as when the resident stops. Raises NotYours."""
    with transaction.atomic():
        row = locked(grant)
        if row is None or row.consumer_id != consumer.id:
            raise NotYours
        _end_once(row, By(consumer=consumer.id), because="given_up")
    return row


def end_recalled(at: datetime, most: int = 200) -> int:
    """End what stands under a purpose that was taken back; nothing of it could be read since the recall.

    Call it outside a transaction: each has its own.
    """
    with transaction.atomic():
        versions = list(_versions_taken_back())
    if not versions:
        return 0
    found = Grant.objects.filter(version_id__in=versions, values__isnull=False, withdrawn=None)
    return _one_by_one(
        "ending what was taken back", found, most, lambda grant: end(grant, By(), at, because="recalled")
    )


def erase_over(at: datetime, most: int = 200) -> int:
    """Destroy the values of grants whose time is over or that were read their one time; gives how many.

    Call it outside a transaction: each has its own.
    """

    def finish(grant: Grant) -> None:
        used = grant.consumed is not None
        _erase(grant, at, "used" if used else "expired", "verbruikt" if used else "verlopen")

    ways = {  # apart: each has its index
        "erasing what is over": Q(until__lte=at),
        "erasing what was read once": Q(consumed__lte=at - ANSWER_AGAIN),
    }
    living = Grant.objects.filter(values__isnull=False)
    return sum(_one_by_one(step, living.filter(over), most, finish) for step, over in ways.items())


def _one_by_one(step: str, found: QuerySet[Grant], most: int, finish: Callable[[Grant], None]) -> int:
    """Finish each in a transaction of its own: the head of the act log is locked for one, never for all.

    So who says yes or stops meanwhile waits for one. What another has locked is left for a next turn.
    """

    def finish_one(grant: UUID) -> bool:
        free = found.select_for_update(skip_locked=True, of=("self",)).select_related("version")
        row = free.filter(id=grant).first()
        if row is not None:
            finish(row)
        return row is not None

    waiting = found.values_list("id", flat=True)
    return one_by_one(step, lambda stuck: waiting.exclude(id__in=stuck)[:most], finish_one, most)


def erase_again(grant: UUID, at: datetime) -> bool:
    """Erase what a restored backup brought back, and log and tell it; whether there was anything to erase."""
    row = locked(grant)
    if row is None or row.values is None:
        return False
    if standing(row, at) in (Standing.WITHDRAWN, Standing.EXPIRED, Standing.CONSUMED):
        _erase(row, at, "restored", "verlopen")
    else:  # that it was stopped is lost with what came after the backup
        end(row, By(), at, because="restored")
    return True


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
    ledger.append("withdrawn", grant, end_unlogged(grant, by, at, because=because), at)


def end_unlogged(grant: Grant, by: By, at: datetime, *, because: str) -> dict[str, str]:
    """As `end`, but for the line in the log, for an act that has more to do: gives what the line must say.

    From a line on, all others of the municipality wait for the end of the transaction.
    """
    grant.withdrawn = at
    erase(grant)
    grant.save(update_fields=["withdrawn", "values"])
    owe(Duty.LIST_ERASURE, grant)
    owe(Duty.TELL_CONSUMER, grant, "ingetrokken")
    told = TOLD.get(because)
    if told and not (is_brief(grant) and told is Kind.STOPPED):
        tell_of(grant, told, by.actor)
    return by.logged() | {"because": because, "receipt": receipts.issue(grant, "withdrawn", at)}


def tell_of(grant: Grant, kind: Kind, actor: UUID | None) -> None:
    """The resident hears of an act.

    By letter where another did it: that may have given an own mail address for the resident's messages.
    """
    if actor in (None, grant.subject_id):
        tell(grant.subject_id, kind, cause=grant.id)
    else:
        letters.queue(told_by_letter(grant.subject_id, kind, grant.id))


def _erase(grant: Grant, at: datetime, because: str, event: str) -> None:
    """Destroy the values of a locked grant that is over: erasure and consumer owed, act logged."""
    erase(grant)
    grant.save(update_fields=["values"])
    owe(Duty.LIST_ERASURE, grant)
    owe(Duty.TELL_CONSUMER, grant, event)
    if not grant.one_time and not is_brief(grant):
        tell(grant.subject_id, Kind.EXPIRED, cause=grant.id)
    ledger.append("erased", grant, {"because": because, "receipt": receipts.issue(grant, "erased", at)}, at)


def owe(kind: str, grant: Grant, event: str = "") -> None:
    """Write down, in the act's own transaction, what must happen later."""
    told = grant.consumer_id if kind == Duty.TELL_CONSUMER else None
    _owe(kind, event, grant=grant, consumer_id=told, request_id=grant.request_id)


def owe_answer(request: Request, event: str) -> None:
    """As `owe`, for what became of a question that led to no grant."""
    _owe(Duty.TELL_CONSUMER, event, consumer_id=request.consumer_id, request=request)


def _owe(kind: str, event: str, **about: Any) -> None:
    now = timezone.now()
    Duty.objects.create(kind=kind, event=event, due=now, since=now, **about)


def _recalled(version: str = "version__") -> Exists:
    """Whether the purpose of a grant was taken back, with the version it was given under."""
    of = {"purpose": OuterRef(f"{version}purpose"), "until_version__gte": OuterRef(f"{version}number")}
    return Exists(Recall.objects.filter(**of))


def _versions_taken_back() -> QuerySet[PurposeVersion, UUID]:
    return PurposeVersion.objects.filter(_recalled("")).values_list("id", flat=True)


def _end_once(grant: Grant, by: By, *, because: str) -> None:
    at = timezone.now()
    over = standing(grant, at) in (Standing.WITHDRAWN, Standing.EXPIRED, Standing.CONSUMED)
    if not over:
        end(grant, by, at, because=because)
