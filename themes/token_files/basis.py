"""The tokens of the basis layer that a theme sets, and what each may be.

A value is parsed for what its token's name says it is, and written out anew; nothing of the file's own text
reaches a style sheet.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..colour import read_colour
from ..faces import Face
from ..made_of import tokens_of_layer
from ..own_faces import OwnFace
from ..ramp import ROLES, STEPS
from ..refusal import ThemeRefused, meant, shown
from . import colours
from .maths import worked_out
from .references import in_text
from .work import Work

LENGTH = re.compile(r"(\d{1,4}(?:\.\d{1,4})?|\.\d{1,4})(px|rem|em|ch|%)?", re.A)
WEIGHT = re.compile(r"[1-8]\d\d|900", re.A)
ROOT_SIZE = 16  # pixels of 1rem, where a reader changed nothing
PIXELS = {"px": 1, "rem": ROOT_SIZE, "em": ROOT_SIZE, "ch": ROOT_SIZE / 2}
"""Of one em and one ch about, which is near enough to see that a page cannot break."""


Faces = Mapping[str, Face | OwnFace]
"""Those that a theme may name: ours, and what it brings itself."""


@dataclass(frozen=True, slots=True)
class Size:
    """From where to where a size may go, so that a page still works with it."""

    least: float
    most: float
    unit: str

    def holds(self, number: float, unit: str) -> bool:
        """Whether a length is between the two; both may be reached."""
        pixels = PIXELS[self.unit]
        return self.least * pixels <= number * PIXELS[unit] <= self.most * pixels

    def __str__(self) -> str:
        return f"{self.least:g}{self.unit} en {self.most:g}{self.unit}"


TEXT_SIZE = Size(0.75, 4, "rem")
"""What a file may say; beyond it is a mistake."""
TEXT_SIZES: Mapping[str, tuple[float, float, str]] = {
    "text-font-size-sm": (0.875, 1.25, ""),
    "text-font-size-md": (1, 1.5, ""),
    "text-font-size-lg": (1, 1.5, ""),
    "text-font-size-xl": (1, 1.5, "clamp(1.3125rem, 1.2rem + 0.5vw, 1.5rem)"),
    "text-font-size-2xl": (1, 1.875, "clamp(1.5rem, 1.3rem + 0.8vw, 1.875rem)"),
    "text-font-size-3xl": (1, 2.375, "clamp(1.75rem, 1.45rem + 1.3vw, 2.375rem)"),
    "text-font-size-4xl": (1, 3, "clamp(2rem, 1.5rem + 2.2vw, 3rem)"),
}
"""From where to where each can be read, in rem; and of headings our own size, which a telephone holds."""
SIZES: Mapping[str, Size] = {
    "border": Size(1, 8, "px"),  # lines carry what is told by colour alone elsewhere
    "radius": Size(0, 4, "rem"),
    "round": Size(0, 9999, "px"),
    "field border": Size(1, 8, "px"),
    "field width": Size(12, 100, "rem"),
    "page width": Size(40, 200, "rem"),
    "focus ring": Size(2, 8, "px"),
    "focus distance": Size(0, 8, "px"),
}
LINE_HEIGHT = (1.1, 2.5)

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
    **dict.fromkeys(TEXT_SIZES, "text size"),
    **{f"text-line-height-{size}": "line height" for size in ("sm", "md", "lg", "xl", "2xl", "3xl", "4xl")},
    **{f"border-radius-{size}": "radius" for size in ("sm", "md", "lg")}, "border-radius-round": "round",
    **{f"border-width-{size}": "border" for size in ("sm", "md", "lg")},
    "form-control-border-radius": "radius", "form-control-border-width": "field border",
    "form-control-max-inline-size": "field width", "page-max-inline-size": "page width",
    "focus-outline-width": "focus ring", "focus-outline-offset": "focus distance",
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


def why_not(name: str, work: Work) -> str:
    """Why a token of the basis layer is not used; raises ThemeRefused when its name must be a mistake."""
    if name in tokens_of_layer():
        return "stellen wij niet per thema in"
    role = re.fullmatch(rf"color-(.+)-({'|'.join(STEPS)}|transparent)", name)
    if role or not (found := work.meant(name, KNOWN)):
        return "kent de basislaag niet"
    raise ThemeRefused([f"tokens: het token basis.{shown(name)} kennen wij niet.{found}"])


def value_of(name: str, value: Any, where: str, faces: Faces) -> str:
    """A value as CSS, parsed for what the token is. Raises ThemeRefused."""
    kind = "colour" if name in COLOURS else OTHERS[name]
    if kind == "colour":
        return read_colour(colours.as_text(value, where), where)
    if kind == "face":
        return as_face(value, where, faces)
    text = worked_out(in_text(value).strip())
    found, allowed = _written(text, kind)
    if found:
        return found
    raise ThemeRefused([f"{where}: “{shown(value)}” is geen waarde die hier kan. Kies tussen {allowed}."])


def _written(text: str, kind: str) -> tuple[str, str]:
    """A value as CSS, empty when it may not be, and between what it may be."""
    if kind == "weight":
        return _weight(text)
    if kind == "line height":
        return _line_height(text)
    return _text_size(text) if kind == "text size" else _length(text, SIZES[kind])


def _weight(text: str) -> tuple[str, str]:
    """As a number; the names of design tools are known."""
    text = WEIGHTS.get(re.sub(r"[\s_-]|italic", "", text.lower()), text)
    return text if WEIGHT.fullmatch(text) else "", "100 en 900"


def _line_height(text: str) -> tuple[str, str]:
    """A number of times the text's size; “150%” is 1.5."""
    least, most = LINE_HEIGHT
    found = LENGTH.fullmatch(text)
    if not found or found[2] not in {None, "%"}:
        return "", f"{least:g} en {most:g}"
    number = float(found[1]) / (100 if found[2] else 1)
    return f"{number:g}" if least <= number <= most else "", f"{least:g} en {most:g}"


def _text_size(text: str) -> tuple[str, str]:
    """In rem, so that a reader can make text larger; design tools write pixels, with the unit or without."""
    found = LENGTH.fullmatch(text)
    if not found or (unit := found[2] or "px") not in {"px", "rem"}:
        return "", str(TEXT_SIZE)
    number = float(found[1])
    rem = f"{round(number * PIXELS[unit] / ROOT_SIZE, 4):g}rem"
    return rem if TEXT_SIZE.holds(number, unit) else "", str(TEXT_SIZE)


def as_used(name: str, value: Any, css: str, faces: Faces) -> tuple[str, str]:
    """A text size as it can be read on every width, all else as it is; and why it is not as the file says."""
    if OTHERS.get(name) == "face":
        first = _families(value)[0]
        known = any(first in {key, face.family.lower()} for key, face in faces.items())
        return css, "" if known else f"want “{shown(first)}” hebben wij niet; het is nu {css.split(',')[0]}"
    if name not in TEXT_SIZES:
        return css, ""
    least, most, widest = TEXT_SIZES[name]
    given = float(css.removesuffix("rem"))
    size = f"{min(max(given, least), most):g}rem"
    why = ""
    if given != min(max(given, least), most):
        why = (
            f"want te {'klein om te lezen' if given < least else 'groot voor een telefoon'}; het is nu {size}"
        )
    return f"min({size}, {widest})" if widest else size, why


def _length(text: str, size: Size) -> tuple[str, str]:
    """As it is written; Figma knows no other unit than the pixel, and leaves it out."""
    found = LENGTH.fullmatch(text)
    if not found or (unit := found[2] or "px") == "%":
        return "", str(size)
    number = float(found[1])
    if not size.holds(number, unit):
        return "", str(size)
    return f"{found[1]}{unit}", str(size)


def as_face(value: Any, where: str, faces: Faces) -> str:
    """The CSS of a typeface that the theme has, by its name or its family; the first of a list."""
    wanted = _families(value)
    for family in wanted:
        for name, face in faces.items():
            if family in {name, face.family.lower()}:
                return f'"{face.family}", {face.fallback}'
    raise ThemeRefused(
        [
            f"{where}: het lettertype “{shown(wanted[0])}” hebben wij niet.{meant(wanted[0], faces)} "
            f"Kies uit {', '.join(faces)}."
        ]
    )


def _families(value: Any) -> list[str]:
    """The names of typefaces in a list or behind commas, small and without quotes; at least one."""
    families = value if isinstance(value, list) else str(value).split(",")
    return [str(one).strip().strip("'\"").lower() for one in families] or [""]
