"""Receiving a file part by part, and the moment that all of it is here."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.sessions import Session
from portal.aloud import new_number
from portal.registers.about_case import CaseRef
from portal.registers.zaken.adding import CaseToAddTo

from . import held, kinds, own, stored
from .kinds import START
from .limits import LARGEST
from .models import Upload
from .moving import NotNow, move
from .states import Act, State
from .stored import PART
from .unsuitable import Unsuitable, Why


class OutOfStep(Exception):
    """A part begins elsewhere than where we are, or has another length than it must have."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


def add_part(session: Session, upload: UUID, offset: int, content: bytes) -> Upload:
    """Add the part that begins at `offset`, in the caller's transaction; then how far the file is.

    All parts but the last are PART bytes. Raises NotYours, NotNow, OutOfStep, and Unsuitable for a beginning
    that can be of no file we take.
    """
    row = own.one(session, upload, locked=True)
    if row.state != State.RECEIVING:
        raise NotNow
    most = min(PART, (LARGEST if row.size is None else row.size) - row.received)
    wanted = len(content) if row.size is None else most
    if offset != row.received or offset % PART or not 0 < len(content) <= most or len(content) != wanted:
        raise OutOfStep(row.received)
    if offset == 0 and not kinds.could_be(content[:START]):
        raise Unsuitable(Why.HEIC if kinds.is_heic(content) else Why.OTHER_KIND)
    stored.keep(row, offset // PART, content)
    row.received, row.changed = row.received + len(content), timezone.now()
    row.save(update_fields=["received", "changed"])
    return row


def settle(upload: Upload) -> None:
    """No more parts come of a file whose size nobody knew before; in the caller's transaction."""
    row = Upload.objects.select_for_update().get(id=upload.id)
    row.size = upload.size = row.received
    row.save(update_fields=["size"])


def complete(session: Session, upload: UUID, case: CaseToAddTo | None = None, title: str = "") -> Upload:
    """All of it is here: look at what it is, give it a number, and let the worker have it.

    The case and what the document is called, where they were not known when it began. A file that came with a
    form while the case system was silent is nobody's to send without: whose case it is, nobody asked yet.

    Opens its own transactions, since a file takes a while to be read. For a file that was sent before, the
    other row. Raises NotYours, OutOfStep, and Unsuitable; the file is then still there.
    """
    with transaction.atomic():
        row = own.one(session, upload)
    if row.state != State.RECEIVING:
        return row  # sent twice
    if row.size == 0:
        raise Unsuitable(Why.EMPTY)
    if row.received != row.size:
        raise OutOfStep(row.received)
    about = held.read(row)
    if case is None and not about.case_number:
        raise own.NotYours
    kind, sha256 = kinds.kind_of(stored.opened(row), about.name), stored.sha256_of(row)
    if about.sha256 and about.sha256 != sha256:
        raise Unsuitable(Why.CHANGED)
    values = {
        "name": kinds.tidy_name(about.name, kind),
        "sha256": sha256,
        "format": kind.format,
        **({"case_number": case.number, "case_title": case.title} if case else {}),
        **({"title": title} if title else {}),
    }
    return _completed(session, row, values)


def _completed(session: Session, row: Upload, values: dict[str, str]) -> Upload:
    case = CaseRef(row.connection, row.zaak)
    for _attempt in range(3):  # a number, or the file, may be another's of the same moment
        try:
            with transaction.atomic():
                other = own.same_file(session, case, values["sha256"])
                if other is not None and other.id != row.id:
                    if other.state != State.RECEIVING:
                        own.throw_away(session, row.id)
                        return other
                    own.throw_away(session, other.id)
                row = own.one(session, row.id, locked=True)
                about = held.changed(row, **values)
                row.size, row.fingerprint = row.received, held.fingerprint(about.sha256)
                row.number, row.sent = new_number("D", 4, 4, 2), timezone.now()
                row.due = row.sent
                move(row, Act.COMPLETE)
                return row
        except IntegrityError:
            continue
        except NotNow:
            with transaction.atomic():
                return own.one(session, row.id)
    raise NotNow
