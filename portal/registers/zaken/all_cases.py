"""All cases of a resident, out of several systems, and of a long list only one page in full.

First every system tells its cases in outline. Then they are merged, searched and cut; and only of the cases
on the page it is asked how they stand and whose they are, and of those that show what there is to choose from
whose they are.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Answer, Found
from ..earlier import Earlier, Memory
from ..faults import Coverage, coverage, without_some
from ..gather import Resting
from .client import Several
from .listing import CARDS, ON_A_PAGE, Entry, Page, Row, Wanted, merged, page_of, samples, suits
from .marks import NO_MARKS, Marks
from .plain_words import NO_WORDS, Words
from .records import CaseInList
from .section import KEEPS, KEEPS_LIST
from .verdicts import Verdicts
from .words import CardInWords, card_in_words

ROUNDS = 3  # in which cases of others that a register hands us make room for the next


@dataclass(frozen=True, slots=True)
class AllCases:
    """What the page of cases shows."""

    cards: Sequence[CardInWords]
    page: Page
    is_long: bool
    """More than cards can show; then a table, with search and pages."""
    kinds: Sequence[tuple[str, str]]
    """What there is to choose from: identification and title of each kind."""
    years: Sequence[str]
    coverage: Coverage
    late: bool
    """Of some cases on this page it did not come in time how they stand."""
    answered: Sequence[tuple[Connection, Answer | None]]
    """Each system with what it answered, now or earlier."""

    @property
    def running(self) -> list[CardInWords]:
        return [one for one in self.cards if not one.ended]

    @property
    def closed(self) -> list[CardInWords]:
        return [one for one in self.cards if one.ended]


def all_cases(
    systems: Sequence[Connection],
    resting: Resting,
    bsn: BSN,
    wanted: Wanted,
    memory: Memory,
    marks: Marks = NO_MARKS,
    known: Words = NO_WORDS,
) -> AllCases:
    """Ask the systems; outside a transaction. For one that gives no answer stands what came earlier."""
    at_first = not wanted.anything and wanted.page == 1
    verdicts = Verdicts(systems, bsn, resting, ON_A_PAGE if at_first else 0)
    recalled = _recall(verdicts, memory, {})
    entries = merged(verdicts.sketches())
    for _round in range(ROUNDS):
        entries = [one for one in entries if not verdicts.is_refused(one)]
        is_long = len(entries) > CARDS
        page = page_of([one for one in entries if not is_long or suits(one, wanted)], wanted.page)
        examples = samples(entries) if is_long else []
        if not verdicts.ask_about(page.entries, examples):
            break
    recalled |= _recall(verdicts, memory, recalled)
    rows = _own(verdicts, page.entries)
    cards = [card_in_words(row, marks, known) for row in rows]
    sure = [example for one in examples if (example := verdicts.example(one))]
    answered = [(one, recalled.get(one.id) or answer) for one, answer in verdicts.answered]
    if not wanted.anything and page.number == 1:
        _note(answered, rows, memory)
    return AllCases(
        cards=cards,
        page=page,
        is_long=is_long,
        kinds=sorted({(one.zaaktype.identification, one.zaaktype.title) for one in sure}, key=_title),
        years=sorted({str(one.zaak.started.year) for one in sure}, reverse=True),
        coverage=without_some(coverage(answered, verdicts.partly), verdicts.above),
        late=any(not card.came for card in cards),
        answered=answered,
    )


def _recall(verdicts: Verdicts, memory: Memory, known: Mapping[UUID, Earlier]) -> dict[UUID, Earlier]:
    """What came earlier of each system that gives no answer now and is not known yet."""
    found: dict[UUID, Earlier] = {}
    for system, answer in verdicts.answered:
        if isinstance(answer, Found) or system.id in known:
            continue
        earlier = memory.earlier(KEEPS_LIST, system, answer) or memory.earlier(KEEPS, system, answer)
        if earlier:
            found[system.id] = earlier
            verdicts.recall(system, earlier.value.cases)
    return found


def _note(answered: Sequence[tuple[Connection, Answer | None]], rows: Sequence[Row], memory: Memory) -> None:
    """Keep the first page, as far as it came now."""
    for system, answer in answered:
        if isinstance(answer, Found) and not isinstance(answer, Earlier):
            own = [row.case for row in rows if row.connection.id == system.id]
            cases = [case for case in own if isinstance(case, CaseInList)]
            memory.note(KEEPS_LIST, system, Several(cases, 0, 0, 0))


def _own(verdicts: Verdicts, entries: Sequence[Entry]) -> list[Row]:
    return [row for one in entries if (row := verdicts.own(one))]


def _title(kind: tuple[str, str]) -> str:
    return kind[1]
