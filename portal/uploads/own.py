"""A resident's own documents: begun, found again, thrown away. Anybody else's are not there."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal.accounts.sessions import Session
from portal.municipalities.acting import current_municipality
from portal.registers.about_case import CaseRef
from portal.registers.naming import safe
from portal.registers.zaken.adding import CaseToAddTo

from . import held, limits, stored
from .held import Held
from .limits import LARGEST
from .models import Upload
from .states import State
from .unsuitable import Unsuitable, Why

LONGEST_NAME = 150  # signs that we keep of a name


class NotYours(LookupError):
    """There is no such document of this resident."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file as the browser announces it."""

    name: str
    size: int
    sha256: str
    """In hex, as the browser says it; compared when all of it is here."""
    title: str = ""


def begin(session: Session, case: CaseRef, wanted: Wanted, to: CaseToAddTo) -> Upload:
    """The row that parts are added to; the same one again for who comes back with the same file.

    In the caller's transaction. Raises Unsuitable, TooMuch.
    """
    if wanted.size <= 0:
        raise Unsuitable(Why.EMPTY)
    if wanted.size > LARGEST:
        raise Unsuitable(Why.TOO_LARGE)
    known = same_file(session, case, wanted.sha256)
    if known is not None:
        return known
    limits.refuse_too_much(session.subject, wanted.size)
    known = same_file(session, case, wanted.sha256)  # perhaps of another tab, which we waited for
    return known or _begun(session, case, wanted, to)


def begin_unknown(session: Session, case: CaseRef, name: str, at_most: int) -> Upload:
    """The row of a file that comes with a form, so that only its name is known. Raises TooMuch."""
    limits.refuse_too_much(session.subject, min(at_most, LARGEST))
    return _begun(session, case, Wanted(name, 0, ""))


def same_file(session: Session, case: CaseRef, sha256: str) -> Upload | None:
    """The same file, sent to that case before and not refused."""
    rows = _rows(session).filter(zaak=case.zaak, connection=case.connection)
    rows = rows.filter(fingerprint=held.fingerprint(sha256))
    return rows.exclude(state__in=[State.REFUSED, State.FAILED]).first()


def one(session: Session, upload: UUID, *, locked: bool = False) -> Upload:
    """An own document. Raises NotYours."""
    rows = _rows(session)
    found = (rows.select_for_update() if locked else rows).filter(id=upload).first()
    if found is None:
        raise NotYours
    return found


def whole(session: Session, case: CaseRef, upload: UUID) -> Upload:
    """An own document for that case that is all here and not sent yet. Raises NotYours."""
    row = one(session, upload)
    of_it = (row.connection, row.zaak) == (case.connection, case.zaak)
    if row.state != State.RECEIVING or row.received != row.size or not of_it:
        raise NotYours
    return row


def of_case(resident: UUID, case: CaseRef, most: int) -> list[Upload]:
    """What a resident added to a case, the newest first."""
    rows = Upload.objects.filter(resident_id=resident, connection=case.connection, zaak=case.zaak)
    return list(rows.order_by("-begun")[:most])


def throw_away(session: Session, upload: UUID) -> bool:
    """Forget one of which not all is here, or that is not sent yet; says whether there was one."""
    row = _rows(session).select_for_update().filter(id=upload, state=State.RECEIVING).first()
    if row is None:
        return False
    stored.forget([row.id])
    row.delete()
    return True


def _begun(session: Session, case: CaseRef, wanted: Wanted, to: CaseToAddTo | None = None) -> Upload:
    now = timezone.now()
    row = Upload(
        municipality=current_municipality(),
        resident_id=session.subject,
        connection=case.connection,
        zaak=case.zaak,
        size=wanted.size or None,
        fingerprint=held.fingerprint(wanted.sha256) if wanted.sha256 else None,
        begun=now,
        changed=now,
    )
    name = safe(wanted.name)[-LONGEST_NAME:] or "document"
    number, title = (to.number, to.title) if to else ("", "")
    held.put(row, Held(name, wanted.title, wanted.sha256, case_number=number, case_title=title))
    row.save(force_insert=True)
    return row


def _rows(session: Session) -> QuerySet[Upload]:
    return Upload.objects.filter(resident_id=session.subject)
