"""Colours: reading them strictly, their contrast, and shifting one until it can be read.

Everything that leaves here is an opaque `#rrggbb`; contrast is measured on that rounded colour, as a browser
shows it.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from coloraide import Color

from .refusal import ThemeRefused, shown

WRITTEN = re.compile(
    r"#[0-9a-f]{3,8}|(rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([-+0-9.%, /]{3,60}(deg)?[-+0-9.%, /]*\)", re.I
)

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
        colour = Color(value.strip())
    except ValueError:
        raise ThemeRefused([f"{where}: “{shown(value)}” is geen kleur die wij kunnen lezen."]) from None
    if not all(math.isfinite(part) and abs(part) < 1e4 for part in colour.coords()):
        raise ThemeRefused([f"{where}: “{shown(value)}” heeft een waarde die niet kan."])
    if colour.alpha() < 1:
        raise ThemeRefused(
            [f"{where}: “{shown(value)}” is doorzichtig. Dan weten wij niet hoe leesbaar tekst erop is."]
        )
    return hex_of(colour)


def hex_of(colour: Color) -> str:
    """As a browser shows it: inside sRGB, eight bits each."""
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
    """A colour by lightness (0–1), chroma and hue, brought inside what screens show."""
    return hex_of(Color("oklch", [min(max(lightness, 0), 1), max(chroma, 0), hue]))


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
    if reads_on(colour, backgrounds, ratio + MARGIN):
        return colour
    lightness, chroma, hue = parts_of(colour)
    shades = range(1, 101)  # of a hundred steps down to black; darker always reads better
    first = bisect_left(
        shades,
        True,
        key=lambda step: reads_on(
            oklch(lightness * (1 - step / 100), chroma, hue), backgrounds, ratio + MARGIN
        ),
    )
    return oklch(lightness * (1 - shades[first] / 100), chroma, hue) if first < 100 else "#000000"


def nearest_that_reads(colour: str, backgrounds: Iterable[str], ratio: float) -> str | None:
    """The shade nearest in lightness, darker or lighter, that reads on all backgrounds;

    None when there is none.
    """
    lightness, chroma, hue = parts_of(colour)
    backgrounds = tuple(backgrounds)
    for step in range(201):
        for shade in (lightness - step / 200, lightness + step / 200):
            if 0 <= shade <= 1 and reads_on(found := oklch(shade, chroma, hue), backgrounds, ratio):
                return found
    return None
