"""The file itself, in quarantine: encrypted parts in rows of the municipality.

In the database and not in a folder, because a part and how far the file came are then one transaction, every
web process and worker sees the same, and row-level security fences them. Nothing of it is ever served.
"""

import hashlib
import io
from typing import Any
from uuid import UUID

from django.db import transaction

from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import decrypt, encrypt

from .models import Upload, UploadPart

TABLE, COLUMN = "uploads_uploadpart", "content"
PART = 1024 * 1024  # bytes of each part but the last


def keep(upload: Upload, place: int, content: bytes) -> None:
    """Write down one part, in the caller's transaction."""
    part = UploadPart(municipality=current_municipality(), upload=upload, place=place)
    part.content = encrypt(content, table=TABLE, column=COLUMN, row=part.id)
    part.save(force_insert=True)


def forget(uploads: list[UUID]) -> None:
    """Throw the files away; the rows that name them stay for the caller."""
    UploadPart.objects.filter(upload_id__in=uploads).delete()


def sha256_of(upload: Upload) -> str:
    """Over all that is here, in hex."""
    digest, reader = hashlib.sha256(), opened(upload)
    while piece := reader.read(PART):
        digest.update(piece)
    return digest.hexdigest()


def opened(upload: Upload) -> io.BufferedReader:
    """The file, to be read from any place; one part of it is in memory at a time."""
    return io.BufferedReader(_Parts(upload), 64 * 1024)


class _Parts(io.RawIOBase):
    def __init__(self, upload: Upload) -> None:
        self._upload, self._at = upload.id, 0
        self._size = upload.received
        self._place, self._part = -1, b""

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset < 0:
            raise ValueError("before the beginning")
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        place, within = divmod(self._at, PART)
        if self._at >= self._size or not len(buffer):
            return 0
        if place != self._place:
            self._place, self._part = place, self._read(place)
        piece = self._part[within : within + len(buffer)]
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)

    def _read(self, place: int) -> bytes:
        with transaction.atomic(
            savepoint=False
        ):  # each by itself: a scan takes longer than a transaction may
            part = UploadPart.objects.get(upload_id=self._upload, place=place)
            return decrypt(bytes(part.content), table=TABLE, column=COLUMN, row=part.id)
