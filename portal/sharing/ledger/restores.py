"""After a backup came back: is the database older than what lies outside it?

The heads file holds the highest head that anybody can have; the erasure list holds what was erased. When
the log is not that head or a log that grew from it, or when something erased is back, a row says so and
every use is refused until an operator made it right. A row, because all processes must honour it; looked at
when a process starts and by the worker each turn.
"""

import json
import logging
from collections.abc import Iterable, Iterator
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
from portal.municipalities.acting import current_municipality
from portal.sharing.models import Grant, LedgerHead, LogRecord, Restore

from . import heads, nodes
from .entries import note
from .nodes import Incomplete

log = logging.getLogger(__name__)


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

    def highest(self, municipality: UUID) -> Published | None:
        """The highest head of a municipality; acts that an operator gave up as lost do not count."""
        path = Path(settings.HEADS_FILE)
        if self._path != str(path) or (path.exists() and path.stat().st_size < self._place):
            self._path, self._place, self._highest = str(path), 0, {}
        for line, place in lines.read(path, self._place):
            self._place = place
            if line is not None:
                self._take(line)
        return self._highest.get(str(municipality))

    def _take(self, line: dict[str, Any]) -> None:
        whose = line["municipality"]
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

    The `whole` look also reads the erasure list and recomputes the root; else only the size is compared.
    Gives why uses are refused from now on; empty when nothing is wrong.
    """
    why = behind(whole=whole)
    if not why and whole and next(erased_and_back(), None):
        why = "values that were erased are back"
    if why:
        _refuse_uses(why)
    return why


def erased_and_back() -> Iterator[UUID]:
    """Grants on the erasure list whose values are there, some at a time; needs no transaction around it."""
    mine = str(current_municipality().id)
    listed = (line["grant"] for line in erasures() if line.get("municipality") == mine)
    while some := set(islice(listed, 1000)):
        with transaction.atomic():
            back = list(Grant.objects.filter(id__in=some, values__isnull=False).values_list("id", flat=True))
        yield from back


def erasures() -> Iterable[dict[str, Any]]:
    """The erasure list, without the lines that a crash cut off; each of those was written again, whole."""
    if settings.ERASURE_LIST:
        yield from (line for line, _place in lines.read(Path(settings.ERASURE_LIST)) if line is not None)


def lift(at: datetime, *, give_up_lost_acts: bool = False) -> str:
    """Allow uses again when everything fits; gives why not, empty when they are allowed.

    Acts that no backup holds can be given up: the log says so itself, and begins anew from what is there.
    """
    with transaction.atomic():
        why = behind()
        if why and give_up_lost_acts:
            _give_up(at)
            why = ""
        if why or next(erased_and_back(), None):
            return why or "values that were erased are back"
        Restore.objects.filter(lifted=None).update(lifted=at)
    return ""


def behind(*, whole: bool = True) -> str:
    """Why the log is not the published one or grown from it; empty when it is."""
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
