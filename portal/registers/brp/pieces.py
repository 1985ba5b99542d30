"""Pieces of the page of own data: the person, what may be done with it all, each other register's part."""

import logging
from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string

from portal.municipalities.facts import PeopleToReach

from ..answers import Answer, Broken
from ..forms import TakeAlongForm
from ..own_data import OwnData
from ..own_page import Asking, OwnPage, Told
from ..streamed import Turn
from .section import PART, facts_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is needed to draw a piece, read before the first byte."""

    turn: Turn
    page: OwnPage
    show_address: bool
    contact: PeopleToReach
    again_url: str
    correct_url: str
    csrf_token: str = field(repr=False)

    def draw(self, part: OwnData, answer: Answer | None) -> bytes:
        """One part; when it cannot be drawn it says that it is broken, and the page goes on."""
        with self.turn.taken():
            try:
                return self._draw(self.page.told(part, answer))
            except Exception as fault:
                log.error("the part %s cannot be drawn: %s", part.kind, type(fault).__name__)
                return self._draw(self.page.told(part, Broken("not drawn")))

    def not_connected(self) -> bytes:
        """In the place of the person, where the municipality has no BRP."""
        with self.turn.taken():
            return self._person(None)

    def _draw(self, told: Told) -> bytes:
        if told.part is PART:
            return self._person(told)
        return self._render("brp/other_part.html", {"told": told}) if told.is_shown else b""

    def _person(self, own: Told | None) -> bytes:
        known = facts_of([own.answer] if own else [], show_address=self.show_address)
        hides = own is not None and len(own.all_groups) > len(own.groups)
        context = {
            **known,
            "own": own,
            "part": PART,
            "address_is_shown": self.show_address,
            "take_along": TakeAlongForm() if hides else None,
            "something_is_told": bool(known["groups"]) or self.page.parts not in ([], [PART]),
        }
        return self._render("brp/person.html", context)

    def _render(self, template: str, context: dict[str, Any]) -> bytes:
        around = {
            "contact": self.contact,
            "again_url": self.again_url,
            "correct_url": self.correct_url,
            "csrf_token": self.csrf_token,
        }
        return render_to_string(template, {**around, **context}).encode()


def told(page: OwnPage, asking: Asking | None, drawing: Drawing) -> Generator[bytes, None, None]:
    """What is known at once, then each part when it is told."""
    at_once = [] if PART in page.parts else [drawing.not_connected()]
    if asking is None:
        at_once += [drawing.draw(part, None) for part in page.parts]
    yield b"".join(at_once)
    for part, answer in asking or ():
        yield drawing.draw(part, answer)
