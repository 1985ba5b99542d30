"""Whether the static files must be collected again; it takes seconds, so not at every start."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from .state import ROOT

ROOMS = ("portal", "cms", "themes")


def fingerprint() -> str:
    """Changes with the installed packages and with every style, script, picture and theme of ours."""
    digest = hashlib.sha256((ROOT / "requirements" / "demo.txt").read_bytes())
    for file in _sources():
        digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()


def collected(state: Path) -> bool:
    """Whether what lies in the state was collected from what is here now."""
    mark = state / "static-files"
    return mark.exists() and mark.read_text() == fingerprint()


def remember(state: Path) -> None:
    """Note that they were collected."""
    (state / "static-files").write_text(fingerprint())


def _sources() -> Iterator[Path]:
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*")):
            if file.is_file() and file.suffix not in {".py", ".pyc", ".html", ".po", ".mo"}:
                yield file
