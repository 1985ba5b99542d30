"""What changed between two texts of a purpose, in words, for who must judge it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from .fields import LANGUAGES, SETTINGS, TEXTS, label_of


@dataclass(frozen=True, slots=True)
class Part:
    """Some words, the same on both sides or only on this one."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs."""

    field: str
    label: str
    old: Sequence[Part]
    new: Sequence[Part]


def differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Every field that differs, in the order of the screen; empty when nothing does."""
    before, after = dict(_flat(old)), dict(_flat(new))
    names = [*after, *(name for name in before if name not in after)]
    return [
        _change(name, before.get(name, ""), after.get(name, ""))
        for name in names
        if before.get(name, "") != after.get(name, "")
    ]


def _change(field: str, old: str, new: str) -> Change:
    left, right = old.split(), new.split()
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_opcodes()
    return Change(
        field,
        label_of(field),
        _joined((" ".join(left[a:b]), tag != "equal") for tag, a, b, _c, _d in blocks),
        _joined((" ".join(right[c:d]), tag != "equal") for tag, _a, _b, c, d in blocks),
    )


def _joined(parts: Iterator[tuple[str, bool]]) -> list[Part]:
    full = [(text, changed) for text, changed in parts if text]
    return [
        Part(" ".join(text for text, _changed in group), changed)
        for changed, group in groupby(full, key=lambda one: one[1])
    ]


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Field to words, as `fields.label_of` names them."""
    for language in LANGUAGES:
        texts = content.get("texts", {}).get(language, {})
        for name in TEXTS:
            value = texts.get(name, "")
            yield f"{language}.{name}", "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    for name in SETTINGS:
        if name not in ("attributes", "team"):
            yield name, _in_words(content.get(name))
    for one in content.get("attributes", []):
        yield f"attributes.{one.get('name', '')}", _attribute(one, content)


def _attribute(one: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    texts = content.get("texts", {})
    label = texts.get("nl", {}).get("labels", {}).get(one.get("name"), "")
    must = _("moet") if one.get("required") else _("mag")
    ways = [str(one[way]) for way in ("claim", "typed", "register") if one.get(way)]
    return " ".join([label, f"({must})", *ways, f"= {one['must_equal']}" if one.get("must_equal") else ""])


def _in_words(value: Any) -> str:
    if value in (None, "", False):
        return ""
    return _("ja") if value is True else str(value)
