"""The overview's part on cases, and the data of the cases' pages: one list out of several case systems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Found
from ..faults import Fault, fault_of, not_connected
from ..gather import Question
from ..sections import Answered, Section
from .client import cases
from .records import CaseInList
from .words import more_of_step, name_of_step

MOST = 4  # cases on the overview; the rest is behind the link
CARDS = 10  # from here on a table reads better than cards


@dataclass(frozen=True, slots=True)
class Row:
    """A case in a list, with the connection that its page asks."""

    connection: Connection
    case: CaseInList

    @property
    def status(self) -> str:
        """How it stands, in a few words."""
        return name_of_step(self.case.status_text)

    @property
    def kind(self) -> str:
        """How the status looks; never the only thing that tells."""
        if self.case.zaak.ended:
            return "neutral"
        return "warning" if self.case.zaak.suspended else "info"

    @property
    def to_do(self) -> str:
        """Why the case stands still, or what the resident can expect; empty once it is over."""
        if self.case.zaak.ended:
            return ""
        reason = self.case.zaak.suspended or ""
        return reason if reason and reason != self.status else more_of_step(self.case.status_text)


@dataclass(frozen=True, slots=True)
class Listed:
    """All cases of a resident, as far as the case systems answered."""

    running: Sequence[Row]
    closed: Sequence[Row]
    missing: Sequence[Fault]
    """What went wrong; each kind once, however many systems have it."""
    complete: bool
    """Every case system answered; only then "no cases" may be said."""
    nothing: bool
    """None answered, so nothing can be said at all."""


def listed(answered: Answered) -> Listed:
    """Merge the answers: newest first, a case that two systems hold only once."""
    rows: dict[tuple[object, ...], Row] = {}
    missing: dict[str, Fault] = {}
    silent = 0
    for connection, answer in answered:
        if isinstance(answer, Found):
            for case in answer.value:
                _keep_newest(rows, Row(connection, case))
        elif fault := fault_of(answer):
            missing[fault.kind] = fault
            silent += 1
    if not answered:
        missing["not_connected"] = not_connected()
    ordered = sorted(rows.values(), key=_newest_first, reverse=True)
    return Listed(
        running=[row for row in ordered if row.case.zaak.ended is None],
        closed=[row for row in ordered if row.case.zaak.ended is not None],
        missing=list(missing.values()),
        complete=not missing,
        nothing=silent == len(answered),
    )


def show(answered: Answered) -> Mapping[str, Any]:
    """What the overview's part shows: the newest that run."""
    found = listed(answered)
    return {"cases": found, "shown": found.running[:MOST], "more": len(found.running) > MOST}


def ask(zaken: Connection, bsn: BSN) -> Question:
    """The question for a resident's cases."""
    return Question(zaken, lambda caller: cases(caller, bsn))


def _keep_newest(rows: dict[tuple[object, ...], Row], row: Row) -> None:
    """A case that moved to another system is in both for a while: the one that went on is right."""
    same = (row.case.zaak.number, row.case.zaak.started)
    known = rows.get(same)
    if known is None or row.case.status_since > known.case.status_since:
        rows[same] = row


def _newest_first(row: Row) -> tuple[object, ...]:
    return (row.case.zaak.started, row.case.zaak.number)


SECTION = Section(
    kind="zaken",
    place=10,
    title=_("Lopende zaken"),
    waiting=_("Uw zaken worden opgehaald."),
    ask=ask,
    template="zaken/section.html",
    show=show,
    page="mijn:zaken:cases",
    menu_label=_("Zaken"),
    urls="portal.registers.zaken.urls",
)
