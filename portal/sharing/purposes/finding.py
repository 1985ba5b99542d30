"""What the purpose checker says, and what it reads of a purpose."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Content = Mapping[str, Any]


class Weight(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look."""

    weight: Weight
    field: str
    """As `fields.label_of` reads it: "nl.on_no", "attributes.mobile", "ground"."""
    text: str
    """What is wrong and what to do, in Dutch."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a purpose is checked against in the municipality, or the library, that publishes it."""

    private: Mapping[str, bool] | None = None
    """The consumers by slug, and whether a private party runs each; None in the library, which has none."""
    published: Content | None = None
    """What is published of this purpose now; None for a first text."""
    reads_it: bool = True
    """Whether the consumer that it names may read under it already; publishing gives it that right."""
    stopped: bool = False
    """Whether an officer stopped that consumer, or its daily limit did."""


def error(field: str, text: str) -> Finding:
    """What blocks publishing."""
    return Finding(Weight.ERROR, field, text)


def warning(field: str, text: str) -> Finding:
    """What an officer should look at."""
    return Finding(Weight.WARNING, field, text)


def text_of(content: Content, name: str, language: str = "nl") -> str:
    """A text in one language; a list as one text; empty when it is not there."""
    value = content.get("texts", {}).get(language, {}).get(name, "")
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "").strip()


def attributes(content: Content) -> list[Mapping[str, Any]]:
    """What is asked."""
    return list(content.get("attributes", []))


def is_private(content: Content, around: Around) -> bool:
    """Whether a private party receives it."""
    known = around.private or {}
    return known.get(content.get("consumer", ""), content.get("receiver") == "private")
