"""Which files may be added, told by what is in them and never by their name alone.

A short table of our own: what an officer can open, and what cannot do anything by itself (no macros, no
scripts, no HTML or SVG). A name that says something else than the content is not taken, since it deceives.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from . import pdf_lock, zipped
from .pieces import pieces
from .unsuitable import Unsuitable, Why

START = 1024  # bytes that are enough to tell most kinds
LONGEST_NAME = 100  # signs


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    format: str
    """Its media type."""
    word: str
    """As people say it."""
    endings: Sequence[str]
    """How names of such files end; the first one is what we add where there is none."""


PDF = Kind("application/pdf", "PDF", ("pdf",))
JPEG = Kind("image/jpeg", "JPEG", ("jpg", "jpeg", "jpe", "jfif"))
PNG = Kind("image/png", "PNG", ("png",))
TEXT = Kind("text/plain", "TXT", ("txt",))
_OFFICE = "application/vnd.openxmlformats-officedocument"
DOCX = Kind(f"{_OFFICE}.wordprocessingml.document", "Word (docx)", ("docx",))
XLSX = Kind(f"{_OFFICE}.spreadsheetml.sheet", "Excel (xlsx)", ("xlsx",))
ODT = Kind("application/vnd.oasis.opendocument.text", "OpenDocument (odt)", ("odt",))
ODS = Kind("application/vnd.oasis.opendocument.spreadsheet", "OpenDocument (ods)", ("ods",))
KINDS = (PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS, TEXT)
BY_FORMAT: Mapping[str, Kind] = {kind.format: kind for kind in KINDS}
ENDINGS = tuple(f".{ending}" for kind in KINDS for ending in kind.endings)
"""For the browser, which then lets people choose no others; it proves nothing."""

PNG_STARTS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"
ZIP_STARTS = b"PK\x03\x04"
OLE_STARTS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old office files, and new ones with a password."""
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
LOOKS_LIKE_CODE = re.compile(rb"\s*(<[!?a-zA-Z]|\{\\rtf|#!|%!PS)")


def could_be(start: bytes) -> bool:
    """Whether a file that begins so can be one of ours, so that who sends another kind hears it at once."""
    if start.startswith((b"%PDF-", b"\xff\xd8\xff", PNG_STARTS, ZIP_STARTS, OLE_STARTS)):
        return True
    return not CONTROLS.search(start) and not LOOKS_LIKE_CODE.match(start)


def is_heic(start: bytes) -> bool:
    """Whether it is a photo as iPhones keep them, which is worth its own word."""
    return start[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc")


def kind_of(file: BinaryIO, name: str) -> Kind:
    """What kind of file this is. Raises Unsuitable with the reason, which a resident hears."""
    file.seek(0)
    start = file.read(START)
    if not start:
        raise Unsuitable(Why.EMPTY)
    found = _by_content(file, start, name)
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending and ending not in found.endings:
        raise Unsuitable(Why.OTHER_NAME, ending=ending, kind=found.word)
    return found


def tidy_name(name: str, kind: Kind) -> str:
    """A name that is safe to save under, and ends as its kind does."""
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    stem = name[: -len(ending) - 1] if ending else name
    return f"{stem[:LONGEST_NAME] or 'document'}.{ending or kind.endings[0]}"


def _by_content(file: BinaryIO, start: bytes, name: str) -> Kind:
    if start.startswith(b"%PDF-"):
        if pdf_lock.needs_password(file):
            raise Unsuitable(Why.PASSWORD)
        return PDF
    if start.startswith(b"\xff\xd8\xff"):
        return JPEG
    if start.startswith(PNG_STARTS):
        return PNG
    if start.startswith(ZIP_STARTS):
        return BY_FORMAT[zipped.format_of(file)]
    if start.startswith(OLE_STARTS):
        raise Unsuitable(Why.PASSWORD if _holds(file, ENCRYPTED_PACKAGE) else Why.OLD_OFFICE)
    if is_heic(start):
        raise Unsuitable(Why.HEIC)
    if name.lower().endswith(".txt") and _is_text(file):
        return TEXT
    raise Unsuitable(Why.OTHER_KIND)


def _holds(file: BinaryIO, wanted: bytes) -> bool:
    """Whether something stands anywhere in it."""
    return any(wanted in piece for piece in pieces(file, len(wanted)))


def _is_text(file: BinaryIO) -> bool:
    """Text as people write it: UTF-8, or what Windows makes; nothing that a program would run."""
    file.seek(0)
    start = file.read(START)
    if LOOKS_LIKE_CODE.match(start.removeprefix(codecs.BOM_UTF8)):
        return False
    return _reads_as(file, "utf-8") or _reads_as(file, "cp1252")


def _reads_as(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for piece in pieces(file):
            if CONTROLS.search(piece):
                return False
            decoder.decode(piece)
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return False
    return True
