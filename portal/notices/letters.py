"""All that goes by post, in one queue: notices on paper, and receipts that a resident asked for.

No BSN of whom a letter is for is kept. The municipality brings its list of inhabitants: each BSN on it is
hashed and looked up, and only for a match the BRP is asked where to send. The address stays on the letter,
encrypted, until it is in the post; two weeks at most. Who prints first takes a letter: from then on only they
can print it, put it back or say that it is in the post.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import ResidentLookup
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.crypto import decrypt, encrypt, lookup_hash

from . import known
from .kinds import NOT_BY_POST, Kind
from .models import Letter, Notice

TABLE = "notices_letter"
KEPT = timedelta(days=14)
"""How long an address stays on a letter that nobody posts."""
PRINT_ROOM = "print-room"
"""Who prints outside the counter; every other name is of an employee there."""
AT_ONCE = 50
"""Letters that one employee takes to print."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """What became of the letters that waited for an address."""

    found: int
    no_address: int
    """The BRP does not know it, or gave no answer."""
    waiting: int
    """Nobody on the list of inhabitants is whom it is for."""


def queue(notice: Notice) -> None:
    """Send a letter for this notice, unless its kind never goes by post.

    Once, also when its letter goes with a receipt.
    """
    if notice.kind in NOT_BY_POST:
        return
    Notice.objects.select_for_update().filter(id=notice.id).values_list("id").first()
    if not Letter.objects.filter(notice=notice).exists():
        _new(notice).save(force_insert=True)


def enclose(notice: Notice, receipt: UUID, lines: Sequence[str]) -> None:
    """Send this receipt to this address; in the notice's own envelope while that waits. Twice is once."""
    with transaction.atomic():
        Notice.objects.select_for_update().filter(id=notice.id).values_list("id").first()
        if Letter.objects.filter(receipt=receipt).exists():
            return
        letters = Letter.objects.select_for_update()  # an employee may take it in this very moment
        waiting = letters.filter(notice=notice, state=Letter.QUEUED, receipt=None).first()
        row = waiting or _new(notice)
        row.receipt = receipt
        _seal(row, lines)
        row.save()


def encloses(receipt: UUID) -> bool:
    """Whether a receipt is on its way by post."""
    return Letter.objects.filter(receipt=receipt).exists()


def find_addresses(inhabitants: Iterable[BSN]) -> Addressed:
    """Look each inhabitant up, and ask the BRP for whom a letter waits. Call it outside a transaction."""
    with transaction.atomic():
        drop_unwanted()
        waiting = _without_address()
        lookups = _lookups(waiting)
    keys = {key for key, _hash in lookups}
    found = no_address = 0
    for bsn in inhabitants:
        if not waiting:
            break
        letters = waiting.pop(_subject(bsn, keys, lookups), [])
        if not letters:
            continue
        lines = known.postal_lines(bsn)
        found, no_address = found + len(letters) * bool(lines), no_address + len(letters) * (not lines)
        with transaction.atomic():
            _note(letters, lines)
    left = [one.id for letters in waiting.values() for one in letters]
    with transaction.atomic():
        Letter.objects.filter(id__in=left, address=None).update(trouble=Letter.Trouble.NOT_LISTED)
    return Addressed(found, no_address, len(left))


def address_of(letter: Letter) -> list[str]:
    """Name and address; empty when it is not known, or no longer."""
    if letter.address is None:
        return []
    lines: list[str] = json.loads(decrypt(bytes(letter.address), **_column(letter)))
    return lines


def ready() -> list[Letter]:
    """The oldest that can be printed and that nobody took. One query."""
    return _oldest(Q(state=Letter.QUEUED, address__isnull=False))


def without_address() -> list[Letter]:
    """The oldest that cannot be printed yet. One query."""
    return _oldest(Q(state=Letter.QUEUED, address=None))


def taken(who: str, letter: UUID | None = None) -> list[Letter]:
    """All that they took to print and that is not in the post yet; or only that letter of it. One query."""
    mine = Letter.objects.filter(state=Letter.HANDED_OVER, taken_by=who).select_related("notice")
    return list((mine.filter(id=letter) if letter else mine).order_by("queued", "id"))


def take(who: str, letters: Iterable[UUID] | None = None) -> list[Letter]:
    """Take waiting letters to print, these or the oldest; what a colleague took is not taken again.

    Of the oldest never more than AT_ONCE are in hand: who has that many prints those first.
    """
    with transaction.atomic():
        rows = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("notice")
        rows = rows.filter(state=Letter.QUEUED, address__isnull=False).order_by("queued", "id")
        if letters is not None:
            mine = list(rows.filter(id__in=list(letters)))
        else:
            in_hand = Letter.objects.filter(state=Letter.HANDED_OVER, taken_by=who).count()
            mine = list(rows[: max(0, AT_ONCE - in_hand)])
        Letter.objects.filter(id__in=[one.id for one in mine]).update(
            state=Letter.HANDED_OVER, handed_over=timezone.now(), taken_by=who
        )
    return mine


def put_back(who: str, letter: UUID) -> int:
    """They did not print it after all; somebody else may take it."""
    rows = Letter.objects.filter(id=letter, state=Letter.HANDED_OVER, taken_by=who)
    return rows.update(state=Letter.QUEUED, handed_over=None, taken_by="")


def put_back_at_counter() -> int:
    """The counter is closed: what employees took waits for the print room. Gives how many."""
    at_counter = Letter.objects.filter(state=Letter.HANDED_OVER).exclude(taken_by=PRINT_ROOM)
    return at_counter.update(state=Letter.QUEUED, handed_over=None, taken_by="")


def note_sent(who: str, letters: Iterable[UUID]) -> int:
    """Who printed them says which are in the post; gives how many that was news for."""
    rows = Letter.objects.filter(id__in=list(letters), state=Letter.HANDED_OVER, taken_by=who)
    return rows.update(state=Letter.SENT, sent=timezone.now(), address=None, trouble="")


def forget_addresses(at: datetime) -> int:
    """Of letters that nobody posted in time, taken or not; they wait for an address again."""
    old = Letter.objects.exclude(state=Letter.SENT).filter(addressed__lt=at - KEPT)  # by its index
    return old.update(
        address=None, addressed=None, trouble=Letter.Trouble.TOO_OLD,
        state=Letter.QUEUED, handed_over=None, taken_by="",
    )  # fmt: skip


def give_up(at: datetime) -> int:
    """Letters that have nowhere to go: the list and the BRP were asked for two weeks, and know no address.

    Of somebody that a system named and nobody here knows there is never a letter in the end; gives how many.
    """
    asked = Letter.objects.filter(
        state=Letter.QUEUED,
        address=None,
        receipt=None,
        queued__lt=at - KEPT,
        trouble__in=(Letter.Trouble.NOT_LISTED, Letter.Trouble.NO_ADDRESS),
    )
    return asked.delete()[0]


def drop_unwanted() -> int:
    """Letters that wait for an address while what they tell no longer holds, as a question that is over."""
    waiting = Letter.objects.select_for_update(skip_locked=True, of=("self",)).select_related("notice")
    over = [
        one.id
        for one in waiting.filter(state=Letter.QUEUED, address=None, receipt=None)
        if not known.still_wanted(one.subject_id, Kind(one.kind), one.notice.cause)
    ]
    return Letter.objects.filter(id__in=over).delete()[0]


def _oldest(which: Q) -> list[Letter]:
    rows = Letter.objects.filter(which).select_related("notice")
    return list(rows.order_by("queued", "id")[:AT_ONCE])


def _new(notice: Notice) -> Letter:
    return Letter(
        municipality=current_municipality(),
        notice=notice,
        subject_id=notice.subject_id,
        kind=notice.kind,
        queued=timezone.now(),
    )


def _seal(letter: Letter, lines: Sequence[str]) -> None:
    letter.address = encrypt(json.dumps(list(lines)).encode(), **_column(letter))
    letter.addressed, letter.trouble = timezone.now(), ""


def _note(letters: Iterable[Letter], lines: Sequence[str] | None) -> None:
    """The address of one resident's letters, or that there is none; unless they got one meanwhile."""
    for letter in letters:
        rows = Letter.objects.filter(id=letter.id, state=Letter.QUEUED, address=None)
        if lines:
            _seal(letter, lines)
            rows.update(address=letter.address, addressed=letter.addressed, trouble="")
        else:
            rows.update(trouble=Letter.Trouble.NO_ADDRESS)


def _without_address() -> dict[UUID | None, list[Letter]]:
    """By whom they are for."""
    found: dict[UUID | None, list[Letter]] = {}
    for letter in Letter.objects.filter(state=Letter.QUEUED, address=None).order_by("queued"):
        found.setdefault(letter.subject_id, []).append(letter)
    return found


def _lookups(subjects: Iterable[UUID | None]) -> Mapping[tuple[UUID, bytes], UUID]:
    rows = ResidentLookup.objects.filter(resident__in=list(subjects))
    return {(row.key_id, bytes(row.hashed)): row.resident_id for row in rows}


def _subject(bsn: BSN, keys: Iterable[UUID], lookups: Mapping[tuple[UUID, bytes], UUID]) -> UUID | None:
    """Hashed once under each key, however many letters wait."""
    hashes = (lookup_hash(bsn.reveal(), key) for key in keys)
    return next((lookups[one] for one in hashes if one in lookups), None)


def _column(letter: Letter) -> dict[str, Any]:
    return {"table": TABLE, "column": "address", "row": letter.id}
