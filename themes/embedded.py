"""A theme for other systems: forms that are embedded, or stand on a host of their own, and look the same.

All tokens are worked out, also those of components, so whoever takes them needs nothing of ours: as CSS under
the theme's class, as NL Design System's packages have it, and as the tree of tokens that Open Formulieren
takes (Style Dictionary's `value` and `type`).
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

BASE = Path(__file__).parent / "static" / "themes" / "base.css"
DECLARED = re.compile(r"--([\w-]+):((?:[^;{}()]|\([^;{}]*\))*)")
REFERENCE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,\s*([^()]*(?:\([^()]*\)[^()]*)*))?\)")
DEEPEST = 12
OWN = ("_utrecht-", "mijn-")
"""Names that only our own style knows."""
FAMILIES = ("basis", "nl", "utrecht")


@cache
def mapping() -> Mapping[str, str]:
    """The tokens of components, and what they refer to in the basis layer."""
    tokens = re.search(r"@layer tokens\{:root\{(.*?)\}\}", BASE.read_text(), re.S)
    assert tokens, "the base style has no layer of tokens"
    return dict(DECLARED.findall(tokens[1]))


def worked_out(tokens: Mapping[str, str]) -> dict[str, str]:
    """Every token with its value, by its name without dashes; what has none is left out."""
    known = {**mapping(), **{f"basis-{name}": value for name, value in tokens.items()}}
    found = {}
    for name in known:
        if not name.startswith(OWN) and "var(" not in (value := _followed(known[name], known)):
            found[name] = value.strip()
    return dict(sorted(found.items()))


def _followed(value: str, known: Mapping[str, str]) -> str:
    for _step in range(DEEPEST):
        if "var(" not in value:
            break
        value = REFERENCE.sub(lambda found: known.get(found[1], found[2] or found[0]), value)
    return value


def as_css(html_class: str, faces: str, tokens: Mapping[str, str], night: Mapping[str, str]) -> str:
    """Under the theme's class, which stands on `<html>` or around a form."""
    by_day = worked_out(tokens)
    css = faces + _rule(html_class, by_day)
    if night:
        other = {name: value for name, value in worked_out(night).items() if by_day.get(name) != value}
        rule = _rule(html_class, other, "color-scheme:dark;")
        css += f"@media screen and (prefers-color-scheme:dark){{{rule}}}\n"
    return css


def under_too(css: str, theme_class: str, own_class: str) -> str:
    """The same style under one more class: that of the municipality, which stays when its theme does not."""
    if own_class == theme_class:
        return css
    own = re.sub(r"^(-?)(\d)", r"\1\\3\2 ", own_class)  # a name in CSS begins with no digit
    return css.replace(f".{theme_class}{{", f".{own},.{theme_class}{{")


def _rule(html_class: str, tokens: Mapping[str, str], first: str = "") -> str:
    declared = ";".join(f"--{name}:{value}" for name, value in tokens.items())
    return f".{html_class}{{{first}{declared}}}\n"


def as_tree(tokens: Mapping[str, str]) -> str:
    """As JSON: a tree of names, each leaf with `value` and `type`."""
    tree: dict[str, Any] = {}
    for name, value in worked_out(tokens).items():
        family, _, rest = name.partition("-")
        if family in FAMILIES:
            tree.setdefault(family, {})[rest] = {"value": value, "type": kind_of(value)}
    return json.dumps(tree, indent=1)


def kind_of(value: str) -> str:
    """The type of a token, by what it is."""
    if re.fullmatch(r"#[0-9a-f]{3,8}|rgba?\(.*\)|transparent|currentcolor", value, re.I):
        return "color"
    if re.fullmatch(r"-?[\d.]+(px|rem|em|%|ch|vw)?|(clamp|min|max|calc)\(.*\)", value):
        return "dimension" if re.search(r"[a-z%]", value) else "number"
    return "fontFamily" if value.startswith('"') else "other"
