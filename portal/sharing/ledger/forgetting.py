"""The end of accountability, for the log: what opens a grant's entries is destroyed, and its uses with it.

The record key goes, and with it every salt; the records go. The entries stay, and so does a note in the log
of which entries were forgotten: a record that is gone without such a note was taken away by somebody else.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from portal.municipalities.acting import current_municipality
from portal.sharing.models import ActRecord, ForgottenUse, Grant, LogRecord, RecordKey, ToNote

from . import forgotten_uses
from .entries import note


def forget_records(grant: Grant, years: int) -> None:
    """Destroy records, key and uses of a locked grant whose term is over; the next note says so.

    Of each use its leaf stays, for the day that was sealed with it. The database refuses it before the term.
    """
    records = ActRecord.objects.filter(grant=grant)
    positions = sorted(records.values_list("entry__position", flat=True))
    records.delete()
    RecordKey.objects.filter(grant=grant).delete()
    uses = forgotten_uses.keep_leaves(grant.id)
    if positions or uses:
        ToNote.objects.create(
            municipality=current_municipality(), term=f"P{years}Y", positions=positions, uses=uses
        )


def note_forgotten(at: datetime) -> None:
    """Note in the log what was forgotten since the last note. Opens its own transaction.

    Positions are noted by term and not by grant: that some acts were of one grant is forgotten too.
    """
    terms: dict[str, list[int]] = defaultdict(list)
    uses: Counter[str] = Counter()
    with transaction.atomic():
        waiting = list(ToNote.objects.select_for_update(skip_locked=True))
        for one in waiting:
            terms[one.term] += one.positions
            uses.update(one.uses)
        if not waiting:
            return
        ToNote.objects.filter(id__in=[one.id for one in waiting]).delete()
        content = {"terms": {term: sorted(found) for term, found in sorted(terms.items()) if found}}
        note(LogRecord.FORGOTTEN, content | ({"uses": dict(uses)} if uses else {}), at)


def forgotten_positions() -> set[int]:
    """The entries that were forgotten in their time, by all notes and what waits for the next."""
    found = {position for said in _notes() for some in said.get("terms", {}).values() for position in some}
    return found.union(*ToNote.objects.values_list("positions", flat=True))


def faults() -> Iterator[str]:
    """Of which days uses are gone, all but their leaves, that no note says were forgotten in their time."""
    noted = _noted_by_day()
    there = ForgottenUse.objects.values_list("day").annotate(Count("id"))
    gone = Counter({day.isoformat(): number for day, number in there})
    for day in sorted(gone | noted):
        if gone[day] != noted[day]:
            yield f"{gone[day]} uses of {day} are gone, and {noted[day]} were forgotten in their time"


def _noted_by_day() -> Counter[str]:
    found: Counter[str] = Counter()
    for uses in (
        *(said.get("uses", {}) for said in _notes()),
        *ToNote.objects.values_list("uses", flat=True),
    ):
        found.update(uses)
    return found


def _notes() -> Iterator[Mapping[str, Any]]:
    notes = LogRecord.objects.filter(kind=LogRecord.FORGOTTEN)
    return notes.values_list("payload", flat=True).iterator(500)
