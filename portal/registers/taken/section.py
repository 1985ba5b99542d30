"""The overview's part on what to do, what a case's page shows of it, and the data of the page of tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..about_case import AboutCase, CaseRef
from ..answers import Found
from ..earlier import Keeps
from ..faults import Coverage, coverage
from ..gather import Question
from ..sections import Answered, Section
from .client import Several, tasks
from .records import Task, Whose
from .visible import closed_tasks, open_tasks
from .words import Deadline, deadline, kind_of_state, state_in_words

KIND = "taken"
MOST = 3  # tasks on the overview; the rest is behind the link


@dataclass(frozen=True, slots=True)
class Row:
    """A task of a list as a page shows it."""

    connection: UUID
    task: Task
    deadline: Deadline
    status: str
    status_kind: str


@dataclass(frozen=True, slots=True)
class Listed:
    """A resident's tasks, as far as the registers answered."""

    open: Sequence[Row]
    closed: Sequence[Row]
    coverage: Coverage


def listed(answered: Answered) -> Listed:
    """Merge the answers: the soonest first, and what is done the latest first."""
    today = timezone.localdate()
    where: dict[UUID, UUID] = {}
    found: list[Task] = []
    for connection, answer in answered:
        if isinstance(answer, Found):
            for task in answer.value.tasks:
                where.setdefault(task.id, connection.id)
                found.append(task)
    partly = [isinstance(one, Found) and one.value.unread > 0 for _who, one in answered]

    def row(task: Task) -> Row:
        state = task.state
        return Row(where[task.id], task, deadline(task, today), state_in_words(state), kind_of_state(state))

    return Listed(
        open=[row(one) for one in open_tasks(found)],
        closed=[row(one) for one in closed_tasks(found)],
        coverage=coverage(answered, partly),
    )


def ask_open(register: Connection, bsn: BSN) -> Question:
    """The question for what must still be done."""
    return Question(register, lambda caller: tasks(caller, bsn, only_open=True))


def ask_all(register: Connection, bsn: BSN) -> Question:
    """The question for all tasks."""
    return Question(register, lambda caller: tasks(caller, bsn))


def _fit(found: Several) -> Several | None:
    """What a list shows; not whose it is, which was looked at already, nor what is asked."""
    if found.unread or not found.tasks:
        return None
    nobody = Whose("", "")
    kept = [replace(one, whose=nobody, form=None, payment=None, link="", why="") for one in found.tasks]
    return Several(kept, 0)


KEEPS_OPEN = Keeps("taken-open", Several, _fit)
KEEPS_ALL = Keeps("taken", Several, _fit)


def show(answered: Answered) -> Mapping[str, Any]:
    """What the overview shows: what must be done soonest."""
    found = listed(answered)
    return {"tasks": found, "shown": found.open[:MOST], "more": len(found.open) - MOST}


def _ask_about(register: Connection, bsn: BSN, _case: CaseRef) -> Question:
    return ask_open(register, bsn)


def _show_about(case: CaseRef, answered: Answered) -> Mapping[str, Any]:
    found = listed(answered)
    about = [one for one in found.open if one.task.case and one.task.case.is_case(case)]
    return {"rows": about, "missing": found.coverage.missing, "asks": bool(about or found.coverage.missing)}


ABOUT_CASE = AboutCase(
    kind=KIND,
    place=-10,
    title=_("Wat moet u doen?"),
    ask=_ask_about,
    template="taken/about_case.html",
    show=_show_about,
    for_another=True,
)

SECTION = Section(
    kind=KIND,
    place=5,
    title=_("Wat moet u doen?"),
    waiting=_("Wij kijken of u iets moet doen."),
    ask=ask_open,
    template="taken/section.html",
    show=show,
    page="mijn:taken:tasks",
    menu_label=_("Taken"),
    urls="portal.registers.taken.urls",
    for_another=True,
    only_where_connected=True,
    keeps=KEEPS_OPEN,
)
