"""For which businesses a resident acted, as far as another register proves it.

The trade register cannot be asked for a person, so something else must name the business: the room of the
cases tells which asked for something together with this resident (`businesses_are_told_by`).
"""

import re
from collections.abc import Callable, Mapping
from typing import TypeAlias

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .gather import Question

NUMBER = re.compile(r"[0-9]{8}")
"""A KVK number: it goes into addresses, so it is nothing else."""

AsksForBusinesses: TypeAlias = Callable[[Connection, BSN], Question]
"""The answer's value is a sequence of KVK numbers."""
_told_by: dict[str, AsksForBusinesses] = {}


def businesses_are_told_by(kind: str, ask: AsksForBusinesses) -> None:
    """Register who tells; called when the room's app is ready."""
    _told_by[kind] = ask


def tellers() -> Mapping[str, AsksForBusinesses]:
    """Who tells, by the kind of their connections."""
    return _told_by
