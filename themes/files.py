"""Which files a theme's folder may hold, and reading them: a folder may come from anyone.

Nothing is opened that is no plain file of the folder itself, and never more of it than it may have.
"""

import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from .refusal import ThemeRefused, meant, shown

KB = 1000
SIZES: Mapping[str, int] = {
    "theme.toml": 20 * KB,
    "tokens.json": 2000 * KB,  # an export of the whole of Figma's library is about one
    "logo.svg": 50 * KB,
    "logo.png": 100 * KB,
    "logo-dark.svg": 50 * KB,
    "logo-dark.png": 100 * KB,
    "favicon.svg": 50 * KB,
    "README.md": 50 * KB,
}
"""The most bytes of each file."""
FONTS = "fonts"
FONT_ENDINGS = {".woff2": 100 * KB, ".txt": 50 * KB}
"""What the folder of typefaces may hold: the files, and the text of their licence."""
MOST_FILES = 16  # in the folder of typefaces


def unfit_files(folder: Path) -> list[str]:
    """Files that do not belong in a theme, are too large, or lead out of its folder; a reason each."""
    if folder.is_symlink() or not folder.is_dir():
        return [f"{shown(folder.name)} is geen map."]
    reasons = list(_unfit(folder))
    present = {path.name for path in folder.iterdir()}
    if "theme.toml" not in present:
        reasons.append("theme.toml ontbreekt.")
    if not present & {"logo.svg", "logo.png"}:
        reasons.append("logo.svg ontbreekt. Heeft u alleen een PNG, noem die dan logo.png.")
    if {"logo.svg", "logo.png"} <= present:
        reasons.append("Er is een logo.svg en een logo.png. Houd er één; een SVG blijft altijd scherp.")
    return reasons


def _unfit(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue  # what an operating system leaves behind; never read
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            yield elsewhere(shown(path.name))
        elif path.name == FONTS and stat.S_ISDIR(kind):
            yield from _unfit_fonts(path)
        elif path.name not in SIZES or not stat.S_ISREG(kind):
            yield f"{shown(path.name)} hoort niet in een themamap.{meant(path.name, SIZES)}"
        elif path.stat().st_size > SIZES[path.name]:
            yield too_large(path.name, path.stat().st_size, SIZES[path.name])


def _unfit_fonts(folder: Path) -> Iterator[str]:
    paths = sorted(folder.iterdir())
    if len(paths) > MOST_FILES:
        yield f"In fonts/ staan {len(paths)} bestanden; hoogstens {MOST_FILES} kan."
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        kind, where = path.lstat().st_mode, f"fonts/{shown(path.name)}"
        most = FONT_ENDINGS.get(path.suffix)
        if stat.S_ISLNK(kind):
            yield elsewhere(where)
        elif most is None or not stat.S_ISREG(kind):
            yield f"{where} hoort niet in een themamap. In fonts/ horen .woff2 en de licentie als .txt."
        elif path.stat().st_size > most:
            yield too_large(where, path.stat().st_size, most)


def elsewhere(name: str) -> str:
    """The reason why a link is refused."""
    return f"{name} is een verwijzing naar een andere plek; zet het bestand zelf in de map."


def too_large(name: str, size: int, most: int) -> str:
    """The reason why a file is refused for its size."""
    return f"{name} is {size // KB} kB; het mag hoogstens {most // KB} kB zijn."


def content(path: Path) -> bytes:
    """A file's bytes, at most as many as it may have. Raises ThemeRefused."""
    most = SIZES.get(path.name, FONT_ENDINGS.get(path.suffix, 0))
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        raise ThemeRefused([f"{shown(path.name)} kan niet gelezen worden."]) from None
    if len(data) > most:
        raise ThemeRefused([too_large(shown(path.name), path.stat().st_size, most)])
    return data
