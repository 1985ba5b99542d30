"""What a municipality says itself about a kind of case, by the identification of its zaaktype.

It stands in the connection's parameters: `case_types: {"dakkapel": {"steps": {"3": {"do": …, "expect": …}},
"way": "bezwaar"}}`, a step by its volgnummer. Where nothing is said, the catalogue's own text stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .objecting import Way
from .records import Zaaktype


@dataclass(frozen=True, slots=True)
class StepText:
    """What a step asks of the resident, and what follows; each may be empty."""

    do: str
    expect: str


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of case in the municipality's words."""

    steps: Mapping[int, StepText]
    way: Way
    """What can be done against its decisions."""


def described(parameters: Mapping[str, Any], kind: Zaaktype) -> Described:
    """What is said about a kind; what is not understood is not said."""
    said = _mapping(_mapping(parameters.get("case_types")).get(kind.identification))
    steps = {
        int(number): StepText(str(text.get("do", "")), str(text.get("expect", "")))
        for number, text in _mapping(said.get("steps")).items()
        if number.isdigit() and isinstance(text, Mapping)
    }
    is_objection = kind.title.casefold().startswith("bezwaar")
    way = said.get("way", Way.APPEAL if is_objection else Way.OBJECTION)
    return Described(steps, Way(way) if way in set(Way) else Way.OBJECTION)


def _mapping(held: Any) -> Mapping[str, Any]:
    return held if isinstance(held, Mapping) else {}
