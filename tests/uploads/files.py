"""Small files of every kind, as programs make them; nothing in them is of anybody."""

import io
import struct
import zipfile
import zlib
from functools import cache

from pypdf import PdfWriter

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""What every scanner calls a virus, and is none."""
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(40) + b"\xff\xd9"
TEXT = "De dakkapel wordt 2,5 meter breed. Groeten, één bewoner.\n".encode()
OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
LOCKED_WORD = OLD_WORD + "EncryptedPackage".encode("utf-16-le")
HEIC = b"\x00\x00\x00\x18ftypheic" + bytes(40)


@cache
def pdf(user: str | None = None, algorithm: str = "AES-128", pages: int = 1) -> bytes:
    """A PDF; encrypted where a user's password is given, also an empty one."""
    writer, made = PdfWriter(), io.BytesIO()
    for _page in range(pages):
        writer.add_blank_page(200, 200)
    if user is not None:
        writer.encrypt(user, owner_password="alleen van ons", algorithm=algorithm)
    writer.write(made)
    return made.getvalue()


@cache
def png() -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + name + data + struct.pack("!I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack("!IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\x00\x00")) + chunk(b"IEND", b"")


def zip_of(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


def office(main: str, **more: bytes) -> bytes:
    """A Word or Excel file, by its main part."""
    kind = f"application/vnd.openxmlformats-officedocument.{main}.main+xml"
    types = f'<Types><Override PartName="/x.xml" ContentType="{kind}"/></Types>'.encode()
    return zip_of({"[Content_Types].xml": types, "x.xml": b"<x/>", **more})


def docx(**more: bytes) -> bytes:
    return office("wordprocessingml.document", **more)


RUNS = b'<Override PartName="/y.xml" ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
"""In the list of kinds: a part that may hold macros."""


def listing(more: bytes) -> bytes:
    """A Word file with more in its list of kinds than the main part."""
    kind = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = b'<Types><Override PartName="/x.xml" ContentType="' + kind + b'"/>' + more + b"</Types>"
    return zip_of({"[Content_Types].xml": types, "x.xml": b"<x/>"})


def odt(manifest: bytes = b"<manifest/>") -> bytes:
    return zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest})


def with_entries(number: int) -> bytes:
    """A Word file with so many parts more."""
    return docx(**{str(one): b"" for one in range(number)})


def broken_inside() -> bytes:
    """A Word file of which the list of kinds cannot be unpacked."""
    made = bytearray(docx())
    at = made.find(b"[Content_Types].xml") + len("[Content_Types].xml")
    made[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(made)


def packed_otherwise() -> bytes:
    """A Word file of some hundred bytes that says to unpack to a thousand, and unpacks to twenty million."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("[Content_Types].xml", bytes(20_000_000))
    packed = made.getvalue()
    at = packed.find(b"PK\x01\x02") + 24
    return packed[:at] + struct.pack("<L", 1000) + packed[at + 4 :]


def packed_with_password() -> bytes:
    """A zip whose entries say that they want a password."""
    made = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(mark)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(mark, place + 4)
    return bytes(made)
