"""Reads one theme's folder, strictly: `theme.toml`, the logo, and tokens where there are any."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .colour import read_colour
from .faces import FACES
from .logo import clean_logo
from .ramp import SEEDS
from .refusal import ThemeRefused, meant, shown

SLUG = re.compile(r"[a-z][a-z0-9-]{1,30}|_base")
SENTENCE = re.compile(r"[^<>{}\\\x00-\x1f\u202a-\u202e]{2,80}")
MOST = 20_000  # bytes of theme.toml

RADII = ("none", "sm", "md", "round")
BORDERS = ("thin", "thick")
TINTS = ("accent-1", "accent-2", "neutral")
ALLOWED: Mapping[str, tuple[str, ...]] = {
    "": ("schema", "name", "slug", "seeds", "fonts", "shape", "logo"),
    "seeds": SEEDS,
    "fonts": ("text", "heading"),
    "shape": ("radius", "borders", "tint"),
    "logo": ("alt", "block-size", "name-beside"),
}
FILES = frozenset({"theme.toml", "tokens.json", "logo.svg", "favicon.svg", "README.md"})


@dataclass(frozen=True, slots=True)
class ThemeFolder:
    """What a designer handed in, read and found fit; colours are `#rrggbb`."""

    slug: str
    name: str
    seeds: Mapping[str, str]
    text_face: str
    heading_face: str
    radius: str
    borders: str
    tint: str
    """Which colour tints the large fields: the hero, the contact band and receipts."""
    logo: str
    logo_alt: str
    logo_height: float
    """In rem."""
    name_beside_logo: bool
    icon: str
    tokens: Path | None
    notes: list[str] = field(default_factory=list)


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
        if isinstance(value, str) and shape.fullmatch(value):
            return value
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


def read_folder(folder: Path) -> ThemeFolder:
    """Read a theme's folder. Raises ThemeRefused with every reason."""
    if strange := unfit_files(folder):
        raise ThemeRefused(strange)
    reader = Reader(read_toml(folder / "theme.toml"))
    top = reader.table("")
    if top.get("schema") != 1:
        reader.reasons.append("theme.toml: schema moet 1 zijn.")
    slug = reader.text(top.get("slug"), "slug", SLUG)
    if slug and slug != folder.name:
        reader.reasons.append(f"theme.toml: slug is “{slug}”, maar de map heet “{shown(folder.name)}”.")
    name = reader.text(top.get("name"), "name", SENTENCE)
    seeds = read_seeds(reader)
    fonts, shape, logo = reader.table("fonts"), reader.table("shape"), reader.table("logo")
    text_face = reader.one_of(fonts.get("text", "source-sans-3"), "fonts.text", tuple(FACES))
    theme: dict[str, Any] = {
        "slug": slug, "name": name, "seeds": seeds, "text_face": text_face,
        "heading_face": reader.one_of(fonts.get("heading", text_face), "fonts.heading", tuple(FACES)),
        "radius": reader.one_of(shape.get("radius", "md"), "shape.radius", RADII),
        "borders": reader.one_of(shape.get("borders", "thin"), "shape.borders", BORDERS),
        "tint": reader.one_of(shape.get("tint", "accent-1"), "shape.tint", TINTS),
        "logo_alt": reader.text(logo.get("alt"), "logo.alt (wat een blinde bezoeker hoort)", SENTENCE),
        "logo_height": read_height(reader, logo.get("block-size", "3.25rem")),
        "name_beside_logo": read_yes_no(reader, logo.get("name-beside", True)),
    }  # fmt: skip
    drawn = read_drawing(reader, folder / "logo.svg")
    icon = read_drawing(reader, folder / "favicon.svg") if (folder / "favicon.svg").exists() else drawn
    if reader.reasons:
        raise ThemeRefused(reader.reasons)
    tokens = folder / "tokens.json"
    return ThemeFolder(**theme, logo=drawn, icon=icon, tokens=tokens if tokens.exists() else None)


def unfit_files(folder: Path) -> list[str]:
    """Files that do not belong in a theme, or that lead out of its folder."""
    if folder.is_symlink() or not folder.is_dir():
        return [f"{shown(folder.name)} is geen map."]
    reasons = []
    for path in sorted(folder.iterdir()):
        if path.is_symlink():
            reasons.append(
                f"{shown(path.name)} is een verwijzing naar een andere plek; zet het bestand zelf in de map."
            )
        elif not path.name.startswith(".") and (path.name not in FILES or not path.is_file()):
            reasons.append(f"{shown(path.name)} hoort niet in een themamap.{meant(path.name, FILES)}")
    for needed in ("theme.toml", "logo.svg"):
        if not (folder / needed).exists():
            reasons.append(f"{needed} ontbreekt.")
    return reasons


def read_toml(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    if len(content) > MOST:
        raise ThemeRefused(
            [f"theme.toml is {len(content) // 1000} kB; het mag hoogstens {MOST // 1000} kB zijn."]
        )
    try:
        return tomllib.loads(content.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
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
    found = re.fullmatch(r"(\d(\.\d{1,3})?)rem", value) if isinstance(value, str) else None
    if found and 1.5 <= float(found[1]) <= 6:
        return float(found[1])
    reader.reasons.append(
        f"theme.toml: logo.block-size kan niet “{shown(value)}” zijn. Kies tussen 1.5rem en 6rem."
    )
    return 3.0


def read_yes_no(reader: Reader, value: Any) -> bool:
    if not isinstance(value, bool):
        reader.reasons.append(f"theme.toml: logo.name-beside is true of false, niet “{shown(value)}”.")
    return value is True


def read_drawing(reader: Reader, path: Path) -> str:
    try:
        return clean_logo(path.read_bytes(), path.name)
    except ThemeRefused as refused:
        reader.reasons += refused.reasons
        return ""
