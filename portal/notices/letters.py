"""Notices on paper: queued, handed over to who prints, sent.

Neither name, address nor BSN of whom a letter is for is kept. Who prints has the municipality's list of
inhabitants: each BSN on it is hashed and looked up, and only for a match the BRP is asked where to send.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import ResidentLookup
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.crypto import lookup_hash

from . import known, wording
from .kinds import Kind
from .models import Letter, Notice


@dataclass(frozen=True, slots=True)
class HandedOver:
    """What became of the letters that wait."""

    written: int
    no_address: int
    """The BRP does not know it, or gave no answer."""
    waiting: int
    """Nobody on the list of inhabitants is whom it is for."""


def queue(notice: Notice) -> None:
    """Send a letter for this notice; once."""
    row = Letter(
        municipality=current_municipality(),
        notice=notice,
        subject_id=notice.subject_id,
        kind=notice.kind,
        queued=timezone.now(),
    )
    Letter.objects.bulk_create([row], ignore_conflicts=True)


def hand_over(inhabitants: Iterable[BSN], folder: Path) -> HandedOver:
    """Write each waiting letter with its address into the folder, and note that it was handed over."""
    with transaction.atomic():
        waiting = _waiting()
        lookups = _lookups(waiting)
    written = no_address = 0
    for bsn in inhabitants:
        subject = _subject(bsn, lookups)
        letters = waiting.pop(subject, []) if subject else []
        if not letters:
            continue
        lines = known.postal_lines(bsn)
        if lines is None:
            no_address += len(letters)
            continue
        for letter in letters:
            _write(letter, lines, folder)
            written += 1
    return HandedOver(written, no_address, sum(map(len, waiting.values())))


def note_sent(letters: Iterable[UUID]) -> int:
    """Who posts them says which are in the post; gives how many that was news for."""
    rows = Letter.objects.filter(id__in=list(letters), state=Letter.HANDED_OVER)
    return rows.update(state=Letter.SENT, sent=timezone.now())


def _waiting() -> dict[UUID, list[Letter]]:
    found: dict[UUID, list[Letter]] = {}
    for letter in Letter.objects.filter(state=Letter.QUEUED).select_related("notice").order_by("queued"):
        found.setdefault(letter.subject_id, []).append(letter)
    return found


def _lookups(subjects: Iterable[UUID]) -> Mapping[tuple[UUID, bytes], UUID]:
    rows = ResidentLookup.objects.filter(resident__in=list(subjects))
    return {(row.key_id, bytes(row.hashed)): row.resident_id for row in rows}


def _subject(bsn: BSN, lookups: Mapping[tuple[UUID, bytes], UUID]) -> UUID | None:
    keys = {key for key, _hash in lookups}
    hashes = (lookup_hash(bsn.reveal(), key) for key in keys)
    return next((lookups[one] for one in hashes if one in lookups), None)


def _write(letter: Letter, lines: Iterable[str], folder: Path) -> None:
    """The file first: a crash in between means that it is written again, never that it is lost."""
    with transaction.atomic():
        language = letter.notice.language or known.language(letter.subject_id)
        words = wording.of_letter(Kind(letter.kind), letter.notice.answer_by, language)
    text = "\n".join([*lines, "", words.subject, "", words.text])
    path = folder / f"{letter.id}.txt"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    with transaction.atomic():
        Letter.objects.filter(id=letter.id, state=Letter.QUEUED).update(
            state=Letter.HANDED_OVER, handed_over=timezone.now()
        )
