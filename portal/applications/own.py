"""A resident's own applications: begun, found again, thrown away. Anybody else's are not there."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.sessions import Session
from portal.municipalities.acting import current_municipality

from . import content
from .forgetting import DRAFTS
from .kinds import Kind
from .models import Application

MOST = ((timedelta(days=1), 3), (timedelta(days=30), 10))
"""So many of a kind one resident sends in so long. Each becomes a case that an employee must handle, and what
is meant as a change of the last one is better said on the phone."""


class NotYours(LookupError):
    """There is no such application of this resident."""


class NotADraft(Exception):
    """It was sent: nothing in it can be changed."""

    def __init__(self, application: UUID) -> None:
        super().__init__()
        self.application = application


class Enough(Exception):
    """So many of that kind were sent that another one is not begun."""


def begin(session: Session, kind: Kind) -> Application:
    """The unfinished form of that kind, a new one where there is none; two clicks at once begin one.

    Raises Enough.
    """
    known = unfinished(session, kind)
    if known:
        return known
    if not may_begin(session, kind):
        raise Enough
    now = timezone.now()
    row = Application(
        municipality=current_municipality(),
        resident_id=session.subject,
        kind=kind.key,
        begun=now,
        changed=now,
    )
    content.put(row, {})
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        other = unfinished(session, kind)
        if other is None:
            raise
        return other
    return row


def unfinished(session: Session, kind: Kind) -> Application | None:
    """The form of that kind that was begun and not sent."""
    return _rows(session).filter(kind=kind.key, state=Application.DRAFT).first()


def may_begin(session: Session, kind: Kind) -> bool:
    """Whether this resident may begin another one of that kind; of drafts there is one, so it bounds both."""
    now = timezone.now()
    sent = _rows(session).filter(kind=kind.key).exclude(state=Application.DRAFT)
    return all(sent.filter(sent__gt=now - during).count() < most for during, most in MOST)


def last_sent(session: Session, kind: Kind) -> Application | None:
    """The newest of that kind that was sent."""
    sent = _rows(session).filter(kind=kind.key).exclude(state=Application.DRAFT)
    return sent.order_by("-sent").first()


def one(session: Session, application: UUID, *, locked: bool = False) -> Application:
    """An own application. Raises NotYours."""
    rows = _rows(session)
    found = (rows.select_for_update() if locked else rows).filter(id=application).first()
    if found is None:
        raise NotYours
    return found


def draft(session: Session, application: UUID, *, locked: bool = False) -> Application:
    """An own form that was not sent. Raises NotYours, NotADraft."""
    row = one(session, application, locked=locked)
    if row.state != Application.DRAFT:
        raise NotADraft(row.id)
    return row


def throw_away(session: Session, application: UUID) -> bool:
    """Forget a form that was not sent; says whether there was one."""
    rows = _rows(session).select_for_update()  # another tab may be sending it just now
    row = rows.filter(id=application, state=Application.DRAFT).first()
    if row is None:
        return False
    row.delete()
    return True


def kept_until(application: Application) -> datetime:
    """When an unsent form goes."""
    return application.changed + DRAFTS


def _rows(session: Session) -> QuerySet[Application]:
    return Application.objects.filter(resident_id=session.subject)
