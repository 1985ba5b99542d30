"""Files outside the database and its backups, one line of JSON at a time: what a restore must not undo."""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def add_line(path: Path, content: Mapping[str, Any]) -> None:
    """Add a line, and come back only when it is on the disk."""
    line = json.dumps(content) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        # A crash can leave half a line behind; the next begins on its own, or both would be lost.
        file.write(line if _ends_whole(path) else "\n" + line)
        file.flush()
        os.fsync(file.fileno())


def lines(path: Path, start: int = 0) -> Iterator[tuple[dict[str, Any] | None, int]]:
    """Each line from a place in the file on, with the place after it; None for one that a crash cut off.

    The last line is left for later while its end is not written yet.
    """
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(start)
        for line in file:
            if not line.endswith(b"\n"):
                return
            start += len(line)
            if line.strip():
                yield _content(line), start


def _content(line: bytes) -> dict[str, Any] | None:
    try:
        content = json.loads(line)
    except ValueError:
        return None
    return content if isinstance(content, dict) else None


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
