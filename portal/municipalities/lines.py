"""Files of lines outside the database: what `append` added is on the disk, or it raises OSError."""

import os
from collections.abc import Iterable
from pathlib import Path


def append(path: Path, lines: Iterable[str]) -> None:
    """Add lines at the end. After half a line, which a crash can leave, the next begins on its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        text = "".join(f"{line}\n" for line in lines)
        file.write(text if _ends_whole(path) else "\n" + text)
        file.flush()
        os.fsync(file.fileno())


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as file:
        if not file.seek(0, os.SEEK_END):
            return True
        file.seek(-1, os.SEEK_END)
        return file.read() == b"\n"
