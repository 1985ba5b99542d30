"""Reads one theme's folder, strictly: `theme.toml`, the logo, and tokens where there are any."""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import png
from .colour import read_colour
from .drawn import drawn
from .faces import FACES, USUAL_FACE
from .files import NO_UTF8, TOKENS, content, disguised_files, unfit_files, utf8
from .logo import clean_logo
from .own_faces import OwnFace, read_own_faces
from .ramp import SEEDS
from .refusal import ThemeRefused, meant, shown
from .shapes import BORDERS, LOGO_HEIGHTS, RADII, TINTS, USUAL_LOGO_HEIGHT, USUAL_TINT

SLUG = re.compile(r"(?!base$)[a-z][a-z0-9-]{1,30}|_base")  # a class of base would be ours
SENTENCE = re.compile(r"(?=(?:[^A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]*[A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ]){2})[^<>{}\\\x00-\x1f]{2,80}")
"""Words: two letters at least, so no blanks, dots or signs only."""
MOST_MARKS = 2  # on one letter; more of them cover the lines above and below
MOST_PLACES = 40  # municipalities that share a theme

ALLOWED: Mapping[str, tuple[str, ...]] = {
    "": ("schema", "name", "slug", "municipalities", "seeds", "fonts", "shape", "logo", "modes"),
    "seeds": SEEDS,
    "fonts": ("text", "heading", "own"),
    "shape": ("radius", "borders", "tint"),
    "logo": ("alt", "block-size", "name-beside"),
    "modes": ("dark",),
}


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """What a designer handed in, read and found fit; colours are `#rrggbb`."""

    slug: str
    name: str
    seeds: Mapping[str, str]
    text_face: str
    heading_face: str
    """The name of a bundled typeface, or of one in `own_faces`."""
    radius: str
    borders: str
    tint: str
    """Which colour tints the large fields: the hero, the contact band and receipts."""
    logo: str
    """As SVG, whatever it was handed in as."""
    logo_alt: str
    logo_height: float
    """In rem."""
    name_beside_logo: bool
    icon: str
    tokens: Path | None
    """A file, or the folder of an export in more files."""
    municipalities: tuple[str, ...] = ()
    """Which may choose it; none means the one whose slug it has."""
    dark: bool = False
    """Follows a device that asks for dark."""
    logo_dark: str = ""
    own_faces: Mapping[str, OwnFace] = field(default_factory=dict)


class Reader:
    """Collects every reason at once, so that a designer need not come back for each."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.data = data
        self.reasons: list[str] = []

    def table(self, name: str) -> Mapping[str, Any]:
        """One table of the file; its names are checked."""
        found = self.data.get(name, {}) if name else self.data
        if not isinstance(found, dict):
            self.reasons.append(f"theme.toml: [{name}] moet een blok met instellingen zijn.")
            return {}
        for key in found:
            if key not in ALLOWED[name]:
                place = f" in [{name}]" if name else ""
                self.reasons.append(
                    f"theme.toml: “{shown(key)}”{place} kennen wij niet.{meant(key, ALLOWED[name])}"
                )
        return found

    def text(self, value: Any, where: str, shape: re.Pattern[str]) -> str:
        if isinstance(value, str) and shape.fullmatch(value) and not (odd := unusual(value)):
            return value
        if isinstance(value, str) and shape.fullmatch(value):
            self.reasons.append(f"theme.toml: in {where} staat een teken dat u niet ziet of verwart: {odd}.")
            return ""
        self.reasons.append(
            f"theme.toml: {where} ontbreekt."
            if value is None
            else f"theme.toml: {where} kan niet “{shown(value)}” zijn."
        )
        return ""

    def one_of(self, value: Any, where: str, allowed: tuple[str, ...]) -> str:
        if value in allowed and isinstance(value, str):
            return value
        self.reasons.append(
            f"theme.toml: {where} kan niet “{shown(value)}” zijn.{meant(str(value), allowed)} "
            f"Kies uit {', '.join(allowed)}."
        )
        return allowed[0]


def unusual(text: str) -> str:
    """The first character that hides, turns text around or looks like another; empty when all are plain."""
    marks = 0
    for one in text:
        kind = unicodedata.category(one)[0]
        plain = kind in "LMNPSZ" and one not in "\u2028\u2029\u3164\u115f\u1160\u2800\u034f"
        name = unicodedata.name(one, f"U+{ord(one):04X}")
        marks = marks + 1 if kind == "M" else 0
        strange = (one.isalpha() and not name.startswith("LATIN")) or (
            kind == "M" and not name.startswith("COMBINING")
        )
        if not plain or strange or marks > MOST_MARKS:
            return name
    return ""


def read_folder(folder: Path) -> ThemeFolder:
    """Read a theme's folder. Raises ThemeRefused with every reason."""
    if strange := unfit_files(folder):
        raise ThemeRefused(strange)
    reader = Reader(read_toml(folder / "theme.toml"))
    reader.reasons += disguised_files(folder)
    top = reader.table("")
    if (type(top.get("schema")), top.get("schema")) != (int, 1):  # true and 1.0 are equal to 1
        reader.reasons.append("theme.toml: schema moet 1 zijn.")
    slug = reader.text(top.get("slug"), "slug", SLUG)
    if slug and slug != folder.name:
        reader.reasons.append(f"theme.toml: slug is “{slug}”, maar de map heet “{shown(folder.name)}”.")
    name = reader.text(top.get("name"), "name", SENTENCE)
    seeds = read_seeds(reader)
    fonts, shape, logo = reader.table("fonts"), reader.table("shape"), reader.table("logo")
    own = read_faces(reader, fonts.get("own", {}), folder)
    faces = (*FACES, *own)
    text_face = reader.one_of(fonts.get("text", USUAL_FACE), "fonts.text", faces)
    theme: dict[str, Any] = {
        "slug": slug, "name": name, "seeds": seeds, "text_face": text_face,
        "heading_face": reader.one_of(fonts.get("heading", text_face), "fonts.heading", faces),
        "radius": reader.one_of(shape.get("radius", "md"), "shape.radius", tuple(RADII)),
        "borders": reader.one_of(shape.get("borders", "thin"), "shape.borders", tuple(BORDERS)),
        "tint": reader.one_of(shape.get("tint", USUAL_TINT), "shape.tint", tuple(TINTS)),
        "logo_alt": reader.text(logo.get("alt"), "logo.alt (wat een blinde bezoeker hoort)", SENTENCE),
        "logo_height": read_height(reader, logo.get("block-size", USUAL_LOGO_HEIGHT)),
        "name_beside_logo": read_yes_no(reader, logo.get("name-beside", True), "logo.name-beside"),
        "own_faces": own,
        "municipalities": read_places(reader, top.get("municipalities", [])),
        "dark": read_yes_no(reader, reader.table("modes").get("dark", False), "modes.dark"),
    }  # fmt: skip
    light = read_drawing(reader, folder, "logo", "white")
    icon = read_drawing(reader, folder, "favicon") or light
    dark = read_drawing(reader, folder, "logo-dark", "black")
    if reader.reasons:
        raise ThemeRefused(reader.reasons)
    given = (folder / name for name in ("tokens.json", TOKENS))
    tokens = next((path for path in given if path.exists()), None)
    return ThemeFolder(**theme, logo=light, logo_dark=dark, icon=icon, tokens=tokens)


def read_toml(path: Path) -> dict[str, Any]:
    if (text := utf8(content(path))) is None:
        raise ThemeRefused([f"theme.toml kan niet gelezen worden: {NO_UTF8}"])
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise ThemeRefused([f"theme.toml kan niet gelezen worden: {shown(error)}"]) from None


def read_seeds(reader: Reader) -> dict[str, str]:
    table = reader.table("seeds")
    if "accent-1" not in table:
        reader.reasons.append("theme.toml: in [seeds] ontbreekt accent-1, de huiskleur.")
    seeds = {}
    for name, value in table.items():
        try:
            seeds[name] = read_colour(value, f"theme.toml: seeds.{shown(name)}")
        except ThemeRefused as refused:
            reader.reasons += refused.reasons
    return seeds


def read_height(reader: Reader, value: Any) -> float:
    found = re.fullmatch(r"([0-9](?:\.[0-9]{1,3})?)rem", value) if isinstance(value, str) else None
    least, most = LOGO_HEIGHTS
    if found and least <= float(found[1]) <= most:
        return float(found[1])
    reader.reasons.append(
        f"theme.toml: logo.block-size kan niet “{shown(value)}” zijn. "
        f"Kies tussen {least:g}rem en {most:g}rem."
    )
    return least


def read_yes_no(reader: Reader, value: Any, where: str) -> bool:
    if not isinstance(value, bool):
        reader.reasons.append(f"theme.toml: {where} is true of false, niet “{shown(value)}”.")
    return value is True


def read_places(reader: Reader, value: Any) -> tuple[str, ...]:
    """The slugs of the municipalities that may choose this theme."""
    listed = value if isinstance(value, list) else [None]
    names = [one for one in listed if isinstance(one, str) and SLUG.fullmatch(one) and one != "_base"]
    if len(names) == len(listed) <= MOST_PLACES:
        return tuple(names)
    reader.reasons.append(
        "theme.toml: municipalities is een lijst met korte namen van gemeenten, zoals [“zandmeer”]."
    )
    return ()


def read_faces(reader: Reader, value: Any, folder: Path) -> Mapping[str, OwnFace]:
    if not isinstance(value, dict):
        reader.reasons.append("theme.toml: [fonts.own] moet een blok met instellingen zijn.")
        return {}
    try:
        return read_own_faces(value, folder)
    except ThemeRefused as refused:
        reader.reasons += refused.reasons
        return {}


def read_drawing(reader: Reader, folder: Path, stem: str, ground: str = "") -> str:
    """A logo as SVG, from an SVG or a PNG, that shows on a ground; empty when there is none."""
    for path, read in ((folder / f"{stem}.svg", clean_logo), (folder / f"{stem}.png", png.as_svg)):
        if path.exists():
            try:
                return drawn(read(content(path), path.name), path.name, ground)
            except ThemeRefused as refused:
                reader.reasons += refused.reasons
    return ""
