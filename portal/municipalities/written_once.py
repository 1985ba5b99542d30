"""Files that several processes make at the same moment: whole or not at all, and the first one stays."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_once(file: Path, content: str) -> None:
    """Write a file that only we can read, unless it is there; content and name are on the disk afterwards."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    written = Path(name)
    with open(descriptor, "w") as writing:
        writing.write(content)
        writing.flush()
        os.fsync(writing.fileno())
    with suppress(FileExistsError):
        file.hardlink_to(written)
    written.unlink()
    folder = os.open(file.parent, os.O_RDONLY)
    os.fsync(folder)  # the name too must outlast a power cut
    os.close(folder)
