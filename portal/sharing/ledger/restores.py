"""After a backup came back: is the database older than what lies outside it?

The heads file holds the highest head that anybody can have; the erasure list holds what was erased. When
the log is not that head or a log that grew from it, when something erased is back, or when one of the two
is not there although something was added to it, a row says so and every use is refused until an operator
made it right. A row, because all processes must honour it; looked at when a process starts and by the worker
each turn, but what is on the list only at the start: it is read once, for all municipalities.
"""

import json
import logging
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from portal.municipalities import lines
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality
from portal.sharing.models import Deposit, Duty, Grant, LedgerHead, LogRecord, Restore

from . import heads, nodes
from .entries import note
from .nodes import Incomplete

log = logging.getLogger(__name__)
HEADS_GONE = "the heads file knows nothing of this log, and heads were added to it"
LIST_GONE = "the erasure list is not there, and erasures were added to it"
BACK = "values that were erased are back"
A_PART = 10_000
"""Lines of the erasure list that are looked at together; no more of it is in memory."""


@dataclass(frozen=True, slots=True)
class Published:
    """The highest head that was published of a municipality's log."""

    size: int
    root: str
    at: str


class Outside:
    """What the heads file says, read on from where it was read before."""

    def __init__(self) -> None:
        self._path, self._place = "", 0
        self._highest: dict[str, Published] = {}
        self._known: set[str] = set()

    def knows(self, municipality: UUID) -> bool:
        """Whether it says anything of a municipality, if only that its acts were given up as lost."""
        self._read_on()
        return str(municipality) in self._known

    def highest(self, municipality: UUID) -> Published | None:
        """The highest head of a municipality; acts that an operator gave up as lost do not count."""
        self._read_on()
        return self._highest.get(str(municipality))

    def _read_on(self) -> None:
        path = Path(settings.HEADS_FILE)
        if self._path != str(path) or (path.exists() and path.stat().st_size < self._place):
            self._path, self._place, self._highest = str(path), 0, {}
            self._known = set()
        for line, place in lines.read(path, self._place):
            self._place = place
            if line is not None:
                self._take(line)

    def _take(self, line: dict[str, Any]) -> None:
        whose = line["municipality"]
        self._known.add(whose)
        if line.get("lost"):
            self._highest.pop(whose, None)
            return
        known = self._highest.get(whose)
        if known is None or line["grootte"] >= known.size:
            self._highest[whose] = Published(line["grootte"], line["wortel"], line["tijd"])


outside = Outside()


def uses_are_refused() -> bool:
    """Whether the database came back from a backup and was not made right yet. One query."""
    return Restore.objects.filter(lifted=None).exists()


def look(*, whole: bool) -> str:
    """Compare the municipality in force with what lies outside, and refuse its uses when it is behind.

    The `whole` look also recomputes the root; else only the size is compared. What is on the erasure list is
    `look_at_list`'s. Gives why uses are refused from now on; empty when nothing is wrong.
    """
    why = behind(whole=whole) or (LIST_GONE if list_is_gone() else "")
    if why:
        _refuse_uses(why)
    return why


def look_at_list(of: Iterable[Municipality]) -> None:
    """Refuse the uses of each municipality where something on the erasure list is back.

    Call it outside a transaction.
    """
    refused: set[Municipality] = set()
    for _lines, back in erased_and_back(of):
        for municipality in back.keys() - refused:
            refused.add(municipality)
            with acting_for(municipality):
                _refuse_uses(BACK)


def erased_and_back(of: Iterable[Municipality]) -> Iterator[tuple[int, Mapping[Municipality, list[UUID]]]]:
    """The erasure list, a part at a time: how many lines, and the grants among them whose values are there.

    It is read once for all municipalities. Call it outside a transaction.
    """
    wanted = {str(one.id): one for one in of}
    lines_left = iter(erasures())
    while part := list(islice(lines_left, A_PART)):
        listed: dict[str, set[str]] = defaultdict(set)
        for line in part:
            listed[line.get("municipality", "")].add(line["grant"])
        theirs = {wanted[whose]: listed[whose] for whose in listed.keys() & wanted.keys()}
        yield len(part), {one: back for one, erased in theirs.items() if (back := still_there(one, erased))}


def still_there(municipality: Municipality, grants: Iterable[UUID | str]) -> list[UUID]:
    """Which of these have their values. Call it outside a transaction."""
    with acting_for(municipality), transaction.atomic():
        living = Grant.objects.filter(id__in=grants, values__isnull=False)
        return list(living.values_list("id", flat=True))


def list_is_gone() -> bool:
    """Whether erasures were added to the erasure list, and there is none: it says nothing of what is back."""
    there = bool(settings.ERASURE_LIST) and Path(settings.ERASURE_LIST).exists()
    return not there and Duty.objects.filter(kind=Duty.LIST_ERASURE, done__isnull=False).exists()


def heads_are_gone() -> bool:
    """Whether heads were added to the heads file, and it knows none of them: it is not the file it was."""
    known = bool(settings.HEADS_FILE) and outside.knows(current_municipality().id)
    return not known and Deposit.objects.filter(to=Deposit.FILE, done__isnull=False).exists()


def erasures() -> Iterable[dict[str, Any]]:
    """The erasure list, without the lines that a crash cut off; each of those was written again, whole."""
    if settings.ERASURE_LIST:
        yield from (line for line, _place in lines.read(Path(settings.ERASURE_LIST)) if line is not None)


def lift(at: datetime, *, back: bool, give_up_lost_acts: bool = False) -> str:
    """Allow uses again when everything fits; gives why not, empty when they are allowed.

    `back` when something on the erasure list is still back. Acts that no backup holds can be given up: the
    log says so itself, and begins anew from what is there. So can an erasure list that is lost: what this
    database knows to be erased is listed anew.
    """
    with transaction.atomic():
        why = behind()
        if why and give_up_lost_acts:
            _give_up(at)
            why = ""
        if not why and list_is_gone():
            why = "" if give_up_lost_acts else LIST_GONE
            if not why:
                _list_anew(at)
        if why or back:
            return why or BACK
        Restore.objects.filter(lifted=None).update(lifted=at)
    return ""


def behind(*, whole: bool = True) -> str:
    """Why the log is not the published one or grown from it; empty when it is."""
    if heads_are_gone():
        return HEADS_GONE
    published = outside.highest(current_municipality().id) if settings.HEADS_FILE else None
    if published is None:
        return ""
    size = LedgerHead.objects.values_list("size", flat=True).first() or 0
    if size < published.size:
        return f"the act log has {size} entries; {published.size} were published on {published.at}"
    if whole and _root(published.size) != published.root:
        return f"the act log is not the one whose head of {published.size} was published on {published.at}"
    return ""


def _root(size: int) -> str:
    try:
        return nodes.root_of(size).hex()
    except Incomplete:
        return ""


def _refuse_uses(why: str) -> None:
    with transaction.atomic():
        _row, made = Restore.objects.get_or_create(
            lifted=None,
            defaults={"municipality": current_municipality(), "found": timezone.now(), "why": why[:300]},
        )
    if made:
        log.critical("%s: every use is refused: %s; see replay_erasures", current_municipality().slug, why)


def _give_up(at: datetime) -> None:
    """The line outside comes first: a crash in between means giving up once more."""
    municipality = current_municipality()
    published = outside.highest(municipality.id)
    size = LedgerHead.objects.values_list("size", flat=True).first() or 0
    said = {"municipality": str(municipality.id), "lost": True, "from": size, "at": heads.moment(at)}
    lines.append(Path(settings.HEADS_FILE), [json.dumps(said)])
    if published is not None:
        lost = {"here": size, "published": {"size": published.size, "root": published.root}}
        note(LogRecord.LOST, lost, at)


def _list_anew(at: datetime) -> None:
    listed = Duty.objects.filter(kind=Duty.LIST_ERASURE, done__isnull=False)
    listed.update(done=None, due=at, leased_until=None)
