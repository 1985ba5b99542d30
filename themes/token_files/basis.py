"""The tokens of the basis layer that a theme sets, and what each may be.

A value is parsed for what its token's name says it is, and written out anew; nothing of the file's own text
reaches a style sheet.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..colour import read_colour
from ..faces import FACES
from ..made_of import tokens_of_layer
from ..ramp import ROLES, STEPS
from ..refusal import ThemeRefused, meant, shown
from . import colours
from .maths import worked_out
from .references import in_text

LENGTH = re.compile(r"-?(?:\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(px|rem|em|ch|%)|0")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?")
ROOT_SIZE = 16  # pixels of 1rem, where a reader changed nothing

COLOURS = frozenset(
    f"color-{role}{kind}-{step}" for role in ROLES for kind in ("", "-inverse") for step in STEPS
)
OTHERS: Mapping[str, str] = {
    "heading-color": "colour", "focus-color": "colour", "focus-background-color": "colour",
    "focus-outline-color": "colour", "focus-inverse-outline-color": "colour",
    "form-control-color": "colour", "form-control-background-color": "colour",
    "form-control-border-color": "colour",
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
WEIGHTS: Mapping[str, str] = {
    "thin": "100", "hairline": "100", "extralight": "200", "ultralight": "200", "light": "300",
    "normal": "400", "regular": "400", "book": "400", "medium": "500", "semibold": "600", "demibold": "600",
    "bold": "700", "extrabold": "800", "ultrabold": "800", "black": "900", "heavy": "900",
}  # fmt: skip
"""The names of DTCG and of Figma."""
PARTS: Mapping[str, Mapping[str, str]] = {
    "typography": {"fontFamily": "font-family", "fontWeight": "font-weight", "fontSize": "font-size",
                   "lineHeight": "line-height", "letterSpacing": "letter-spacing"},
    "border": {"color": "color", "width": "width", "style": "style"},
}  # fmt: skip
"""Composite types whose parts are tokens of their own in the basis layer."""


def parts_of(name: str, kind: str, value: Any) -> Iterator[tuple[str, Any]]:
    """A token as the tokens of the basis layer it stands for: itself, or its parts when it is composite."""
    names = PARTS.get(kind)
    if names is None or name in KNOWN or not isinstance(value, dict):
        yield name, value
        return
    for part, inner in value.items():
        yield f"{name}-{names.get(part, part)}", inner


def why_not(name: str) -> str:
    """Why a token of the basis layer is not used; raises ThemeRefused when its name must be a mistake."""
    if name in tokens_of_layer():
        return "stellen wij niet per thema in"
    role = re.fullmatch(rf"color-(.+)-({'|'.join(STEPS)}|transparent)", name)
    if role or not (found := meant(name, KNOWN)):
        return "kent de basislaag niet"
    raise ThemeRefused([f"tokens: het token basis.{shown(name)} kennen wij niet.{found}"])


def value_of(name: str, value: Any, where: str) -> str:
    """A value as CSS, parsed for what the token is. Raises ThemeRefused."""
    kind = "colour" if name in COLOURS else OTHERS[name]
    if kind == "colour":
        return read_colour(colours.as_text(value, where), where)
    if kind == "face":
        return as_face(value, where)
    text = worked_out(in_text(value).strip())
    shape = {"weight": _weight, "number": _number, "text size": _text_size, "length": _length}[kind]
    if found := shape(text):
        return found
    raise ThemeRefused([f"{where}: “{shown(value)}” is geen waarde die hier kan."])


def _weight(text: str) -> str:
    text = WEIGHTS.get(re.sub(r"[\s_-]|italic", "", text.lower()), text)
    return text if text.isdecimal() and text.isascii() and 100 <= int(text) <= 900 else ""


def _number(text: str) -> str:
    """A line's height; “150%” is 1.5."""
    if text.endswith("%") and NUMBER.fullmatch(text[:-1]):
        text = f"{float(text[:-1]) / 100:g}"
    return text if NUMBER.fullmatch(text) and 0.8 <= float(text) <= 3 else ""


def _text_size(text: str) -> str:
    """In rem, so that a reader can make text larger; design tools write pixels."""
    if NUMBER.fullmatch(text):
        text += "px"
    if text.endswith("px") and NUMBER.fullmatch(text[:-2]):
        text = f"{round(float(text[:-2]) / ROOT_SIZE, 4):g}rem"
    return text if (LENGTH.fullmatch(text) and not text.startswith(("-", "0"))) or _below_one(text) else ""


def _below_one(text: str) -> bool:
    """0.75rem and larger: smaller text nobody reads."""
    return bool(LENGTH.fullmatch(text)) and text.endswith("rem") and float(text[:-3]) >= 0.75


def _length(text: str) -> str:
    if NUMBER.fullmatch(text) and float(text):
        text += "px"  # Figma knows no other unit, and leaves it out
    return "0" if text in {"0", "0.0"} else text if LENGTH.fullmatch(text) else ""


def as_face(value: Any, where: str) -> str:
    """The CSS of a bundled typeface, by its name or its family; the first of a list that we have."""
    families = value if isinstance(value, list) else str(value).split(",")
    wanted = [str(one).strip().strip("'\"").lower() for one in families]
    for family in wanted:
        for name, face in FACES.items():
            if family in {name, face.family.lower()}:
                return f'"{face.family}", {face.fallback}'
    first = wanted[0] if wanted else ""
    raise ThemeRefused(
        [
            f"{where}: het lettertype “{shown(first)}” hebben wij niet.{meant(first, FACES)} "
            f"Kies uit {', '.join(FACES)}."
        ]
    )
