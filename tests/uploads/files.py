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


def odt(manifest: bytes = b"<manifest/>") -> bytes:
    return zip_of({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest})


def packed_with_password() -> bytes:
    """A zip whose entries say that they want a password."""
    made = bytearray(docx())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = made.find(mark)
        while place >= 0:
            made[place + at] |= 1
            place = made.find(mark, place + 4)
    return bytes(made)
