"""Which of the cases in outline are this resident's for sure, asked as far as a page needs it."""

from collections.abc import Sequence
from time import monotonic
from typing import TypeAlias
from uuid import UUID

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..answers import Answer, Found
from ..gather import BUDGET, Question, Resting, ask_each
from .listing import Entry, Row
from .outline import NONE_BESIDE, Outline, Shown, details, outline
from .records import CaseInList, Sketch

FIRST = 2.5  # seconds for all outlines; who is later is told as such, and the others are shown
LEAST = 0.5  # seconds for a question that comes late

Key: TypeAlias = tuple[UUID, str]


class Verdicts:
    """Asks all systems for their outline at once, and then for what is wanted of it."""

    def __init__(self, systems: Sequence[Connection], bsn: BSN, resting: Resting, early: int = 0) -> None:
        self._bsn, self._until = bsn, monotonic() + BUDGET
        answers = ask_each([_outline(one, bsn, early) for one in systems], FIRST, resting)
        self._answers = {one.id: answer for one, answer in zip(systems, answers, strict=True)}
        self._systems = systems
        self._own: dict[Key, CaseInList] = {}
        self._examples: dict[Key, Sketch] = {}
        """Own cases of which it was not asked how they stand."""
        self._judged: set[Key] = set()
        self._looked_at: set[Key] = set()
        """Judged only as an example."""
        self._recalled: list[Row] = []
        self._partly = {one.id: bool(known.unread) for one in systems if (known := self._outline_of(one))}
        self.above = sum(known.above for one in systems if (known := self._outline_of(one)))
        """Own cases that ask for a surer sign-in, as far as was asked."""

    @property
    def answered(self) -> list[tuple[Connection, Answer | None]]:
        """Each system with what it answered at last."""
        return [(one, self._answers[one.id]) for one in self._systems]

    @property
    def partly(self) -> list[bool]:
        """Whether some of a system's cases could not be judged, for each system."""
        return [self._partly.get(one.id, False) for one in self._systems]

    def sketches(self) -> list[Row]:
        """All cases in outline, and those of earlier that took the place of an outline."""
        told = [
            Row(one, sketch)
            for one in self._systems
            if (known := self._outline_of(one))
            for sketch in known.sketches
        ]
        return [*told, *self._recalled]

    def recall(self, system: Connection, cases: Sequence[CaseInList]) -> None:
        """Take what was sure earlier, where a system gives no answer now."""
        known = {(system.id, case.zaak.url): case for case in cases}
        self._recalled += [Row(system, case) for case in cases]
        self._own |= known
        self._judged |= known.keys()

    def own(self, entry: Entry) -> Row | None:
        """The case as the page shows it; None while it is not sure, or not so."""
        sure = (Row(row.connection, self._own[key]) for row in entry.rows if (key := _key(row)) in self._own)
        return next(sure, None)

    def example(self, entry: Entry) -> Sketch | CaseInList | None:
        """What is sure to be this resident's of it, however it stands; None while nothing is."""
        keys = map(_key, entry.rows)
        return next((known for key in keys if (known := self._own.get(key) or self._examples.get(key))), None)

    def is_refused(self, entry: Entry) -> bool:
        """Whether it is sure that it cannot be shown."""
        known = (self._is_judged(row) or _key(row) in self._looked_at for row in entry.rows)
        return all(known) and self.example(entry) is None

    def ask_about(self, entries: Sequence[Entry], examples: Sequence[Entry]) -> bool:
        """Ask what is not known of these yet; False when there was nothing to ask.

        Of examples only whose they are: how they stand would cost a call each in an older system.
        """
        rows = [row for entry in entries for row in entry.rows if not self._is_judged(row)]
        wanted = {one.id: _sketches(one, rows) for one in self._systems}
        beside = [row for entry in examples for row in entry.rows if not self._is_looked_at(row)]
        others = {
            one.id: {key: case for key, case in _sketches(one, beside).items() if key not in wanted[one.id]}
            for one in self._systems
        }
        asked = [one for one in self._systems if wanted[one.id] or others[one.id]]
        if not asked:
            return False
        questions = [
            self._details(one, list(wanted[one.id].values()), list(others[one.id].values())) for one in asked
        ]
        # Only who told an outline just now is asked on, so nobody who rests.
        answers = ask_each(questions, max(LEAST, self._until - monotonic()), resting={})
        for one, answer in zip(asked, answers, strict=True):
            self._judged |= wanted[one.id].keys()
            self._looked_at |= others[one.id].keys()
            if isinstance(answer, Found):
                self._learn(one, answer.value)
            else:
                self._answers[one.id] = answer
        return True

    def _details(self, zaken: Connection, sketches: Sequence[Sketch], examples: Sequence[Sketch]) -> Question:
        outlined = self._outline_of(zaken)
        known = outlined.beside if outlined else NONE_BESIDE
        return Question(zaken, lambda caller: details(caller, self._bsn, sketches, examples, known))

    def _learn(self, system: Connection, shown: Shown) -> None:
        self._own |= {(system.id, case.zaak.url): case for case in shown.cases}
        self._examples |= {(system.id, case.zaak.url): case for case in shown.examples}
        self._partly[system.id] |= bool(shown.unread)
        self.above += shown.above

    def _outline_of(self, system: Connection) -> Outline | None:
        answer = self._answers[system.id]
        return answer.value if isinstance(answer, Found) else None

    def _is_judged(self, row: Row) -> bool:
        """Whom we asked about it, or can no longer ask: a system that failed is not asked again and again."""
        return _key(row) in self._judged or not isinstance(self._answers[row.connection.id], Found)

    def _is_looked_at(self, row: Row) -> bool:
        return self._is_judged(row) or _key(row) in self._looked_at


def _sketches(system: Connection, rows: Sequence[Row]) -> dict[Key, Sketch]:
    """Those of a system that are in outline still."""
    return {
        _key(row): row.case for row in rows if row.connection.id == system.id and isinstance(row.case, Sketch)
    }


def _key(row: Row) -> Key:
    return (row.connection.id, row.case.zaak.url)


def _outline(zaken: Connection, bsn: BSN, early: int) -> Question:
    return Question(zaken, lambda caller: outline(caller, bsn, early))
