"""Which fields a form asks for, out of form.io's JSON, in which both back ends keep their forms. Pure.

Simple forms only: what we cannot ask plainly and whole (files, steps, fields that come and go) is no form of
ours, and the page says so, instead of asking half of it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MOST = 30  # fields of a form that one fills in on one page
LONGEST = 4000  # characters of a text, unless the form says fewer
LINE = 200  # characters of a line


class Input(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    EMAIL = "email"
    PHONE = "phone"
    YES = "yes"
    """A box to tick."""
    ONE = "one"
    """One of several."""
    SOME = "some"
    """Any of several."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form."""

    key: str
    label: str
    input: Input
    needed: bool
    hint: str
    choices: Sequence[tuple[str, str]]
    longest: int
    known: Any = field(repr=False)
    """What stands in it beforehand; None where nothing does."""


INPUTS: Mapping[str, Input] = {
    "textfield": Input.LINE,
    "text": Input.LINE,
    "textarea": Input.TEXT,
    "number": Input.NUMBER,
    "date": Input.DAY,
    "email": Input.EMAIL,
    "phoneNumber": Input.PHONE,
    "checkbox": Input.YES,
    "radio": Input.ONE,
    "select": Input.ONE,
    "selectboxes": Input.SOME,
}
AROUND = frozenset({"panel", "fieldset", "well"})
"""What only stands around fields."""
PASSED_BY = frozenset({"button"})
"""Our page has its own."""


class TooMuch(Exception):
    """The form asks what we cannot ask plainly."""


def fields_of(definition: Mapping[str, Any] | None, known: Mapping[str, Any]) -> list[Field] | None:
    """The fields in their order; None for a form that we cannot ask whole."""
    try:
        found = list(_fields(definition["components"], known)) if definition else []
    except (TooMuch, LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None
    keys = [one.key for one in found]
    return found if 0 < len(found) <= MOST and len(set(keys)) == len(keys) else None


def _fields(components: Any, known: Mapping[str, Any]) -> Iterator[Field]:
    for one in components:
        kind = str(one["type"])
        if kind in AROUND:
            yield from _fields(one["components"], known)
        elif kind not in PASSED_BY:
            yield _field(one, kind, known)


def _field(one: Mapping[str, Any], kind: str, known: Mapping[str, Any]) -> Field:
    comes_and_goes = (one.get("conditional") or {}).get("show") not in (None, "") or one.get(
        "customConditional"
    )
    if kind not in INPUTS or one.get("hidden") or one.get("multiple") or comes_and_goes:
        raise TooMuch(kind)
    rules, given, key = one.get("validate") or {}, INPUTS[kind], str(one["key"])
    choices = _choices(one, kind) if given in {Input.ONE, Input.SOME} else []
    usual = LONGEST if given is Input.TEXT else LINE
    return Field(
        key=key,
        label=str(one["label"]),
        input=given,
        needed=rules.get("required") is True,
        hint=str(one.get("description") or ""),
        choices=choices,
        longest=min(int(rules.get("maxLength") or usual), LONGEST),
        known=known.get(key),
    )


def _choices(one: Mapping[str, Any], kind: str) -> list[tuple[str, str]]:
    told = one["data"]["values"] if kind == "select" else one["values"]
    choices = [(str(each["value"]), str(each["label"])) for each in told]
    if not choices:
        raise TooMuch("nothing to choose from")
    return choices
