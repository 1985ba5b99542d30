"""A logo that exists as PNG only: taken apart, checked to the last byte, and put into an SVG.

Checked as the standard has it (PNG, third edition, W3C 2025): a browser mends or skips a picture that is
wrong, but what sets receipts fails on it, and with it every PDF of a municipality.
Only what is needed to draw it is kept; a text, a profile, a thumbnail or what hangs behind the picture is
not. So the rest of the product knows one kind of logo.
"""

import base64
import struct
import zlib
from collections.abc import Iterator
from itertools import groupby

from .logo import ratio_fault
from .refusal import ThemeRefused, shown

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
MOST_WIDE, MOST_HIGH = 2400, 1200
LEAST_HIGH = 96
"""Pixels; twice what the smallest header shows, so that it is sharp on a fine screen."""
GREY, RGB, INDEXED, GREY_ALPHA, RGBA = 0, 2, 3, 4, 6
CHANNELS = {GREY: 1, RGB: 3, INDEXED: 1, GREY_ALPHA: 2, RGBA: 4}
"""Colour type to numbers a pixel."""
DEPTHS = {
    GREY: (1, 2, 4, 8, 16), RGB: (8, 16), INDEXED: (1, 2, 4, 8), GREY_ALPHA: (8, 16), RGBA: (8, 16)
}  # fmt: skip
"""Colour type to the bits that a number may have (§11.2.1)."""
CLEAR = {GREY: 2, RGB: 6}
"""Colour type to the length of tRNS where it names one colour (§11.3.1.1)."""
FILTERS = b"\0\1\2\3\4"  # §9.2, the first byte of each row


def as_svg(content: bytes, where: str = "logo.png") -> str:
    """The picture in an SVG of its own size. Raises ThemeRefused."""
    try:
        picture, width, height = _clean(content)
    except Unfit as unfit:
        raise ThemeRefused([f"{where} {unfit}"]) from None
    data = base64.b64encode(picture).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<image width="{width}" height="{height}" href="data:image/png;base64,{data}"/></svg>\n'
    )


class Unfit(Exception):
    """Why a picture is not taken, as the rest of a sentence."""


def _clean(content: bytes) -> tuple[bytes, int, int]:
    chunks = list(_chunks(content))
    if not chunks or chunks[0][0] != b"IHDR" or len(chunks[0][1]) != 13:
        raise Unfit("is geen geldige PNG: het begin klopt niet.")
    width, height, depth, kind, packing, filtering, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not (0 < width <= MOST_WIDE and LEAST_HIGH <= height <= MOST_HIGH):
        raise Unfit(
            f"is {width} bij {height} pixels. Hij moet minstens {LEAST_HIGH} hoog zijn, "
            f"en hoogstens {MOST_WIDE} bij {MOST_HIGH}."
        )
    if fault := ratio_fault(width, height):
        raise Unfit(fault)
    if packing or filtering or interlaced or depth not in DEPTHS.get(kind, ()):
        raise Unfit("is op een manier bewaard die wij niet lezen. Bewaar hem zonder “interlaced”.")
    if any(name in {b"acTL", b"fcTL", b"fdAT"} for name, _data in chunks):
        raise Unfit("beweegt. Gebruik een plaatje dat stilstaat.")
    if fault := _fault(chunks, kind, depth):
        raise Unfit(f"is geen geldige PNG: {fault}.")
    row = (width * CHANNELS[kind] * depth + 7) // 8 + 1
    pixels = _whole(b"".join(data for name, data in chunks if name == b"IDAT"), row * height)
    if pixels[::row].strip(FILTERS):
        raise Unfit("is geen geldige PNG: de pixels zijn niet te lezen.")
    kept = b"".join(_chunk(name, data) for name, data in chunks if name in DRAWS)
    return SIGNATURE + kept, width, height


def _fault(chunks: list[tuple[bytes, bytes]], kind: int, depth: int) -> str:
    """What is wrong with which parts there are, in which order, and with their lengths (§5.6)."""
    names = [name for name, _data in chunks]
    if unknown := [name for name in names if name not in DRAWS and not name[:1].islower()]:
        return f"onderdeel “{shown(unknown[0].decode('latin-1'))}” kennen wij niet"
    # Only the pixels may be in more parts, with nothing between these.
    runs = [(name, len(list(same))) for name, same in groupby(names) if name in DRAWS]
    if [name for name, _many in runs] != [name for name in DRAWS if name in names]:
        return "de onderdelen staan in de verkeerde volgorde"
    if any(many > 1 for name, many in runs if name != b"IDAT"):
        return "een onderdeel staat er twee keer in"
    parts = dict(chunks)
    colours, clear = len(parts.get(b"PLTE", b"")), len(parts.get(b"tRNS", b""))
    if b"PLTE" in parts and (kind in {GREY, GREY_ALPHA} or colours % 3 or not 3 <= colours <= 3 << 8):
        return "de lijst met kleuren klopt niet"
    if kind == INDEXED and not 3 <= colours <= 3 << depth:
        return "de lijst met kleuren ontbreekt of is te lang"
    if b"tRNS" in parts and not (3 <= 3 * clear <= colours if kind == INDEXED else clear == CLEAR.get(kind)):
        return "wat er doorzichtig is, klopt niet"
    return "na het einde staat nog iets" if parts[b"IEND"] else ""


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    if not content.startswith(SIGNATURE):
        raise Unfit("is geen PNG.")
    at = len(SIGNATURE)
    while at < len(content):
        if len(content) < at + 12:
            raise Unfit("is geen geldige PNG: hij is afgebroken.")
        (length,) = struct.unpack_from(">I", content, at)
        name, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        (check,) = struct.unpack_from(">I", content[at + 8 + length : at + 12 + length].ljust(4, b"\0"))
        if len(data) != length or check != zlib.crc32(name + data):
            raise Unfit("is geen geldige PNG: hij is beschadigd.")
        yield name, data
        at += 12 + length
        if name == b"IEND":
            if at != len(content):
                raise Unfit("gaat na het plaatje nog door met iets anders.")
            return
    raise Unfit("is geen geldige PNG: hij is afgebroken.")


def _whole(packed: bytes, expected: int) -> bytes:
    """Unpack at most what the picture's size says; more would be a bomb, less a broken picture."""
    unpacker = zlib.decompressobj()
    try:
        found = unpacker.decompress(packed, expected + 1)
    except zlib.error:
        raise Unfit("is geen geldige PNG: de pixels zijn niet te lezen.") from None
    if len(found) != expected or unpacker.unconsumed_tail or not unpacker.eof or unpacker.unused_data:
        raise Unfit("is geen geldige PNG: er staan meer of minder pixels in dan hij zegt.")
    return found


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
