"""What each register's room offers to Mijn; the pages know no register, and no room knows another.

A room offers its section when its app is ready. Deleting the room's folder and its line in the settings takes
the section, its pages and its entry in the menu away.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.utils.functional import Promise

from portal.accounts.sessions import Session
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .answers import Answer
from .earlier import Keeps
from .gather import Question

Answered: TypeAlias = Sequence[tuple[Connection, Answer | None]]
"""Each connection of a kind with what it answered; None where we were too busy to ask."""


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the overview that is drawn when its connections have answered."""

    kind: str
    """Of the connections it asks; also its name on the page."""
    place: int
    """Where it stands on the overview, from the top."""
    title: str | Promise
    waiting: str | Promise
    """What a resident reads until it is there."""
    ask: Callable[[Connection, BSN], Question]
    template: str
    show: Callable[..., Mapping[str, Any]]
    """What the template needs, for what was `Answered`, and what was prepared, by name."""
    page: str
    """The name of the address where all of it is."""
    menu_label: str | Promise
    urls: str
    """The module with its pages' addresses."""
    only_where_connected: bool = False
    """Where the municipality has no such connection, overview and menu say nothing of it."""
    for_another: bool = False
    """Whether somebody who acts for the resident sees it (`signed_in(for_another=…)`)."""
    prepare: Callable[[Session], Mapping[str, Any]] | None = None
    """What it reads from the database; that is done before the first byte."""
    keeps: Keeps | None = None
    """How the answers are kept while the session lasts; None where they may not be."""


_offered: dict[str, Section] = {}


def offer(section: Section) -> None:
    """Put a section on the overview; called when the room's app is ready."""
    _offered[section.kind] = section


def sections(*, for_another: bool = False) -> list[Section]:
    """All sections in the order of the page, or those that somebody who acts for the resident sees."""
    offered = [one for one in _offered.values() if one.for_another or not for_another]
    return sorted(offered, key=lambda one: one.place)
