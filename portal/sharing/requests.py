"""Questions of consumers to a resident: what is open, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.accounts.required import Session

from .grants import owe_answer
from .models import Consumer, Muted, Request
from .purposes import Version
from .states import ANSWERS, Answer, RequestState

OPEN = (RequestState.CREATED, RequestState.PRESENTED)


class UnknownRequest(LookupError):
    """This consumer asked no such question; the same for another's and for one that never was."""


class AnsweredAlready(Exception):
    """The resident said yes or no; there is nothing to take back."""


@dataclass(frozen=True, slots=True)
class WayBack:
    """The page of who asked, to go back to after answering."""

    who: str
    url: str


def way_back(session: Session, request: UUID | None) -> WayBack | None:
    """Where the consumer of an own question wants the resident back; None when it gave no address.

    The address must be registered now too: what was taken away since leads nowhere.
    """
    if request is None:
        return None
    row = Request.objects.select_related("consumer").filter(id=request, subject_id=session.subject).first()
    if row is None or not row.return_url or row.return_url not in row.consumer.return_urls:
        return None
    return WayBack(row.consumer.name, row.return_url)


def open_for(session: Session, at: datetime | None = None) -> QuerySet[Request]:
    """What the resident is asked and may still answer, oldest first; nothing of who they muted."""
    return open_to(session.subject, at)


def open_to(subject: UUID, at: datetime | None = None) -> QuerySet[Request]:
    """As `open_for`, for who helps the resident."""
    muted = Muted.objects.filter(subject_id=subject, consumer=OuterRef("consumer"))
    rows = Request.objects.select_related("version__purpose", "consumer").filter(~Exists(muted))
    return rows.filter(subject_id=subject, state__in=OPEN, expires__gt=at or timezone.now()).order_by(
        "created"
    )


def open_about(subject: UUID, slug: str) -> Request | None:
    """The question about this purpose that a yes or no answers, however it came; the oldest of more."""
    return open_to(subject).filter(version__purpose__slug=slug).first()


def asked_end(request: Request | None, version: Version, at: datetime) -> datetime | None:
    """The end of a yes of `at` to what is asked, where that is sooner than the text says; else None."""
    if request is None or request.wanted_until is None:
        return None
    if version.lasts and version.lasts.after(at) <= request.wanted_until:
        return None
    return request.wanted_until


def presented(request: Request) -> None:
    """The resident has it on screen."""
    answer(request.id, Answer.PRESENT)


def answer(request: UUID | None, said: Answer) -> Request | None:
    """Record what became of a question, once; a sharing without a question answers none.

    Read again under its lock: an answer that came meanwhile is not undone.
    None also when it is too late: answered in another tab, taken back, or over.
    """
    if request is None:
        return None
    row = Request.objects.select_for_update().get(id=request)
    over = said is Answer.APPROVE and timezone.now() >= row.expires
    if over or not _move(row, said):
        return None
    if said is Answer.REJECT and not row.told_over:
        owe_answer(row, "geweigerd")
    return row


def take_back(consumer: Consumer, reference: UUID) -> Request:
    """The consumer no longer asks. Twice is once. Raises UnknownRequest, AnsweredAlready."""
    with transaction.atomic():
        row = Request.objects.select_for_update().filter(consumer=consumer, reference=reference).first()
        if row is None:
            raise UnknownRequest
        if row.state != RequestState.WITHDRAWN and not _move(row, Answer.TAKE_BACK):
            raise AnsweredAlready
    return row


def end_over(at: datetime, most: int = 200) -> int:
    """Put in the consumers' feeds which questions went by without an answer; gives how many."""
    return _tell_over(Request.objects.filter(expires__lte=at), most)


def end_all(most: int = 200) -> int:
    """As `end_over`, for all that nobody can answer any more, as the municipality closed; gives how many."""
    return _tell_over(Request.objects.all(), most)


def _tell_over(rows: QuerySet[Request], most: int) -> int:
    told = 0
    over = rows.filter(state__in=OPEN, told_over=False)
    for row in over.select_for_update(skip_locked=True)[:most]:
        row.told_over = True
        row.save(update_fields=["told_over"])
        owe_answer(row, "verlopen")
        told += 1
    return told


def _move(request: Request, said: Answer) -> bool:
    """Whether the answer fits where the question stands; when not, nothing changes."""
    after = ANSWERS[RequestState(request.state)].get(said)
    if after is None:
        return False
    if after == request.state:
        return True
    request.state = after
    if said is not Answer.PRESENT:
        request.answered = timezone.now()
    request.save(update_fields=["state", "answered"])
    return True
