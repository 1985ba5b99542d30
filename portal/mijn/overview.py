"""Draws the overview piece by piece: each part when its registers have answered."""

import logging
from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.urls import reverse

from portal.accounts.required import Session
from portal.municipalities.connections import Connection, connections_of
from portal.municipalities.facts import PeopleToReach
from portal.registers.answers import Answer, Broken
from portal.registers.earlier import Memory, stale
from portal.registers.gather import BUDGET as WHOLE_PAGE
from portal.registers.gather import Gathering, Question
from portal.registers.sections import Answered, Section, sections
from portal.registers.streamed import Turn

BUDGET = WHOLE_PAGE - 0.2  # seconds for the registers; the rest is for drawing
log = logging.getLogger(__name__)


@dataclass(slots=True)
class Part:
    """A section with the connections it asks, and what they answered so far."""

    section: Section
    asked: Sequence[tuple[Connection, Question]]
    prepared: Mapping[str, Any]
    answers: dict[str, Answer] = field(default_factory=dict)

    @property
    def is_answered(self) -> bool:
        return len(self.answers) == len(self.asked)

    def answered(self) -> list[tuple[Connection, Answer | None]]:
        """Each connection with its answer, in a fixed order; None for who was not asked."""
        return [(one, self.answers.get(str(one.id))) for one, _question in self.asked]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is needed to draw a piece, read before the first byte."""

    turn: Turn
    contact: PeopleToReach
    again_url: str
    memory: Memory
    since: datetime | None
    """The previous visit; what changed later is marked as new."""

    def draw(self, part: Part) -> bytes:
        """One part; when it cannot be drawn it says that it is broken, and the page goes on."""
        with self.turn.taken():
            try:
                return self._draw(part, self.memory.settle(part.section.keeps, part.answered()))
            except Exception as fault:
                log.error("the part %s cannot be drawn: %s", part.section.kind, type(fault).__name__)
                return self._draw(part, [(one, Broken("not drawn")) for one, _question in part.asked])

    def _draw(self, part: Part, answered: Answered) -> bytes:
        known = {
            "section": part.section,
            "contact": self.contact,
            "again_url": self.again_url,
            "retry_url": reverse("mijn:part", args=[part.section.kind]),
            "stale": stale(part.section.title, answered),
            "since": self.since,
        }
        shown = part.section.show(answered, **part.prepared)
        return render_to_string("mijn/part.html", {**known, **shown}).encode()


def parts_of(session: Session) -> list[Part]:
    """The parts of the page with their questions. One query, and one for each part that reads something."""
    offered, bsn = sections(for_another=session.for_another), session.bsn
    known = connections_of(*(one.kind for one in offered))
    parts = [
        Part(
            section,
            [(one, section.ask(one, bsn)) for one in known if one.kind == section.kind],
            section.prepare(session) if section.prepare else {},
        )
        for section in offered
    ]
    return [part for part in parts if part.asked or not part.section.only_where_connected]


def questions(parts: Sequence[Part]) -> dict[str, Question]:
    """All questions of a page, by connection."""
    return {str(one.id): question for part in parts for one, question in part.asked}


def told(parts: Sequence[Part], asking: Gathering | None, drawing: Drawing) -> Generator[bytes, None, None]:
    """What is known at once, then each part when its registers have answered."""
    at_once = [part for part in parts if part.is_answered or asking is None]
    yield b"".join(map(drawing.draw, at_once))
    waiting = [part for part in parts if part not in at_once]
    for name, answer in asking or ():
        part = next(one for one in waiting if name in questions([one]))
        part.answers[name] = answer
        if part.is_answered:
            yield drawing.draw(part)
