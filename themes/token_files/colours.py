"""Colours as token files write them.

Text, objects in any colour space of DTCG, objects of Style Dictionary 3, a hex inside `rgba()`, and Tokens
Studio's changes to a colour.
"""

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from coloraide import Color

from ..colour import hex_of
from ..refusal import ThemeRefused, shown

SPACES = {
    "srgb": "srgb", "srgb-linear": "srgb-linear", "hsl": "hsl", "hwb": "hwb", "lab": "lab",
    "lch": "lch", "oklab": "oklab", "oklch": "oklch", "display-p3": "display-p3",
    "a98-rgb": "a98-rgb", "prophoto-rgb": "prophoto-rgb", "rec2020": "rec2020",
    "xyz-d65": "xyz-d65", "xyz-d50": "xyz-d50", "xyz": "xyz-d65",
}  # fmt: skip
"""All colour spaces of DTCG 2025.10, as coloraide calls them."""
PERCENT = {"hsl", "hwb"}
NAMED = re.compile(r"[A-Za-z]{3,24}")
HEX_IN_RGBA = re.compile(
    r"rgba?\(\s*(#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8}))\s*,\s*((?:\d{1,3}(?:\.\d{0,9})?|\.\d{1,9})%?)\s*\)",
    re.I | re.A,
)
LONGEST = 200  # characters of a colour
MIXED_IN: Mapping[str, str] = {**SPACES, "p3": "display-p3"}
BYTE = 255
OLD_OBJECTS: tuple[tuple[tuple[str, str, str], str, tuple[float, float, float]], ...] = (
    (("r", "g", "b"), "srgb", (BYTE, BYTE, BYTE)),
    (("h", "s", "l"), "hsl", (1, 100, 100)),
    (("h", "s", "v"), "hsv", (1, 100, 100)),
)


def as_text(value: Any, where: str) -> Any:
    """A colour as CSS text that `read_colour` takes; what is no colour as it is. Raises ThemeRefused."""
    if isinstance(value, dict):
        return _of_object(value, where)
    if not isinstance(value, str):
        return value
    text = value.strip()
    if found := HEX_IN_RGBA.fullmatch(text):
        return hex_of(Color(found[1]).set("alpha", _part(found[2])))
    if NAMED.fullmatch(text):
        try:
            return hex_of(Color(text.lower()))
        except ValueError:
            return text
    return text


def _part(text: str) -> float:
    return min(float(text.rstrip("%")) / (100 if text.endswith("%") else 1), 1)


@lru_cache(maxsize=20_000)
def _in_space(space: str, parts: tuple[float, ...], alpha: float) -> str:
    """As hex; an export says the same colour in many places, and each takes a millisecond."""
    return hex_of(Color(space, parts, alpha))


def _of_object(value: Mapping[str, Any], where: str) -> Any:
    alpha = value.get("alpha", value.get("a", 1))
    alpha = alpha if _number(alpha) else 1
    space, parts = value.get("colorSpace", "srgb"), value.get("components", value.get("channels"))
    if isinstance(parts, list):
        if not isinstance(space, str) or space not in SPACES:
            raise ThemeRefused([f"{where}: de kleurruimte “{shown(space)}” kennen wij niet."])
        numbers = [0.0 if one == "none" else one for one in parts]
        if len(numbers) != 3 or not all(map(_number, numbers)):
            raise ThemeRefused([f"{where}: een kleur heeft drie getallen, niet “{shown(parts)}”."])
        if space in PERCENT:
            numbers = [numbers[0], numbers[1] / 100, numbers[2] / 100]
        return _in_space(SPACES[space], tuple(numbers), alpha)
    for names, own_space, scale in OLD_OBJECTS:
        if all(_number(value.get(name)) for name in names):
            numbers = [value[name] for name in names]
            # Style Dictionary takes parts of one and per cents both.
            parts = [
                one / most if one > 1 or most == BYTE else one
                for one, most in zip(numbers, scale, strict=True)
            ]
            parts = parts if own_space == "srgb" else [numbers[0], *parts[1:]]
            return _in_space(own_space, tuple(parts), alpha)
    if isinstance(value.get("hex"), str):
        return value["hex"]
    return str(value)


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e4


def modified(value: Any, changes: Any, name: str) -> str:
    """A colour lightened, darkened, mixed or made see-through, as Tokens Studio does. Raises ThemeRefused."""
    try:
        kind, space = changes["type"], str(changes.get("space", "lch")).lower()
        amount = float(changes.get("value", 0))
        if not math.isfinite(amount):
            raise ValueError
        amount = min(max(amount, 0), 1)
        colour = _read(value, name)
        if kind == "mix":
            return hex_of(colour.mix(_read(changes.get("color"), name), amount, space=MIXED_IN[space]))
        if kind == "alpha":
            return hex_of(colour.set("alpha", amount))
        if kind in {"lighten", "darken"}:
            return hex_of(_lightened(colour, amount, space, up=kind == "lighten"))
    except (ValueError, TypeError, LookupError, ArithmeticError):
        pass  # no such kind, number, colour or space
    raise ThemeRefused([f"tokens: {shown(name)} verandert een kleur op een manier die wij niet kennen."])


def _read(value: Any, name: str) -> Color:
    text = str(as_text(value, name))
    if len(text) > LONGEST:
        raise ValueError
    return Color(text)


def _lightened(colour: Color, amount: float, space: str, *, up: bool) -> Color:
    if space in {"lch", "hsl"}:
        there = colour.convert(space)
        most = 100 if space == "lch" else 1
        light = there["lightness"]
        there["lightness"] = light + (most - light) * amount if up else light - light * amount
        if space == "lch":
            there["chroma"] = max(0, there["chroma"] * (1 - amount))
        return there
    there = colour.convert("display-p3" if space == "p3" else "srgb")
    for channel in ("red", "green", "blue"):
        part = there[channel]
        there[channel] = part + (1 - part) * amount if up else part * (1 - amount)
    return there
