"""The compiled themes, as pages ask for them.

The list is read again when its file changed, which costs one `stat` a page; so a theme that was compiled
while the portal runs
is there at the next request, at a new address.
"""

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings

from .build import FILES, GIVEN, LIST, build_all, class_of, read_list
from .embedded import under_too
from .logo import on_white

BASE = "_base"


@dataclass(frozen=True, slots=True)
class Theme:
    """Where a municipality's style and logo are served."""

    slug: str
    css_url: str
    logo_url: str
    logo_dark_url: str
    """Of the logo where a device asks for dark; empty where it is the same."""
    icon_url: str
    name: str
    """What the brand is called."""
    logo_alt: str
    name_beside_logo: bool
    preload: tuple[str, ...]
    """Addresses of the font files that every page needs."""

    @property
    def is_neutral(self) -> bool:
        """It is nobody's brand."""
        return self.slug == BASE

    @property
    def html_class(self) -> str:
        """The class on `<html>`, as NL Design System names themes."""
        return class_of(self.slug)


@dataclass(frozen=True, slots=True)
class Paper:
    """What a theme gives to letters and receipts on paper."""

    accent: str
    """The main colour as hex, dark enough to be read on white."""
    logo: str
    """The SVG."""
    name_beside: bool
    """Whether the logo does not say the name itself."""


class Unbuilt(Exception):
    """No theme was compiled, and this process cannot do it itself."""


_read: dict[str, tuple[int, dict[str, Any]]] = {}


def themes_in_force() -> dict[str, Any]:
    """The list of compiled themes; compiled here when nobody did yet."""
    return _changed_and_list()[1]


def _changed_and_list() -> tuple[int, dict[str, Any]]:
    place = str(settings.THEMES_BUILD)
    try:
        changed = os.stat(f"{place}/{LIST}").st_mtime_ns  # each page asks: twice as quick as by a Path
    except (FileNotFoundError, NotADirectoryError):
        compile_now(Path(place))
        changed = os.stat(f"{place}/{LIST}").st_mtime_ns
    if place not in _read or _read[place][0] != changed:
        _read[place] = (changed, read_list(Path(place)))
    return _read[place]


def compile_now(built: Path) -> None:
    """Compile all themes, as `make theme` does. Raises Unbuilt where the files cannot be written."""
    try:
        build_all(map(Path, settings.THEMES_DIRS), built)
    except OSError as error:
        raise Unbuilt(f"Compile the themes first: python -m themes ({error})") from error
    if BASE not in read_list(built):
        raise Unbuilt("The neutral theme, _base, is missing or refused. Run: python -m themes")


def theme(slug: str) -> Theme:
    """The theme of a municipality, or the neutral one where it has none."""
    themes = themes_in_force()
    slug = slug if slug in themes else BASE
    entry = themes[slug]
    at = f"{settings.STATIC_URL}themes/"
    return Theme(
        slug,
        css_url=at + entry["css"],
        logo_url=at + entry["logo"],
        logo_dark_url=at + entry["logo_dark"] if entry.get("logo_dark") else "",
        icon_url=at + entry["icon"],
        name=entry["name"],
        logo_alt=entry["logo_alt"],
        name_beside_logo=entry["name_beside_logo"],
        preload=tuple(at + name for name in entry["preload"]),
    )


def paper(slug: str) -> Paper:
    """The colour and logo of a municipality's theme, or of the neutral one, for what is printed."""
    themes = themes_in_force()
    slug = slug if slug in themes else BASE
    logo = Path(settings.THEMES_BUILD) / FILES / themes[slug]["logo"]
    return Paper(
        accent=tokens_of(slug)["color-accent-1-color-default"],
        logo=logo.read_text(),
        name_beside=themes[slug]["name_beside_logo"],
    )


def tokens_of(slug: str, *, night: bool = False) -> dict[str, str]:
    """All tokens of a theme, worked out; by night none where it has no dark mode."""
    entry = themes_in_force()[slug]
    name = entry.get("night") if night else entry["tokens"]
    if not name:
        return {}
    tokens: dict[str, str] = json.loads((Path(settings.THEMES_BUILD) / FILES / name).read_text())
    return tokens


def given_to_others(slug: str, kind: str, municipality: str) -> bytes:
    """A theme as other systems take it: its `tree` of tokens, `embedded` style, `logo` or `logo_dark`.

    The style stands under the municipality's own class too: what is embedded keeps that one, whatever theme
    is chosen. A logo that has no form for the dark has white behind it there, as on our own pages.
    """
    themes = themes_in_force()
    slug = slug if slug in themes else BASE
    if kind == "logo_dark" and not themes[slug][kind]:
        return on_white(given_to_others(slug, "logo", municipality).decode()).encode()
    folder = FILES if kind in {"logo", "logo_dark"} else GIVEN
    path = Path(settings.THEMES_BUILD) / folder / str(themes[slug][kind])
    if kind == "embedded":
        return under_too(path.read_text(), class_of(slug), class_of(municipality)).encode()
    return path.read_bytes()


def version() -> str:
    """Changes whenever any theme does; belongs in the key of every stored page."""
    return f"{_changed_and_list()[0]:x}"
