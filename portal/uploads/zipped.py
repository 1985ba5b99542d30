"""Office files are zips: looked into without unpacking more than a little, so that none can fill us up."""

import re
import zipfile
from typing import BinaryIO

from .unsuitable import Unsuitable, Why

ENTRIES = 5_000
UNPACKED = 500_000_000  # bytes that all of it may say to become
RATIO = 200  # times its size that one entry may become; a bomb is a thousand times and more
READ = 200_000  # bytes of the lists that we read ourselves
PACKED = 0x1  # the flag of an entry under a password
CONTENT_TYPES = "[Content_Types].xml"
OFFICE = re.compile(
    rb"application/vnd\.openxmlformats-officedocument\.(wordprocessingml\.document|spreadsheetml\.sheet)\.main\+xml"
)
OPEN_DOCUMENT = re.compile(r"application/vnd\.oasis\.opendocument\.(text|spreadsheet)")
MACROS = re.compile(r"(^|/)(vbaProject\.bin|Basic/|Scripts/)")


def format_of(file: BinaryIO) -> str:
    """The media type of an office file. Raises Unsuitable for any other zip."""
    try:
        with zipfile.ZipFile(file) as archive:
            return _format(archive)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, ValueError, OSError):
        raise Unsuitable(Why.BROKEN) from None
    except RuntimeError:  # how zipfile says that it wants a password
        raise Unsuitable(Why.PASSWORD) from None


def _format(archive: zipfile.ZipFile) -> str:
    entries = archive.infolist()
    names = {one.filename for one in entries}
    if any(one.flag_bits & PACKED for one in entries):
        raise Unsuitable(Why.PASSWORD)
    if len(entries) > ENTRIES or sum(one.file_size for one in entries) > UNPACKED:
        raise Unsuitable(Why.OTHER_KIND)
    if any(one.file_size > RATIO * max(one.compress_size, 1000) for one in entries):
        raise Unsuitable(Why.OTHER_KIND)
    if any(MACROS.search(name) for name in names):
        raise Unsuitable(Why.MACROS)
    if CONTENT_TYPES in names:
        found = OFFICE.search(_read(archive, CONTENT_TYPES))
        if found:
            return f"application/vnd.openxmlformats-officedocument.{found[1].decode()}"
        raise Unsuitable(Why.MACROS if b"macroEnabled" in _read(archive, CONTENT_TYPES) else Why.OTHER_KIND)
    if "mimetype" in names:
        told = _read(archive, "mimetype").decode("ascii", "replace").strip()
        if OPEN_DOCUMENT.fullmatch(told):
            manifest = "META-INF/manifest.xml"
            if manifest in names and b"encryption-data" in _read(archive, manifest):
                raise Unsuitable(Why.PASSWORD)
            return told
    raise Unsuitable(Why.OTHER_KIND)


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    """The beginning of one entry, however large it says to be."""
    with archive.open(name) as entry:
        return entry.read(READ)
