"""The overview's part on cases: the newest that run, out of several case systems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Found
from ..earlier import Keeps
from ..faults import Coverage, coverage, without_some
from ..gather import Question
from ..sections import Answered, Section
from .client import Several, businesses, every, newest
from .listing import Row, merged
from .marks import NO_MARKS, Marks, marks
from .plain_words import NO_WORDS, Words, plain_words
from .words import CardInWords, card_in_words

MOST = 4  # cases on the overview; the rest is behind the link


@dataclass(frozen=True, slots=True)
class Listed:
    """Cases of a resident, as far as the case systems answered."""

    running: Sequence[CardInWords]
    closed: Sequence[CardInWords]
    coverage: Coverage
    left_out: bool
    """There may be more than was asked for."""


def listed(answered: Answered, marks: Marks = NO_MARKS, known: Words = NO_WORDS) -> Listed:
    """Merge the answers: newest first, a case that two systems hold only once."""
    rows: list[Row] = []
    left_out = False
    for connection, answer in answered:
        if isinstance(answer, Found):
            rows += [Row(connection, case) for case in answer.value.cases]
            left_out = left_out or bool(answer.value.left_out)
    above = sum(one.value.above for _who, one in answered if isinstance(one, Found))
    partly = [bool(isinstance(one, Found) and one.value.unread) for _who, one in answered]
    cards = [card_in_words(entry.rows[0], marks, known) for entry in merged(rows)]
    return Listed(
        running=[card for card in cards if not card.ended],
        closed=[card for card in cards if card.ended],
        coverage=without_some(coverage(answered, partly), above),
        left_out=left_out,
    )


def show(answered: Answered, marks: Marks = NO_MARKS, known: Words = NO_WORDS) -> Mapping[str, Any]:
    """What the overview's part shows: the newest that run."""
    found = listed(answered, marks, known)
    shown, more = found.running[:MOST], len(found.running) > MOST or found.left_out
    return {"cases": found, "shown": shown, "more": more, "late": any(not card.came for card in shown)}


def ask(zaken: Connection, bsn: BSN) -> Question:
    """The question for a resident's newest cases."""
    return Question(zaken, lambda caller: newest(caller, bsn, MOST))


def ask_all(zaken: Connection, bsn: BSN) -> Question:
    """The question for all of them, for who must choose one."""
    return Question(zaken, lambda caller: every(caller, bsn))


def ask_businesses(zaken: Connection, bsn: BSN) -> Question:
    """The question for which businesses a resident asked something."""
    return Question(zaken, lambda caller: businesses(caller, bsn))


def _fit(found: Several) -> Several | None:
    """Nothing where there is no case: that there was none is not told from memory."""
    return found if found.cases else None


KEEPS = Keeps("zaken", Several, _fit)
KEEPS_LIST = Keeps("zaken.list", Several, _fit)
"""Of the page of all cases, where more of them are asked about."""

SECTION = Section(
    kind="zaken",
    place=10,
    title=_("Lopende zaken"),
    waiting=_("Uw zaken worden opgehaald."),
    ask=ask,
    template="zaken/section.html",
    show=show,
    prepare=lambda session: {"marks": marks(session), "known": plain_words()},
    page="mijn:zaken:cases",
    menu_label=_("Zaken"),
    urls="portal.registers.zaken.urls",
    for_another=True,
    keeps=KEEPS,
)
