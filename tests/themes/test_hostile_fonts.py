"""Files that call themselves a typeface: the header alone makes none."""

import struct
from pathlib import Path

import pytest

from tests.themes.test_hostile import font, woff2
from themes.folder import read_folder
from themes.made_of import fonts_of
from themes.refusal import ThemeRefused
from themes.woff2 import BY_NAME, HEADER, KNOWN, TRUETYPE, fault

FONTS = Path(__file__).parents[2] / "themes/static/themes/fonts"
PLAIN = {
    "cmap": 90, "head": 54, "hhea": 36, "hmtx": 80, "maxp": 32, "name": 70, "OS/2": 96, "post": 32,
    "glyf": 300, "loca": 60,
}  # fmt: skip


def entry(tag: str, size: int, form: int = 0) -> bytes:
    number, name = (KNOWN.index(tag), b"") if tag in KNOWN else (63, tag.encode())
    if tag in {"glyf", "loca"} and form == 0:
        return bytes([number | form << 6]) + name + base128(size) + base128(size if tag == "glyf" else 0)
    return bytes([number | form << 6]) + name + base128(size) + (base128(size) if form == 1 else b"")


def base128(value: int) -> bytes:
    parts = [value & 127]
    while value := value >> 7:
        parts.insert(0, value & 127 | 128)
    return bytes(parts)


def packed(total: int, last: int = 1) -> bytes:
    """The start of a stream of Brotli that is one block of this size, and something after it."""
    bits = 0b1011 | last << 4
    bits |= total - 1 << 8 if last else total - 1 << 7
    return bits.to_bytes(4, "little") + b"letters!"


def whole(
    *entries: bytes, flavour: int = TRUETYPE, stream: bytes | None = None, behind: bytes = b""
) -> bytes:
    """A WOFF2 that is right to the eye, with these entries after or instead of those that belong."""
    listed = entries or tuple(entry(*one) for one in PLAIN.items())
    total = sum(PLAIN.values()) - PLAIN["loca"]
    stream = packed(total) if stream is None else stream
    body = b"".join(listed) + stream
    length = HEADER.size + len(body) + len(behind)
    numbers = (flavour, length, len(listed), 0, 4000, len(stream), 1, 0, 0, 0, 0, 0, 0)
    return struct.pack(HEADER.format, b"wOF2", *numbers) + body + behind


def listed(**other: bytes | None) -> list[bytes]:
    """The entries of a font, with one changed or left out."""
    entries = {tag: entry(tag, size) for tag, size in PLAIN.items()}
    return [one for one in {**entries, **other}.values() if one]


TOTAL = sum(PLAIN.values()) - PLAIN["loca"]
HOSTILE = {
    "nothing but a header": (woff2(), "klopt niet"),
    "a page behind a header": (woff2()[:48] + b"<script>alert(1)</script>".ljust(100), "klopt niet"),
    "a page behind a directory": (whole(stream=b"<script>alert(1)</script>"), "niet te lezen"),
    "zeros behind a directory that say they are all": (
        whole(stream=b"\x1b" + bytes(40)),
        "niet te lezen",
    ),
    "zeros behind a directory": (whole(stream=bytes(40)), "niet te lezen"),
    "another size than its tables": (whole(stream=packed(TOTAL + 1)), "niet te lezen"),
    "a first part larger than its tables": (whole(stream=packed(TOTAL + 1, last=0)), "niet te lezen"),
    "a block of something else": (whole(stream=b"\xfb" + bytes(40)), "niet te lezen"),
    "something after the letters": (whole(behind=b"PK\x03\x04"), "lengte klopt niet"),
    "one byte after the letters": (whole(behind=b"P"), "lengte klopt niet"),
    "a table twice": (whole(*listed(), entry("cmap", 90)), "“cmap” klopt niet"),
    "no map of letters": (whole(*listed(cmap=None)), "“cmap” ontbreekt"),
    "no shapes": (whole(*listed(glyf=None)), "“glyf” ontbreekt"),
    "shapes of another kind": (whole(flavour=0x4F54544F), "“CFF” ontbreekt"),
    "a head of another length": (whole(*listed(head=entry("head", 55))), "“head” klopt niet"),
    "a table without length": (whole(*listed(name=entry("name", 0))), "“name” klopt niet"),
    "a table changed in no known way": (whole(*listed(post=entry("post", 32, 1))), "“post” klopt niet"),
    "shapes without their places": (whole(*listed(loca=entry("loca", 60, 3))), "“loca” klopt niet"),
    "a table of its own": (whole(*listed(), entry("evil", 9)), "(“evil”)"),
    "a table that clears the screen": (whole(*listed(), entry("\x1b[2J", 9)), "(“?[2J”)"),
    "pictures": (whole(*listed(), entry("SVG", 900)), "(“SVG”)"),
    "a table without end": (whole(*listed(GSUB=entry("GSUB", 4_000_000))), "uitgepakt te groot"),
    "a length that is no length": (whole(*listed(name=b"\x05\x80\x01")), "een lengte klopt niet"),
    "a length of six bytes": (whole(*listed(name=b"\x05" + b"\xff" * 5 + b"\1")), "een lengte klopt niet"),
    "a directory that is cut off": (
        whole(entry("cmap", 90), entry("head", 54)[:1], stream=b""),
        "afgebroken",
    ),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_file_that_is_no_whole_typeface_is_refused(data, reason):
    assert reason in fault(data)


def test_the_same_file_without_anything_wrong_is_taken():
    assert fault(whole()) == ""
    assert fault(whole(behind=b"\0\0")) == ""
    large = listed(glyf=entry("glyf", 30_000))
    assert fault(whole(*large, stream=packed(20_000, last=0))) == ""
    assert fault(whole(*listed(STAT=None), stream=packed(TOTAL))) == ""


@pytest.mark.parametrize("tag", sorted(BY_NAME))
def test_a_table_for_letters_is_taken(tag):
    assert fault(whole(*listed(), entry(tag, 9), stream=packed(TOTAL + 9))) == ""


def test_every_typeface_that_we_ship_is_taken():
    found = {path.name: fault(path.read_bytes()) for path in FONTS.glob("*.woff2")}
    assert found
    assert not any(found.values())


def test_a_header_with_a_page_behind_it_makes_no_theme(folder):
    with pytest.raises(ThemeRefused, match=r"fonts/a\.woff2"):
        read_folder(folder(**font(woff2()[:48] + b"<script>alert(1)</script>".ljust(100))))


OWN = (FONTS / fonts_of("zilla-slab")[0]["file"]).read_bytes()


@pytest.mark.parametrize("family", ["Inter", "inter", "INTER ", "Source  Sans 3"])
def test_a_typeface_that_is_called_as_one_of_ours_is_refused(folder, family):
    with pytest.raises(ThemeRefused, match=r"is al de naam van (inter|source-sans-3)"):
        read_folder(folder(**font(OWN, family=family)))


def test_two_typefaces_of_one_name_are_refused(folder):
    files = font(OWN)
    again = str(files["theme_toml"]).replace(
        "[logo]",
        '[fonts.own.ander]\nfamily = "proefletter"\nregular = "a.woff2"\nlicence = "Van onszelf"\n[logo]',
    )
    with pytest.raises(ThemeRefused, match="“proefletter” is al de naam van eigen"):
        read_folder(folder(**{**files, "theme_toml": again}))
