"""What changed between two texts of a purpose, in words, for who must judge it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from .fields import CHOICES, LANGUAGES, SETTINGS, TEXTS, label_of


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


def differences(
    old: Mapping[str, Any], new: Mapping[str, Any], systems: Mapping[str, str] | None = None
) -> list[Change]:
    """Every field that differs, in the order of the screen; empty when nothing does.

    `systems`: the names of consumers by their slug, where they are known.
    """
    before, after = dict(_flat(old, systems or {})), dict(_flat(new, systems or {}))
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


def attribute_in_words(one: Mapping[str, Any], content: Mapping[str, Any]) -> str:
    """One attribute as who judges it reads it: its name, whether it must be given, and how."""
    label = content.get("texts", {}).get("nl", {}).get("labels", {}).get(one.get("name"), "")
    ways = [
        _("uit de app: %s") % one["claim"] if one.get("claim") else "",
        _("zelf typen: %s") % CHOICES["typed"].get(one["typed"], one["typed"]) if one.get("typed") else "",
        _("uit een register: %s") % one["register"] if one.get("register") else "",
        _("alleen aanvinken") if one.get("choice") else "",
        _("antwoord moet zijn: %s") % one["must_equal"] if one.get("must_equal") else "",
    ]
    must = _("moet") if one.get("required") else _("mag")
    return "; ".join([f"{label or one.get('name', '')} ({must})", *filter(None, ways)])


def _flat(content: Mapping[str, Any], systems: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Field to words, as `fields.label_of` names them."""
    for language in LANGUAGES:
        texts = content.get("texts", {}).get(language, {})
        for name in TEXTS:
            value = texts.get(name, "")
            yield f"{language}.{name}", "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    for name in SETTINGS:
        if name not in ("attributes", "team"):
            yield name, _in_words(name, content.get(name), systems)
    for one in content.get("attributes", []):
        yield f"attributes.{one.get('name', '')}", attribute_in_words(one, content)


def _in_words(name: str, value: Any, systems: Mapping[str, str]) -> str:
    if value in (None, "", False):
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    known = systems if name == "consumer" else CHOICES.get(name, {})
    return _("ja") if value is True else str(known.get(str(value), value))
