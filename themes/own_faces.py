"""Typefaces that a municipality brings itself: files in `fonts/`, named in `theme.toml` with their licence.

A browser takes a font apart with care; here it must at least be one whole WOFF2 and nothing else, as far as
`woff2.py` can see (`files.py` asks it, of every font in the folder). It is served under a name of ours.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .faces import FACES
from .files import FONTS, content
from .refusal import ThemeRefused, shown

NAME = re.compile(r"[a-z][a-z0-9-]{1,30}")
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,60}\.woff2")
FAMILY = re.compile(r"[A-Za-z][A-Za-z0-9 -]{1,40}")
LICENCE = re.compile(r"(?=(?:[^A-Za-z]*[A-Za-z]){5})[^<>{}\\\x00-\x1f]{10,200}")  # as “SIL OFL 1.1”
FALLBACKS = ("sans-serif", "serif", "monospace")
KEYS = ("family", "fallback", "regular", "bold", "licence")


@dataclass(frozen=True, slots=True)
class OwnFace:
    """A typeface out of the theme's folder."""

    family: str
    fallback: str
    files: Mapping[str, bytes]
    """Weight to WOFF2."""


def read_own_faces(table: Mapping[str, Any], folder: Path) -> dict[str, OwnFace]:
    """The blocks `[fonts.own.<name>]`. Raises ThemeRefused with every reason."""
    found: dict[str, OwnFace] = {}
    reasons = []
    families = {_compared(face.family): name for name, face in FACES.items()}
    for name, block in table.items():
        try:
            found[name] = face = _face(name, block, folder)
            if (other := families.setdefault(_compared(face.family), name)) != name:
                reasons.append(
                    f"theme.toml: fonts.own.{name}: family “{face.family}” is al de naam van {other}. "
                    "Een browser zou ze door elkaar halen. Geef uw lettertype een andere naam."
                )
        except ThemeRefused as refused:
            reasons += refused.reasons
    if reasons:
        raise ThemeRefused(reasons)
    return found


def _compared(family: str) -> str:
    """A family as browsers compare it: without regard to capitals, and to blanks that nobody sees."""
    return " ".join(family.lower().split())


def _face(name: str, block: Any, folder: Path) -> OwnFace:
    where = f"theme.toml: fonts.own.{shown(name)}"
    if not NAME.fullmatch(name) or name in FACES:
        raise ThemeRefused([f"{where}: kies een andere naam, in kleine letters en nog niet in gebruik."])
    if not isinstance(block, dict):
        raise ThemeRefused([f"{where} moet een blok met instellingen zijn."])
    reasons = [f"{where}: “{shown(key)}” kennen wij niet." for key in block if key not in KEYS]
    if not _fits(LICENCE, block.get("licence")):
        reasons.append(
            f"{where}: schrijf bij licence waarom u dit lettertype mag gebruiken, en van wie het is."
        )
    if not _fits(FAMILY, block.get("family")):
        reasons.append(f"{where}: family is de naam van het lettertype, zoals “The Sans”.")
    if block.get("fallback", "sans-serif") not in FALLBACKS:
        reasons.append(f"{where}: fallback is {', '.join(FALLBACKS)}.")
    files: dict[str, bytes] = {}
    for key, weight in (("regular", "400"), ("bold", "700")):
        if key == "bold" and key not in block:
            continue
        try:
            files[weight] = _file(block.get(key), f"{where}.{key}", folder)
        except ThemeRefused as refused:
            reasons += refused.reasons
    if reasons:
        raise ThemeRefused(reasons)
    return OwnFace(block["family"], block.get("fallback", "sans-serif"), files)


def _fits(shape: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and shape.fullmatch(value) is not None


def _file(value: Any, where: str, folder: Path) -> bytes:
    if not _fits(FILE, value):
        raise ThemeRefused([f"{where}: “{shown(value)}” is geen bestand in fonts/ dat op .woff2 eindigt."])
    path = folder / FONTS / value
    if not path.is_file():
        raise ThemeRefused([f"{where}: fonts/{value} is er niet."])
    return content(path)
