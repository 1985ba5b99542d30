"""Writes compiled themes where the web server finds them.

Files carry their content's hash in their name; one list says which are in force. The list is replaced in one
step, and what an earlier list named stays for pages that are still open; so a theme can change while the
portal runs.
"""

import errno
import fcntl
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .embedded import as_css, as_tree
from .folder import read_folder
from .make import MadeTheme, font_faces, make
from .refusal import ThemeRefused, shown

log = logging.getLogger(__name__)
LIST = "themes.json"
LOCK = "themes.lock"
GIVEN = Path("given")
"""What other systems take at `/theme/`; not among static files, since it names those from there."""
OF_OTHERS = "../static/themes/"
"""Where static files are, seen from `/theme/`."""
FILES = Path("static") / "themes"


def folders(places: Iterable[Path]) -> dict[str, Path]:
    """Slug to folder. The first place wins and ours is the last, so a deployment can replace one of ours."""
    return {slug: found[0] for slug, found in all_folders(places).items()}


def all_folders(places: Iterable[Path]) -> dict[str, list[Path]]:
    """Slug to every folder of that name, the one that counts first."""
    found: dict[str, list[Path]] = {}
    for path in _within(places):
        if _is_theme(path):
            found.setdefault(path.name, []).append(path)
    return found


def closed(places: Iterable[Path]) -> list[Path]:
    """What nobody but its owner may look into, such as the `lost+found` of a disk; a theme or not."""
    return [path for path in _within(places) if _is_theme(path) is None]


def _within(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        with suppress(OSError):  # `missing` tells of it
            yield from sorted(place.iterdir())


def _is_theme(path: Path) -> bool | None:
    """Whether a folder holds a theme; None where that cannot be seen."""
    try:
        (path / "theme.toml").stat()
    except OSError as fault:
        return False if fault.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP} else None
    return True


def read_list(built: Path) -> dict[str, Any]:
    """What is in force now; empty when nothing was built yet."""
    try:
        themes: dict[str, Any] = json.loads((built / LIST).read_text())
    except FileNotFoundError:
        return {}
    return themes


@contextmanager
def unforeseen_refused(folder: Path) -> Iterator[None]:
    """The border around a folder that can come from anyone: a fault nobody foresaw refuses only it."""
    try:
        yield
    except (ThemeRefused, OSError):
        raise
    except Exception as fault:
        log.exception("The theme in %s could not be read", folder)
        reason = (
            f"{shown(folder.name)} kan niet gelezen worden: {type(fault).__name__}. Geef dit aan ons door."
        )
        raise ThemeRefused([reason]) from None


def read(folder: Path) -> MadeTheme:
    """What is made of a folder. Raises ThemeRefused, and nothing else, whatever is in it."""
    try:
        with unforeseen_refused(folder):
            made = make(read_folder(folder))
    except OSError as fault:
        log.warning("The theme in %s could not be read: %s", folder, fault)
        raise ThemeRefused([f"{shown(folder.name)} kan niet gelezen worden: {fault.strerror}."]) from None
    return made


def build(folder: Path, built: Path) -> MadeTheme:
    """Check and write one theme and put it in force.

    Raises ThemeRefused; then nothing of it is served and the old one stays.
    """
    made = read(folder)
    with locked(built):
        _put_in_force(made, folder, built)
    return made


def build_all(places: Iterable[Path], built: Path) -> dict[str, MadeTheme | ThemeRefused]:
    """Build every theme; one that is refused does not hold up the others, and one that is gone goes."""
    places = list(places)
    results: dict[str, MadeTheme | ThemeRefused] = {}
    with locked(built):
        for slug, folder in folders(places).items():
            try:
                made = results[slug] = read(folder)
                _put_in_force(made, folder, built)
            except ThemeRefused as refused:
                results[slug] = refused
        _drop_gone(places, built)
    return results


def drop_gone(places: Iterable[Path], built: Path) -> None:
    """Take off the list what has no folder any more."""
    with locked(built):
        _drop_gone(list(places), built)


def missing(places: Iterable[Path]) -> list[Path]:
    """Those whose folders cannot be seen; such as a disk that is not there yet, or a name with a fault."""
    return [place for place in places if not _is_seen(place)]


def _is_seen(place: Path) -> bool:
    try:
        next(place.iterdir(), None)
    except OSError:
        return False
    return True


@contextmanager
def locked(built: Path) -> Iterator[None]:
    """One build at a time: each reads the list, and writes it with its own in it."""
    built.mkdir(parents=True, exist_ok=True)
    with (built / LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go as the file closes
        yield


def _put_in_force(made: MadeTheme, folder: Path, built: Path) -> None:
    with unforeseen_refused(folder):
        entry = _written(made, built)
    replace(built / LIST, as_list({**read_list(built), made.folder.slug: entry}))


def _written(made: MadeTheme, built: Path) -> dict[str, Any]:
    """Write a theme's files; what the list says of it."""
    slug, dark = made.folder.slug, made.folder.logo_dark if made.folder.dark else ""
    for name, content in made.files.items():
        replace(built / FILES / name, content)
    return {
        "css": write(built, slug, "css", made.css),
        "municipalities": list(made.folder.municipalities),
        "logo": write(built, f"{slug}-logo", "svg", made.folder.logo),
        "logo_dark": dark and write(built, f"{slug}-logo-dark", "svg", dark),
        "icon": write(built, f"{slug}-icon", "svg", made.folder.icon),
        "logo_alt": made.folder.logo_alt,
        "name": made.folder.name,
        "name_beside_logo": made.folder.name_beside_logo,
        "preload": made.preload,
        "tokens": write(built, f"{slug}-tokens", "json", as_json(made.tokens)),
        "embedded": write(built, f"{slug}-embedded", "css", embedded_style(made), GIVEN),
        "tree": write(built, f"{slug}-tree", "json", as_tree(made.tokens), GIVEN),
        "night": write(built, f"{slug}-night", "json", as_json(made.night)) if made.night else "",
    }


def _drop_gone(places: list[Path], built: Path) -> None:
    """Where a place or a folder cannot be seen, nothing tells whether its themes are gone, so they stay."""
    before, found = read_list(built), {*folders(places), *(path.name for path in closed(places))}
    after = {slug: entry for slug, entry in before.items() if slug in found}
    if after != before and not missing(places):
        replace(built / LIST, as_list(after))


def as_list(entries: Mapping[str, Any]) -> bytes:
    """The list as a file."""
    return json.dumps(entries, indent=1, sort_keys=True).encode()


def class_of(slug: str) -> str:
    """The class on `<html>`, as NL Design System names themes."""
    return f"{slug.strip('_')}-theme"


def embedded_style(made: MadeTheme) -> str:
    """The theme as CSS for other systems, whose fonts they fetch from us."""
    return as_css(class_of(made.folder.slug), font_faces(made, OF_OTHERS), made.tokens, made.night)


def as_json(tokens: Mapping[str, str]) -> str:
    """Tokens as a file that reads well."""
    return json.dumps(dict(sorted(tokens.items())), indent=1)


def write(built: Path, stem: str, ending: str, content: str, among: Path = FILES) -> str:
    """Write a file named by its content, and say its name."""
    data = content.encode()
    path = built / among / f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}.{ending}"
    if not path.exists():
        replace(path, data)
    return path.name


def replace(path: Path, content: bytes) -> None:
    """Put a whole file in place at once, so that nobody reads half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(temporary).chmod(0o644)
    Path(temporary).replace(path)
