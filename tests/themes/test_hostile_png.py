"""PNGs that browsers mend or skip: refused here, since every letter and receipt would fail on them."""

import struct
import zlib

import pytest

from tests.themes.test_hostile import png, with_png
from themes.drawn import drawn
from themes.folder import read_folder
from themes.png import SIGNATURE, as_svg
from themes.refusal import ThemeRefused

WIDE, HIGH = 120, 96
LISTED = bytes(range(6))


def chunk(name: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def head(depth: int = 8, kind: int = 2, packing: int = 0, filtering: int = 0, interlaced: int = 0) -> bytes:
    return chunk(b"IHDR", struct.pack(">IIBBBBB", WIDE, HIGH, depth, kind, packing, filtering, interlaced))


def data(depth: int = 8, kind: int = 2, filtered: int = 0) -> bytes:
    """The pixels, of which the last row says that it was filtered in this way."""
    row = (WIDE * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[kind] * depth + 7) // 8
    colour = b"\0" if kind == 3 else b"\x55"
    return zlib.compress((b"\0" + colour * row) * (HIGH - 1) + bytes([filtered]) + colour * row)


def picture(*parts: bytes, of: bytes | None = None, pixels: bytes | None = None) -> bytes:
    """With these parts between the head and the pixels."""
    inside = chunk(b"IDAT", data() if pixels is None else pixels)
    return SIGNATURE + (head() if of is None else of) + b"".join(parts) + inside + chunk(b"IEND")


def coloured(*parts: bytes, depth: int = 8) -> bytes:
    """With a list of colours."""
    return picture(*parts, of=head(depth, 3), pixels=data(depth, 3))


PLTE, TRNS = chunk(b"PLTE", LISTED), chunk(b"tRNS", b"\x80\x80")
FIRST, REST = data()[:20], data()[20:]
WRONG = {
    "a filter that is none": picture(pixels=data(filtered=9)),
    "colours without a list": coloured(),
    "half a colour in the list": coloured(chunk(b"PLTE", LISTED[:4])),
    "an empty list": coloured(chunk(b"PLTE")),
    "more colours than the pixels can name": coloured(chunk(b"PLTE", bytes(9)), depth=1),
    "more colours than there are": picture(chunk(b"PLTE", bytes(3 * 257))),
    "a list where there is no colour": picture(PLTE, of=head(8, 0), pixels=data(8, 0)),
    "two lists": coloured(PLTE, PLTE),
    "a list after the pixels": SIGNATURE + head(8, 3) + chunk(b"IDAT", data(8, 3)) + PLTE + chunk(b"IEND"),
    "more that is seen through than colours": coloured(PLTE, chunk(b"tRNS", bytes(3))),
    "nothing that is seen through": coloured(PLTE, chunk(b"tRNS")),
    "what is seen through before the colours": coloured(TRNS, PLTE),
    "half a colour that is seen through": picture(TRNS),
    "what is seen through twice": picture(TRNS, of=head(8, 6), pixels=data(8, 6)),
    "three numbers of one bit": picture(of=head(1, 2), pixels=data(1, 2)),
    "sixteen bits for a place in a list": coloured(PLTE, depth=16),
    "numbers of three bits": picture(of=head(3, 0), pixels=data(3, 0)),
    "a kind of colour that is none": picture(of=head(8, 5)),
    "an unknown way of packing": picture(of=head(packing=7)),
    "an unknown set of filters": picture(of=head(filtering=7)),
    "an unknown way of interlacing": picture(of=head(interlaced=2)),
    "two heads": picture(head()),
    "a head of another length": picture(of=chunk(b"IHDR", bytes(12))),
    "a part that must be known": picture(chunk(b"EVIL", b"x")),
    "a part whose name is none": picture(chunk(b"\x1b[2J", b"x")),
    "pixels with something between": picture(chunk(b"IDAT", FIRST), chunk(b"tEXt", b"x"), pixels=REST),
    "no pixels": SIGNATURE + head() + chunk(b"IEND"),
    "an end that holds more": picture()[:-12] + chunk(b"IEND", b"x"),
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG.keys())
def test_a_picture_that_breaks_the_standard_is_refused(content):
    with pytest.raises(ThemeRefused, match=r"geen geldige PNG|op een manier bewaard"):
        as_svg(content)


@pytest.mark.parametrize(("wide", "high"), [(961, 96), (1, 1200), (99, 200)])
def test_a_picture_that_is_too_long_or_too_high_is_refused(wide, high):
    with pytest.raises(ThemeRefused, match="10 keer zo breed als hoog, en 2 keer zo hoog als breed"):
        as_svg(png(wide, high))


def test_a_picture_of_just_that_shape_is_taken():
    assert as_svg(png(960, 96))
    assert as_svg(png(100, 200))


RIGHT = {
    "in colour": picture(),
    "with a hint of colours": picture(PLTE),
    "with one colour that is seen through": picture(chunk(b"tRNS", bytes(6))),
    "with a list": coloured(PLTE, TRNS),
    "with a list of two": coloured(PLTE, depth=1),
    "in parts": picture(chunk(b"IDAT", FIRST), pixels=REST),
    "with a text": picture(chunk(b"tEXt", b"x")),
    "filtered": picture(pixels=data(filtered=4)),
    **{
        f"of kind {kind} in {depth} bits": picture(of=head(depth, kind), pixels=data(depth, kind))
        for kind, depth in [(0, 1), (0, 2), (0, 4), (0, 16), (2, 16), (4, 8), (4, 16), (6, 8), (6, 16)]
    },
}


@pytest.mark.parametrize("content", RIGHT.values(), ids=RIGHT.keys())
def test_a_picture_that_keeps_the_standard_is_taken_and_prints(content):
    assert drawn(as_svg(content), "logo.png")


def test_a_picture_that_is_all_see_through_is_refused(folder):
    clear = picture(of=head(8, 6), pixels=zlib.compress(bytes((4 * WIDE + 1) * HIGH)))
    with pytest.raises(ThemeRefused, match=r"logo\.png is leeg"):
        read_folder(folder(**with_png(clear)))


def test_what_receipts_cannot_draw_is_refused_whatever_it_is(folder, monkeypatch):
    monkeypatch.setattr("themes.png._fault", lambda *_: "")
    with pytest.raises(ThemeRefused, match=r"logo\.png is niet af te drukken"):
        read_folder(folder(**with_png(coloured())))
