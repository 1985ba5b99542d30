"""What a form need not ask, since a register knows it: each room offers its question, forms ask it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .gather import Question
from .own_data import Home


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody can be reached; empty where the register does not say."""

    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


AsksForContact: TypeAlias = Callable[[Connection, BSN], Question]
"""The answer's value is a Reached."""
AsksForHouse: TypeAlias = Callable[[Connection, BSN, Home], Question]
"""The answer's value is whether who lives in a house owns it; None where the register cannot tell."""
_contact: dict[str, AsksForContact] = {}
_house: dict[str, AsksForHouse] = {}


def contact_is_known_by(kind: str, ask: AsksForContact) -> None:
    """Register who knows where residents can be reached; called when the room's app is ready."""
    _contact[kind] = ask


def house_is_known_by(kind: str, ask: AsksForHouse) -> None:
    """Register who knows whose a house is; called when the room's app is ready."""
    _house[kind] = ask


def who_knows_contact() -> Mapping[str, AsksForContact]:
    """By the kind of their connections."""
    return _contact


def who_knows_house() -> Mapping[str, AsksForHouse]:
    """By the kind of their connections."""
    return _house
