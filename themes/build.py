"""Writes compiled themes where the web server finds them.

Files carry their content's hash in their name; one list says which are in force. The list is replaced in one
step, and what an earlier list named stays for pages that are still open; so a theme can change while the
portal runs.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from .folder import read_folder
from .made_of import fonts_of
from .make import MadeTheme, make
from .refusal import ThemeRefused

LIST = "themes.json"
FILES = Path("static") / "themes"


def folders(places: Iterable[Path]) -> dict[str, Path]:
    """Slug to folder; a later place wins, so that a deployment can replace a theme of ours."""
    found: dict[str, Path] = {}
    for place in places:
        for path in sorted(place.iterdir()) if place.is_dir() else ():
            if (path / "theme.toml").exists():
                found[path.name] = path
    return found


def read_list(built: Path) -> dict[str, Any]:
    """What is in force now; empty when nothing was built yet."""
    try:
        themes: dict[str, Any] = json.loads((built / LIST).read_text())
    except FileNotFoundError:
        return {}
    return themes


def build(folder: Path, built: Path) -> MadeTheme:
    """Check and write one theme and put it in force.

    Raises ThemeRefused; then nothing of it is served and the old one stays.
    """
    made = make(read_folder(folder))
    slug = made.folder.slug
    entry = {
        "css": write(built, slug, "css", made.css),
        "logo": write(built, f"{slug}-logo", "svg", made.folder.logo),
        "icon": write(built, f"{slug}-icon", "svg", made.folder.icon),
        "logo_alt": made.folder.logo_alt,
        "name": made.folder.name,
        "name_beside_logo": made.folder.name_beside_logo,
        "preload": [f"fonts/{name}" for name in made.preload],
        "tokens": write(
            built, f"{slug}-tokens", "json", json.dumps(dict(sorted(made.tokens.items())), indent=1)
        ),
    }
    replace(built / LIST, json.dumps({**read_list(built), slug: entry}, indent=1, sort_keys=True))
    return made


def build_all(places: Iterable[Path], built: Path) -> dict[str, MadeTheme | ThemeRefused]:
    """Build every theme; one that is refused does not hold up the others."""
    results: dict[str, MadeTheme | ThemeRefused] = {}
    for slug, folder in folders(places).items():
        try:
            results[slug] = build(folder, built)
        except ThemeRefused as refused:
            results[slug] = refused
    return results


def write(built: Path, stem: str, ending: str, content: str) -> str:
    """Write a file named by its content, and say its name."""
    digest = hashlib.sha256(content.encode()).hexdigest()[:12]
    path = built / FILES / f"{stem}.{digest}.{ending}"
    if not path.exists():
        replace(path, content)
    return path.name


def replace(path: Path, content: str) -> None:
    """Put a whole file in place at once, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "w") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)


def bytes_of_fonts(made: MadeTheme, static: Path) -> int:
    """What a Dutch page loads of typefaces."""
    faces = {made.folder.text_face, made.folder.heading_face}
    return sum(
        (static / "fonts" / file["file"]).stat().st_size
        for face in faces
        for file in fonts_of(face)
        if file["subset"] == "latin"
    )
