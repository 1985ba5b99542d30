"""The overview's part on messages, what a case's page shows of them, and the data of the page of all."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..about_case import AboutCase, CaseRef
from ..answers import Found
from ..earlier import Keeps
from ..faults import Coverage, coverage
from ..gather import Question
from ..sections import Answered, Section
from .client import Several, messages
from .records import Message
from .visible import newest_first

KIND = "berichten"
MOST = 3  # messages on the overview; the rest is behind the link
MOST_OF_A_CASE = 10  # on its page; likewise


@dataclass(frozen=True, slots=True)
class Row:
    """A message of a list, with the connection it came by."""

    connection: UUID
    message: Message


@dataclass(frozen=True, slots=True)
class Listed:
    """Messages to a resident, as far as the registers answered; newest first."""

    rows: Sequence[Row]
    coverage: Coverage

    @property
    def new(self) -> int:
        """How many were not opened yet."""
        return sum(row.message.opened is None for row in self.rows)


def listed(answered: Answered) -> Listed:
    """Merge the answers."""
    where: dict[UUID, UUID] = {}
    found: dict[UUID, Message] = {}
    for connection, answer in answered:
        if isinstance(answer, Found):
            for message in answer.value.messages:
                where.setdefault(message.id, connection.id)
                found.setdefault(message.id, message)
    partly = [isinstance(one, Found) and one.value.unread > 0 for _who, one in answered]
    return Listed(
        rows=[Row(where[one.id], one) for one in newest_first(found.values())],
        coverage=coverage(answered, partly),
    )


def ask_new(register: Connection, bsn: BSN) -> Question:
    """The question for what was not opened yet."""
    return Question(register, lambda caller: messages(caller, bsn, only_new=True))


def ask_all(register: Connection, bsn: BSN) -> Question:
    """The question for all messages."""
    return Question(register, lambda caller: messages(caller, bsn))


def show(answered: Answered) -> Mapping[str, Any]:
    """What the overview shows: the newest that were not opened yet, and how many there are."""
    found = listed(answered)
    return {"messages": found, "shown": found.rows[:MOST]}


def _fit(found: Several) -> Several | None:
    """What a list shows; not to whom, which was looked at already, nor the text."""
    if found.unread or not found.messages:
        return None
    return Several([replace(one, text="", attachments=[], _to="") for one in found.messages], 0)


KEEPS_NEW = Keeps("berichten-new", Several, _fit)
KEEPS_ALL = Keeps("berichten", Several, _fit)


def _ask_about(register: Connection, bsn: BSN, _case: CaseRef) -> Question:
    # The API's own filter wants the name that its sender used, of several that a case has.
    return ask_all(register, bsn)


def _show_about(case: CaseRef, answered: Answered) -> Mapping[str, Any]:
    found = listed(answered)
    about = [one for one in found.rows if one.message.case and one.message.case.is_case(case)]
    more = len(about) > MOST_OF_A_CASE
    return {"rows": about[:MOST_OF_A_CASE], "more": more, "missing": found.coverage.missing}


ABOUT_CASE = AboutCase(
    kind=KIND,
    place=10,
    title=_("Berichten over deze zaak"),
    ask=_ask_about,
    template="berichten/about_case.html",
    show=_show_about,
    for_another=True,
)

SECTION = Section(
    kind=KIND,
    place=15,
    title=_("Berichten"),
    waiting=_("Uw berichten worden opgehaald."),
    ask=ask_new,
    template="berichten/section.html",
    show=show,
    page="mijn:berichten:messages",
    menu_label=_("Berichten"),
    urls="portal.registers.berichten.urls",
    for_another=True,
    only_where_connected=True,
    keeps=KEEPS_NEW,
)
