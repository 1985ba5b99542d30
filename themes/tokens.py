"""A designer's own tokens, as `tokens.json`.

Tokens Studio, the Theme Wizard (DTCG) and Style Dictionary 3 write it, each in its own way. Only tokens of
the basis layer count. Each value is parsed for what its name says it is, and written out anew.
"""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .colour import read_colour
from .faces import FACES
from .ramp import ROLES, STEPS
from .refusal import ThemeRefused, meant, shown

MOST = 2_000_000  # bytes; an export of the whole of Figma's library is about one
REFERENCE = re.compile(r"\{([\w.\- ]{1,200})\}")
LENGTH = re.compile(r"-?\d{0,4}(\.\d{1,4})?(px|rem|em|ch|%)|0")
NUMBER = re.compile(r"\d{1,3}(\.\d{1,4})?")

COLOURS = frozenset(
    f"color-{role}{kind}-{step}" for role in ROLES for kind in ("", "-inverse") for step in STEPS
)
OTHERS: Mapping[str, str] = {
    "heading-color": "colour", "focus-color": "colour", "focus-background-color": "colour",
    "focus-outline-color": "colour", "focus-inverse-outline-color": "colour",
    "form-control-color": "colour", "form-control-background-color": "colour",
    "form-control-border-color": "colour", "form-control-placeholder-color": "colour",
    "text-font-family-default": "face", "heading-font-family": "face",
    "text-font-weight-default": "weight", "text-font-weight-bold": "weight", "heading-font-weight": "weight",
    **{f"text-font-size-{size}": "text size" for size in ("sm", "md", "lg", "xl", "2xl", "3xl", "4xl")},
    **{f"text-line-height-{size}": "number" for size in ("sm", "md", "lg", "xl", "2xl", "3xl", "4xl")},
    **{f"border-radius-{size}": "length" for size in ("sm", "md", "lg", "round")},
    **{f"border-width-{size}": "length" for size in ("sm", "md", "lg")},
    "form-control-border-radius": "length", "form-control-border-width": "length",
    "form-control-max-inline-size": "length",
    "focus-outline-width": "length", "focus-outline-offset": "length", "page-max-inline-size": "length",
}  # fmt: skip
KNOWN = COLOURS | OTHERS.keys()
# Tokens that the basis layer has and that a theme of ours does not set: spaces, sizes, cursors, shadows and
# what refers to others.
LEFT = re.compile(
    r"(space|size|action|box-shadow|pointer-target|form-control|focus-outline-style|color-transparent|text-font-family-monospace)\b"
)


def read_tokens(path: Path, generated: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The tokens in a file, and what was read but not used, in words. Raises ThemeRefused."""
    content = path.read_bytes()
    if len(content) > MOST:
        raise ThemeRefused(
            [f"tokens.json is {len(content) // 1000} kB; het mag hoogstens {MOST // 1000} kB zijn."]
        )
    try:
        tree = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ThemeRefused([f"tokens.json kan niet gelezen worden: {shown(error)}"]) from None
    if not isinstance(tree, dict):
        raise ThemeRefused(["tokens.json moet een object met tokens zijn."])
    values = dict(leaves(one_tree(tree)))
    basis = {name: value for name, value in values.items() if name.startswith("basis.")}
    dropped = sorted({name.split(".")[0] for name in values.keys() - basis.keys()})
    notes = [
        f"tokens.json: “{shown(top)}” hoort niet bij de basislaag en is niet gebruikt." for top in dropped
    ]
    tokens: dict[str, str] = {}
    reasons: list[str] = []
    for dotted in basis:
        name = dotted.removeprefix("basis.").replace(".", "-")
        if name not in KNOWN:
            if LEFT.match(name):
                notes.append(f"tokens.json: {dotted} stellen wij niet per thema in; niet gebruikt.")
            else:
                reasons.append(f"tokens.json: het token {shown(dotted)} kennen wij niet.{meant(name, KNOWN)}")
            continue
        try:
            tokens[name] = value_of(name, resolved(dotted, values, generated), dotted)
        except ThemeRefused as refused:
            reasons += refused.reasons
    if reasons:
        raise ThemeRefused(reasons)
    return tokens, notes


def one_tree(tree: dict[str, Any]) -> dict[str, Any]:
    """Tokens Studio keeps sets beside each other; laid over one another in their order they are one tree."""
    order = (
        tree.get("$metadata", {}).get("tokenSetOrder") if isinstance(tree.get("$metadata"), dict) else None
    )
    if not isinstance(order, list):
        return tree
    merged: dict[str, Any] = {}
    for name in order:
        if isinstance(found := tree.get(name), dict) and not str(name).startswith("color-scheme-dark"):
            lay_over(merged, found)
    return merged


def lay_over(under: dict[str, Any], over: Mapping[str, Any]) -> None:
    for key, value in over.items():
        if isinstance(value, dict) and isinstance(under.get(key), dict):
            lay_over(under[key], value)
        else:
            under[key] = dict(value) if isinstance(value, dict) else value


def leaves(tree: Mapping[str, Any], path: str = "", depth: int = 0) -> Iterator[tuple[str, Any]]:
    """Every token with its dotted name and its value as written."""
    if depth > 20:
        raise ThemeRefused(["tokens.json: te veel lagen in elkaar."])
    for key in ("$value", "value"):
        if key in tree and (key == "$value" or not isinstance(tree[key], dict) or "unit" in tree[key]):
            yield path, tree[key]
            return
    for key, value in tree.items():
        if isinstance(value, dict) and not key.startswith("$"):
            yield from leaves(value, f"{path}.{key}" if path else key, depth + 1)


def resolved(name: str, values: Mapping[str, Any], generated: Mapping[str, str]) -> Any:
    """A token's value, with references followed: first in the file, then in what we generated."""
    seen = [name]
    value = values[name]
    while isinstance(value, str) and (found := REFERENCE.fullmatch(value.strip())):
        target = found[1].strip()
        if target in seen:
            raise ThemeRefused([f"tokens.json: {shown(name)} verwijst in een kring naar zichzelf."])
        seen.append(target)
        if target in values:
            value = values[target]
        elif (own := target.removeprefix("basis.").replace(".", "-")) in generated:
            value = generated[own]
        else:
            raise ThemeRefused(
                [
                    f"tokens.json: {shown(name)} verwijst naar {shown(target)}, en dat is er niet."
                    f"{meant(target, values)}"
                ]
            )
    return value


def value_of(name: str, value: Any, where: str) -> str:
    """A value as CSS, parsed for what the token is. Raises ThemeRefused."""
    kind = "colour" if name in COLOURS else OTHERS[name]
    if kind == "colour":
        return read_colour(as_colour(value), where)
    if kind == "face":
        return as_face(value, where)
    text = as_text(value)
    if kind == "weight" and text.isdecimal() and 100 <= int(text) <= 900:
        return text
    if kind == "number" and NUMBER.fullmatch(text) and 0.8 <= float(text) <= 3:
        return text
    if kind == "text size" and text.endswith("px"):
        raise ThemeRefused(
            [
                f"{where}: tekstgrootte “{shown(text)}” staat in px. "
                "Gebruik rem, dan kan een lezer tekst groter zetten."
            ]
        )
    if kind in {"length", "text size"} and text and LENGTH.fullmatch(text):
        return text
    raise ThemeRefused([f"{where}: “{shown(value)}” is geen waarde die hier kan."])


def as_colour(value: Any) -> Any:
    """A DTCG colour object as CSS text; anything else as it is."""
    if isinstance(value, dict) and isinstance(value.get("components"), list):
        parts, space = value["components"], value.get("colorSpace", "srgb")
        if isinstance(value.get("hex"), str) and value.get("alpha", 1) == 1:
            return value["hex"]
        if (
            space in {"srgb", "oklch", "hsl"}
            and len(parts) == 3
            and all(isinstance(part, int | float) for part in parts)
        ):
            shape = {
                "srgb": "rgb({}% {}% {}% / {})",
                "oklch": "oklch({} {} {} / {})",
                "hsl": "hsl({} {}% {}% / {})",
            }[space]
            numbers = [part * 100 for part in parts] if space == "srgb" else parts
            return shape.format(*(f"{number:.4f}" for number in numbers), value.get("alpha", 1))
    return value


def as_face(value: Any, where: str) -> str:
    """The CSS of a bundled typeface, by its name or its family."""
    first = value[0] if isinstance(value, list) and value else value
    wanted = str(first).split(",")[0].strip().strip("'\"").lower()
    for name, face in FACES.items():
        if wanted in {name, face.family.lower()}:
            return f'"{face.family}", {face.fallback}'
    raise ThemeRefused(
        [
            f"{where}: het lettertype “{shown(first)}” hebben wij niet.{meant(wanted, FACES)} "
            f"Kies uit {', '.join(FACES)}."
        ]
    )


def as_text(value: Any) -> str:
    """A number, a text or a DTCG dimension, as text."""
    if isinstance(value, dict) and isinstance(value.get("value"), int | float):
        return f"{value['value']:g}{value.get('unit', '')}"
    return (
        f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value).strip()
    )
