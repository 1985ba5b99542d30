"""What goes by post, as an employee sees it: what can be printed, what was taken, what waits and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.notices import letters
from portal.notices.kinds import IN_WORDS, Kind
from portal.notices.models import Letter, State
from portal.notices.telling import told_by_letter
from portal.sharing.grants import NotYours
from portal.sharing.models import Receipt
from portal.sharing.purposes import read
from portal.sharing.receipts import numbers, record

from . import helping, looking_up, paper
from .models import Help
from .team import Worker

TOLD_AS = {
    record.Kind.GIVEN: Kind.GIVEN,
    record.Kind.CHANGED: Kind.CHANGED,
    record.Kind.RECALLED: Kind.RECALLED,
    record.Kind.EXPIRED: Kind.EXPIRED,
    record.Kind.USED: Kind.EXPIRED,
}
"""The notice in whose envelope a receipt goes; every other end is a stop."""


class NoAddress(Exception):
    """The BRP knows no address of this resident: the receipt is printed and handed over instead."""


@dataclass(frozen=True, slots=True)
class OnItsWay:
    """A letter in the list; no name of anybody."""

    id: UUID
    number: str
    what: str | Promise
    queued: datetime
    taken: datetime | None
    can_be_printed: bool
    after_mail: str
    """That a mail could not be delivered, and this goes instead."""
    trouble: str


@dataclass(frozen=True, slots=True)
class Queue:
    """All that is not in the post yet."""

    ready: Sequence[OnItsWay]
    taken: Sequence[OnItsWay]
    waiting: Sequence[OnItsWay]
    """Without an address, and why."""


def send_receipt(worker: Worker, help_id: UUID, grant: UUID) -> None:
    """The receipt of the newest act on this grant goes by post; twice is one. Raises NotYours, NoAddress."""
    with transaction.atomic():
        row = helping.checked(worker, help_id)
        newest, lines = newest_receipt(row, grant), looking_up.known(row).postal
        if not lines:
            raise NoAddress
        notice = told_by_letter(row.subject_id, TOLD_AS.get(newest.kind, Kind.STOPPED), grant)
        letters.enclose(notice, Receipt.objects.get(number=newest.number).id, lines)


def newest_receipt(row: Help, grant: UUID) -> record.Document:
    """Of the newest act on a grant of who is helped. Raises NotYours."""
    found = record.of_subject(row.subject_id, grant)
    if not found:
        raise NotYours
    return found[-1]


def is_on_its_way(receipt: record.Document) -> bool:
    """Whether this receipt goes, or went, by post."""
    return letters.encloses(Receipt.objects.get(number=receipt.number).id)


def queue(worker: Worker) -> Queue:
    """Four queries, however many there are."""
    ready, mine, waiting = letters.ready(), letters.taken(who(worker)), letters.without_address()
    found = [*ready, *mine, *waiting]
    wanted = [one.receipt for one in found if one.receipt]
    receipts = Receipt.objects.filter(id__in=wanted).select_related("grant__version__purpose")
    names = {one.id: _name(one) for one in receipts}
    return Queue(*([_shown(one, names) for one in group] for group in (ready, mine, waiting)))


def take(worker: Worker, chosen: Iterable[UUID] | None) -> int:
    """Take letters to print, all that are ready or these; the residents see that their address was read."""
    with transaction.atomic():
        taken = letters.take(who(worker), chosen)
        paper.note_use(taken, f"{worker.team}, gemeente {worker.municipality.name}")
    return len(taken)


def pdf_of(worker: Worker, letter: UUID | None) -> bytes | None:
    """One letter that they took, or all; None when there is none. Call it outside a transaction."""
    with transaction.atomic():
        found = letters.taken(who(worker), letter)
    return paper.as_pdf(found) if found else None


def who(worker: Worker) -> str:
    """As a letter knows who prints it: no name."""
    return str(worker.account)


def _shown(letter: Letter, receipts: dict[UUID, str]) -> OnItsWay:
    came_back = letter.notice.state in (State.BOUNCED, State.DEAD)
    return OnItsWay(
        id=letter.id,
        number=str(letter.id)[:8].upper(),
        what=(receipts.get(letter.receipt) if letter.receipt else "") or IN_WORDS[Kind(letter.kind)],
        queued=letter.queued,
        taken=letter.handed_over,
        can_be_printed=letter.address is not None,
        after_mail=_("De e-mail kwam niet aan. Daarom gaat er een brief.") if came_back else "",
        trouble=_trouble(letter),
    )


def _trouble(letter: Letter) -> str:
    if letter.address is not None:
        return ""
    said: dict[str, str] = {
        Letter.Trouble.NO_ADDRESS: _("De BRP gaf geen adres."),
        Letter.Trouble.NOT_LISTED: _("Deze inwoner staat niet op de lijst van inwoners."),
        Letter.Trouble.TOO_OLD: _("Het adres is na twee weken gewist. Het wordt opnieuw gezocht."),
    }
    return said.get(letter.trouble) or _("Het adres is nog niet gezocht.")


def _name(receipt: Receipt) -> str:
    """The number, and what it is about as the employee reads it aloud."""
    return f"{numbers.spoken(receipt.number)}: {read(receipt.grant.version, 'nl').title}"
