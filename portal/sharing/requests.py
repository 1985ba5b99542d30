"""Questions of consumers to a resident: what is open, and what became of it."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from portal.accounts.required import Session

from .models import Muted, Request
from .states import ANSWERS, Answer, RequestState

OPEN = (RequestState.CREATED, RequestState.PRESENTED)


def open_for(session: Session, at: datetime | None = None) -> QuerySet[Request]:
    """What the resident is asked and may still answer, oldest first; nothing of who they muted."""
    muted = Muted.objects.filter(subject_id=session.subject, consumer=OuterRef("consumer"))
    rows = Request.objects.select_related("version__purpose", "consumer").filter(~Exists(muted))
    return rows.filter(subject_id=session.subject, state__in=OPEN, expires__gt=at or timezone.now()).order_by(
        "created"
    )


def presented(request: Request) -> None:
    """The resident has it on screen."""
    answer(request.id, Answer.PRESENT)


def answer(request: UUID | None, said: Answer) -> None:
    """Record what became of a question, once; a sharing without a question answers none.

    Read again under its lock: an answer that came meanwhile is not undone.
    """
    if request is not None:
        row = Request.objects.select_for_update().get(id=request)
        _move(row, said)


def _move(request: Request, said: Answer) -> None:
    after = ANSWERS[RequestState(request.state)].get(said)
    if after is None or after == request.state:
        return
    request.state = after
    if said is not Answer.PRESENT:
        request.answered = timezone.now()
    request.save(update_fields=["state", "answered"])
