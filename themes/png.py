"""A logo that exists as PNG only: taken apart, checked to the last byte, and put into an SVG.

Only what is needed to draw it is kept; a text, a profile, a thumbnail or what hangs behind the picture is
not. So the rest of the product knows one kind of logo.
"""

import base64
import struct
import zlib
from collections.abc import Iterator

from .refusal import ThemeRefused

SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWS = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND")
MOST_WIDE, MOST_HIGH = 2400, 1200
LEAST_HIGH = 96
"""Pixels; twice what the smallest header shows, so that it is sharp on a fine screen."""
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
"""Colour type to numbers a pixel."""


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
    width, height, depth, kind, _packing, _filter, interlaced = struct.unpack(">IIBBBBB", chunks[0][1])
    if not (0 < width <= MOST_WIDE and LEAST_HIGH <= height <= MOST_HIGH):
        raise Unfit(
            f"is {width} bij {height} pixels. Hij moet minstens {LEAST_HIGH} hoog zijn, "
            f"en hoogstens {MOST_WIDE} bij {MOST_HIGH}."
        )
    if interlaced or kind not in CHANNELS or depth not in {1, 2, 4, 8, 16}:
        raise Unfit("is op een manier bewaard die wij niet lezen. Bewaar hem zonder “interlaced”.")
    if any(name in {b"acTL", b"fcTL", b"fdAT"} for name, _data in chunks):
        raise Unfit("beweegt. Gebruik een plaatje dat stilstaat.")
    row = (width * CHANNELS[kind] * depth + 7) // 8 + 1
    _whole(b"".join(data for name, data in chunks if name == b"IDAT"), row * height)
    kept = b"".join(_chunk(name, data) for name, data in chunks if name in DRAWS)
    return SIGNATURE + kept, width, height


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


def _whole(packed: bytes, expected: int) -> None:
    """Unpack at most what the picture's size says; more would be a bomb, less a broken picture."""
    unpacker = zlib.decompressobj()
    try:
        found = len(unpacker.decompress(packed, expected + 1))
    except zlib.error:
        raise Unfit("is geen geldige PNG: de pixels zijn niet te lezen.") from None
    if found != expected or unpacker.unconsumed_tail or not unpacker.eof or unpacker.unused_data:
        raise Unfit("is geen geldige PNG: er staan meer of minder pixels in dan hij zegt.")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
