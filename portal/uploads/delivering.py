"""Puts a clean document with its case, record by record, so that it is there once whatever happens.

There is no transaction on the other side. The document is found again by its number, which is ours and
unique; so each turn first looks what is there, and goes on from that.
"""

from collections.abc import Awaitable, Callable
from hashlib import sha256

from django.utils import timezone

from portal.registers.answers import Refused
from portal.registers.caller import LIMIT_OF_FILES, Caller
from portal.registers.zaken import adding, pieces
from portal.registers.zaken.adding import Filed, NewDocument, Part
from portal.registers.zaken.intake import incoming_document
from portal.registers.zaken.records import Zaak
from portal.registers.zaken.turn import NoAnswer, Turn

from . import held, leases, stored
from .models import Upload
from .states import Act

CASE_CLOSED, CASE_GONE = "case_closed", "case_gone"


class Damaged(Exception):
    """The file is not what was received."""


class Stuck(Exception):
    """Our document in the register is locked, and nobody can say with what."""


def deliver(upload: Upload, ends: float) -> bool:
    """As much as can be done before `ends`; whether it is with its case now.

    Raises OutOfTime, NoAnswer, LeaseLost, Damaged, Stuck.
    """
    to = Turn(upload.connection, ends)
    zaak = to.asked(lambda caller: adding.now(caller, upload.zaak))
    if zaak is None:
        leases.step(upload, Act.GIVE_UP, CASE_GONE)
        return False
    filed = to.asked(lambda caller: adding.find(caller, upload.number, zaak.organisation))
    enclosure = pieces.enclosure(zaak.url, filed.url, _title(upload)) if filed else None
    there = enclosure is not None and to.asked(enclosure.find)
    if not there and zaak.ended is not None:
        # A register takes nothing in a case that is over; what we made of it goes.
        if filed:
            _hold_and_take_back(to, upload, filed)
        leases.step(upload, Act.GIVE_UP, CASE_CLOSED)
        return False
    if not there:
        filed = _whole(to, upload, zaak, filed)
        enclosure = pieces.enclosure(zaak.url, filed.url, _title(upload))
        leases.hold(upload)
        to.asked(enclosure.make)
    leases.step(upload, Act.DELIVER)
    return True


def _whole(to: Turn, upload: Upload, zaak: Zaak, filed: Filed | None) -> Filed:
    """The document in the register with all of its content, and free to be read."""
    if filed is not None and not filed.locked:
        return filed
    content = _content(upload)
    if filed is not None and not (upload.lock or filed.lock):
        # The answer that told the lock was lost, and this register does not tell it twice.
        _hold_and_take_back(to, upload, filed)
        filed = None
    if filed is None:
        new = _new(to, upload, zaak)
        leases.hold(upload)
        filed = to.asked(lambda caller: adding.make(caller, new, content))
        if not filed.locked and not filed.parts:
            return filed
        leases.hold(upload, lock=filed.lock)
    lock = upload.lock or filed.lock
    if not lock:
        raise Stuck
    at = 0
    for part in filed.parts:
        piece, at = content[at : at + part.size], at + part.size
        if not part.done:
            leases.hold(upload)
            # A large one takes as long as it takes.
            to.asked(_written(part, lock, piece), LIMIT_OF_FILES + 1)
    leases.hold(upload)
    whole = filed
    to.asked(lambda caller: adding.unlock(caller, whole, lock))
    return filed


def _written(part: Part, lock: str, piece: bytes) -> Callable[[Caller], Awaitable[None]]:
    return lambda caller: adding.write_part(caller, part, lock, piece)


def _hold_and_take_back(to: Turn, upload: Upload, filed: Filed) -> None:
    leases.hold(upload, lock="")
    to.asked(lambda caller: adding.take_back(caller, filed))


def _new(to: Turn, upload: Upload, zaak: Zaak) -> NewDocument:
    about = held.read(upload)
    kind = to.asked(lambda caller: incoming_document(caller, zaak.zaaktype))
    if not kind:
        raise NoAnswer(Refused())
    return NewDocument(
        number=upload.number,
        source=zaak.organisation,
        title=_title(upload),
        file_name=about.name,
        format=about.format,
        size=upload.received,
        sha256=about.sha256,
        received=timezone.localdate(upload.sent),
        kind=kind,
    )


def _title(upload: Upload) -> str:
    about = held.read(upload)
    return about.called.rpartition(".")[0] if not about.title and "." in about.name else about.called


def _content(upload: Upload) -> bytes:
    """All of it, which the case system may want in one part; exactly as it was scanned. Raises Damaged."""
    content = stored.opened(upload).read()
    if sha256(content).hexdigest() != held.read(upload).sha256:
        raise Damaged
    return content
