"""What the municipality's site says of a kind of case: written once for all in the CMS, shown at each case.

The pages are of the CMS, and nothing below it may import it: so the CMS registers where the words come from.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from .objecting import Way


@dataclass(frozen=True, slots=True)
class StepText:
    """What a step asks of the resident, and what follows; each may be empty."""

    do: str
    expect: str
    name: str = ""
    """What the step is called in plain words; empty where the catalogue's own name stands."""


@dataclass(frozen=True, slots=True)
class PlainWords:
    """A kind of case as the site describes it, with the municipality's facts filled in. In Dutch."""

    title: str
    url: str
    """Its page on the site."""
    steps: Mapping[int, StepText] = field(default_factory=dict)
    """By the number of the step."""
    way: Way = Way.OBJECTION


Words: TypeAlias = Mapping[str, PlainWords]
"""Of all kinds, by identification."""
NO_WORDS: Words = {}
_provider: Callable[[], Words] | None = None


def plain_words_come_from(provider: Callable[[], Words]) -> None:
    """Say which function tells all kinds that the municipality in force describes, by identification."""
    global _provider
    _provider = provider


def plain_words() -> Words:
    """All of them; nothing when no site is installed. To be called where the database may be read."""
    return _provider() if _provider else {}
