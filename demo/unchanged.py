"""What an earlier start left that still holds: making it takes seconds, so only when its sources changed."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from .state import ROOT

CODE = {".py", ".pyc", ".html", ".po", ".mo"}
MADE = "built"
"""The folder of compiled themes: made of the sources beside it, and written by others while we look."""


def static_files() -> str:
    """Changes with the installed packages and with every style, script, picture and theme of ours."""
    return _fingerprint(file for file in _files("portal", "cms", "themes") if file.suffix not in CODE)


def database(first_port: int) -> str:
    """Changes with the installed packages, with tables and demo content, and with the ports content names."""
    return _fingerprint(_files("portal", "cms", "demo"), first_port)


def holds(state: Path, what: str, fingerprint: str) -> bool:
    """Whether what lies in the state was made from the same sources."""
    mark = state / what
    return mark.exists() and mark.read_text() == fingerprint


def remember(state: Path, what: str, fingerprint: str) -> None:
    """Note what it was made from."""
    (state / what).write_text(fingerprint)


def _fingerprint(files: Iterable[Path], *others: object) -> str:
    digest = hashlib.sha256((ROOT / "requirements" / "demo.txt").read_bytes() + repr(others).encode())
    for file in files:
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def _files(*rooms: str) -> Iterator[Path]:
    for room in rooms:
        for one in sorted((ROOT / room).iterdir()):
            inside = one.rglob("*") if one.is_dir() and one.name != MADE else [one]
            yield from sorted(file for file in inside if file.is_file() and file.suffix != ".pyc")
