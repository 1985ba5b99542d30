"""A file read from its beginning in pieces that overlap, to look for what may lie across two of them."""

from collections.abc import Iterator
from typing import BinaryIO

SIZE = 256 * 1024  # bytes


def pieces(file: BinaryIO, overlap: int = 0) -> Iterator[bytes]:
    """Each piece begins with the end of the one before."""
    file.seek(0)
    kept = b""
    while read := file.read(SIZE):
        piece = kept + read
        yield piece
        kept = piece[-overlap:] if overlap else b""
