"""What is said about a kind of case, by the identification of its zaaktype.

The municipality's site says it (`plain_words`); a connection's parameters may say otherwise of a step:
`case_types: {"dakkapel": {"steps": {"3": {"do": …, "expect": …}}, "way": "bezwaar"}}`, a step by its
volgnummer. Where nothing is said, the catalogue's own text stands.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .objecting import Way
from .plain_words import NO_WORDS, StepText, Words
from .records import Zaaktype


@dataclass(frozen=True, slots=True)
class Described:
    """A kind of case in the municipality's words."""

    steps: Mapping[int, StepText]
    way: Way
    """What can be done against its decisions."""
    url: str = ""
    """Its page on the site; empty where there is none."""


def described(parameters: Mapping[str, Any], kind: Zaaktype, known: Words = NO_WORDS) -> Described:
    """What is said about a kind; what is not understood is not said."""
    said = _mapping(_mapping(parameters.get("case_types")).get(kind.identification))
    on_site = known.get(kind.identification)
    steps = {
        int(number): StepText(str(text.get("do", "")), str(text.get("expect", "")))
        for number, text in _mapping(said.get("steps")).items()
        if number.isdigit() and isinstance(text, Mapping)
    }
    if on_site:
        steps = {**on_site.steps, **steps}
    is_objection = kind.title.casefold().startswith("bezwaar")
    otherwise = on_site.way if on_site else Way.APPEAL if is_objection else Way.OBJECTION
    way = said.get("way", otherwise)
    return Described(steps, Way(way) if way in set(Way) else Way.OBJECTION, on_site.url if on_site else "")


def _mapping(held: Any) -> Mapping[str, Any]:
    return held if isinstance(held, Mapping) else {}
