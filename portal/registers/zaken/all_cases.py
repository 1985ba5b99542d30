"""All cases of a resident, out of several systems, and of a long list only one page in full.

First every system tells its cases in outline. Then they are merged, searched and cut; and only of the cases
on the page, and of those that show what there is to choose from, it is asked how they stand and whose they
are.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Found
from ..faults import Fault
from .listing import CARDS, Entry, Page, Row, Wanted, merged, page_of, samples, suits
from .section import faults_of
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
    missing: Sequence[Fault]
    complete: bool
    """Every system told everything; only then "no cases" may be said."""
    nothing: bool
    """No system answered, so nothing can be said at all."""
    late: bool
    """Of some cases on this page it did not come in time how they stand."""

    @property
    def running(self) -> list[CardInWords]:
        return [one for one in self.cards if not one.ended]

    @property
    def closed(self) -> list[CardInWords]:
        return [one for one in self.cards if one.ended]


def all_cases(systems: Sequence[Connection], bsn: BSN, wanted: Wanted) -> AllCases:
    """Ask the systems; outside a transaction."""
    verdicts = Verdicts(systems, bsn)
    entries = merged(verdicts.sketches())
    for _round in range(ROUNDS):
        entries = [one for one in entries if not verdicts.is_refused(one)]
        is_long = len(entries) > CARDS
        page = page_of([one for one in entries if not is_long or suits(one, wanted)], wanted.page)
        examples = samples(entries) if is_long else []
        if not verdicts.ask_about([*page.entries, *examples]):
            break
    cards = [card_in_words(row) for row in _own(verdicts, page.entries)]
    sure = _own(verdicts, examples)
    missing = faults_of(verdicts.answered, verdicts.partly)
    return AllCases(
        cards=cards,
        page=page,
        is_long=is_long,
        kinds=sorted(
            {(one.case.zaaktype.identification, one.case.zaaktype.title) for one in sure}, key=_title
        ),
        years=sorted({str(one.case.zaak.started.year) for one in sure}, reverse=True),
        missing=missing,
        complete=not missing,
        nothing=not any(isinstance(answer, Found) for _system, answer in verdicts.answered),
        late=any(not card.came for card in cards),
    )


def _own(verdicts: Verdicts, entries: Sequence[Entry]) -> list[Row]:
    return [row for one in entries if (row := verdicts.own(one))]


def _title(kind: tuple[str, str]) -> str:
    return kind[1]
