"""Office files are zips: looked into without unpacking more than a little, so that none can fill us up."""

import re
import zipfile
import zlib
from typing import BinaryIO

from .pieces import pieces
from .unsuitable import Unsuitable, Why

ENTRIES = 5_000
UNPACKED = 500_000_000  # bytes that all of it may say to become
RATIO = 200  # times its size that one entry may become; a bomb is a thousand times and more
READ = 1_000_000  # bytes of the lists that we read ourselves; of a longer one we would miss the end
PACKED = 0x1  # the flag of an entry under a password
ENTRY = b"PK\x01\x02"
"""Begins each entry of the list at the end. Python reads it whole: a million of them fill a process."""
PACKING = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""How office files pack. Of others Python unpacks as much as there is: of 600 bytes a gigabyte."""
BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError,
)  # fmt: skip
CONTENT_TYPES = "[Content_Types].xml"
OFFICE = re.compile(
    rb"application/vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet)\.main\+xml"
)
OPEN_DOCUMENT = re.compile(r"application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/)", re.IGNORECASE)
OF_MACROS = re.compile(rb"macroEnabled|macrosheet|vbaProject", re.IGNORECASE)
"""Kinds of parts that run, whatever other parts the list names and however they are called."""
HIDDEN = re.compile(rb"&#|<!")
"""Ways to write a word so that it is not seen; no program needs them in a list of kinds."""


def format_of(file: BinaryIO) -> str:
    """The media type of an office file. Raises Unsuitable for any other zip."""
    if sum(piece.count(ENTRY) for piece in pieces(file, len(ENTRY) - 1)) > ENTRIES:
        raise Unsuitable(Why.OTHER_KIND)
    try:
        with zipfile.ZipFile(file) as archive:
            return _format(archive)
    except BROKEN:
        raise Unsuitable(Why.BROKEN) from None
    except RuntimeError:  # how zipfile says that it wants a password
        raise Unsuitable(Why.PASSWORD) from None


def _format(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    names = {one.filename for one in entries}
    if any(one.flag_bits & PACKED for one in entries):
        raise Unsuitable(Why.PASSWORD)
    if sum(one.file_size for one in entries) > UNPACKED:
        raise Unsuitable(Why.OTHER_KIND)
    if any(one.compress_type not in PACKING for one in entries):
        raise Unsuitable(Why.OTHER_KIND)
    if any(one.file_size > RATIO * max(one.compress_size, 1000) for one in entries):
        raise Unsuitable(Why.OTHER_KIND)
    if any(MACROS.search(name) for name in names):
        raise Unsuitable(Why.MACROS)
    if CONTENT_TYPES in names:
        listed = _read(archive, CONTENT_TYPES)
        if OF_MACROS.search(listed):
            raise Unsuitable(Why.MACROS)
        found = OFFICE.search(listed)
        if found is None or HIDDEN.search(listed):
            raise Unsuitable(Why.OTHER_KIND)
        return f"application/vnd.openxmlformats-officedocument.{found[1].decode()}"
    if "mimetype" in names:
        told = _read(archive, "mimetype").decode("ascii", "replace").strip()
        if OPEN_DOCUMENT.fullmatch(told):
            manifest = "META-INF/manifest.xml"
            if manifest in names and b"encryption-data" in _read(archive, manifest):
                raise Unsuitable(Why.PASSWORD)
            return told
    raise Unsuitable(Why.OTHER_KIND)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """One entry, however large it says to be. Raises Unsuitable where it is too large to be read whole."""
    with archive.open(name) as entry:
        found = entry.read(READ + 1)
    if len(found) > READ:
        raise Unsuitable(Why.OTHER_KIND)
    return found
