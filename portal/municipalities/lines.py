"""Files of lines outside the database and its backups: what a restore must not undo."""

import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any


def append(path: Path, lines: Iterable[str]) -> None:
    """Add lines at the end; they are on the disk, or it raises OSError.

    After half a line, which a crash can leave, the next begins on its own.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        text = "".join(f"{line}\n" for line in lines)
        file.write(text if _ends_whole(path) else "\n" + text)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path, start: int = 0) -> Iterator[tuple[dict[str, Any] | None, int]]:
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
