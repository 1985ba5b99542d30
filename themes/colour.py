"""Colours: reading them strictly, their contrast, and shifting one until it can be read.

Everything that leaves here is an opaque `#rrggbb`; contrast is measured on that rounded colour, as a browser
shows it.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import lru_cache

from coloraide import Color

from .refusal import ThemeRefused, shown

WRITTEN = re.compile(
    r"#[0-9a-f]{3,8}|(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([-+0-9.%, /]{3,60}(deg)?[-+0-9.%, /]*\)", re.I
)

PLAIN = re.compile(r"#[0-9a-f]{6}", re.I)

# A ratio that is only just enough is moved on a little, so that no rounding brings it back.
MARGIN = 0.05


def read_colour(value: object, where: str) -> str:
    """A colour as a file writes it, as `#rrggbb`.

    Raises ThemeRefused on anything else, and on see-through colours.
    """
    if not isinstance(value, str) or not WRITTEN.fullmatch(value.strip()):
        raise ThemeRefused(
            [f"{where}: “{shown(value)}” is geen kleur. Schrijf hem als #00606b of oklch(45% 0.1 200)."]
        )
    try:
        return _opaque(value.strip())
    except Unfit as unfit:
        raise ThemeRefused([f"{where}: “{shown(value)}” {unfit}"]) from None


class Unfit(Exception):
    """Why a colour is not taken, as the rest of a sentence."""


@lru_cache(maxsize=20_000)
def _opaque(text: str) -> str:
    if PLAIN.fullmatch(text):
        return text.lower()  # as most files have it; a library takes some tenths of a millisecond for each
    try:
        colour = Color(text)
    except ValueError:
        raise Unfit("is geen kleur die wij kunnen lezen.") from None
    if not all(math.isfinite(part) and abs(part) < 1e4 for part in colour.coords()):
        raise Unfit("heeft een waarde die niet kan.")
    if colour.alpha() < 1:
        raise Unfit("is doorzichtig. Dan weten wij niet hoe leesbaar tekst erop is.")
    return hex_of(colour)


def hex_of(colour: Color) -> str:
    """As a browser shows it: inside sRGB, eight bits each; with its alpha only where it is see-through."""
    return str(colour.convert("srgb").fit("srgb", method="oklch-chroma").to_string(hex=True))


@lru_cache(maxsize=20_000)
def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.1, between 1 and 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklch(lightness: float, chroma: float, hue: float) -> str:
    """A colour by lightness (0–1), chroma and hue, with as much of the chroma as screens show.

    Written out here, since a theme asks it some thousands of times and a library takes a millisecond each.
    """
    lightness, chroma, turn = min(max(lightness, 0), 1), max(chroma, 0), math.radians(hue)
    across, up = math.cos(turn), math.sin(turn)
    if not _is_shown(parts := _linear(lightness, chroma * across, chroma * up)):
        low, high = 0.0, chroma
        for _step in range(14):
            middle = (low + high) / 2
            if _is_shown(_linear(lightness, middle * across, middle * up)):
                low = middle
            else:
                high = middle
        parts = _linear(lightness, low * across, low * up)
    return "#" + "".join(f"{round(255 * _gamma(min(max(part, 0), 1))):02x}" for part in parts)


def _linear(lightness: float, a: float, b: float) -> tuple[float, float, float]:
    """Oklab as linear sRGB, with the matrices of its author (Björn Ottosson, 2021-01-25)."""
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _is_shown(parts: tuple[float, float, float]) -> bool:
    return all(-0.0001 <= part <= 1.0001 for part in parts)


def _gamma(part: float) -> float:
    return 12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


@lru_cache(maxsize=20_000)
def parts_of(colour: str) -> tuple[float, float, float]:
    """Lightness, chroma and hue; a grey has hue 0."""
    lightness, chroma, hue = Color(colour).convert("oklch").coords()
    return lightness, chroma, 0.0 if math.isnan(hue) else hue


def reads_on(colour: str, backgrounds: Iterable[str], ratio: float) -> bool:
    """Whether the colour reaches the ratio on every background."""
    return all(contrast(colour, background) >= ratio for background in backgrounds)


@lru_cache(maxsize=20_000)
def darkened(colour: str, backgrounds: tuple[str, ...], ratio: float) -> str:
    """The lightest shade of a colour, no lighter than itself, that reads on light backgrounds."""
    return _moved(colour, backgrounds, ratio, 0.0)


@lru_cache(maxsize=20_000)
def lightened(colour: str, backgrounds: tuple[str, ...], ratio: float) -> str:
    """The darkest shade of a colour, no darker than itself, that reads on dark backgrounds."""
    return _moved(colour, backgrounds, ratio, 1.0)


def _moved(colour: str, backgrounds: tuple[str, ...], ratio: float, end: float) -> str:
    """The shade nearest to a colour, on the way to black (0) or white (1), that reads."""
    if reads_on(colour, backgrounds, ratio + MARGIN):
        return colour
    lightness, chroma, hue = parts_of(colour)

    def shade(step: int) -> str:
        return oklch(lightness + (end - lightness) * step / 100, chroma, hue)

    steps = range(1, 101)  # of a hundred; further always reads better
    first = bisect_left(steps, True, key=lambda step: reads_on(shade(step), backgrounds, ratio + MARGIN))
    return shade(steps[first]) if first < 100 else ("#ffffff" if end else "#000000")


def nearest_that_reads(colour: str, limits: Mapping[str, float]) -> str | None:
    """The shade nearest in lightness, darker or lighter, that reaches each colour's ratio with it;

    None when there is none.
    """
    lightness, chroma, hue = parts_of(colour)
    for step in range(201):
        for shade in (lightness - step / 200, lightness + step / 200):
            found = oklch(shade, chroma, hue)
            if 0 <= shade <= 1 and all(contrast(found, other) >= ratio for other, ratio in limits.items()):
                return found
    return None
