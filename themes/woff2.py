"""Whether a file is a WOFF2, as far as can be seen without unpacking it (W3C, WOFF 2.0, §4 and §5).

Proven: the header, and every entry of the table directory; that a font's own tables are there, each once
and with the length that is fixed for it, and none that does not belong; that the packed data fills the file
to its end; that its first block says no other size than the tables have together.
Not proven: that the data unpacks to these tables, or what they hold. There is no Brotli among the
requirements; a browser unpacks it with care, in its own process, into no more room than the directory
asks for (MOST_UNPACKED here), and drops a font that is wrong: a theme then shows its fallback.
"""

import re
import struct

HEADER = struct.Struct(">4sIIHHIIHHIIIII")
"""Signature, flavour, length, number of tables, reserved, size unpacked and packed, version, and where
metadata and private data are."""
TRUETYPE, OPENTYPE = 0x00010000, 0x4F54544F
MOST_UNPACKED = 2_000_000
LEAST_PART = 1 << 14
"""No packer makes smaller parts of what does not go into one."""
KNOWN = (  # noqa: SIM905 - sixty lines otherwise
    "cmap head hhea hmtx maxp name OS/2 post cvt fpgm glyf loca prep CFF VORG EBDT EBLC gasp hdmx kern LTSH "
    "PCLT VDMX vhea vmtx BASE GDEF GPOS GSUB EBSC JSTF MATH CBDT CBLC COLR CPAL SVG sbix acnt avar bdat bloc "
    "bsln cvar fdsc feat fmtx fvar gvar hsty just lcar mort morx opbd prop trak Zapf Silf Glat Gloc Feat Sill"
).split()
"""Tables by their number, in the order of the standard."""
BY_NAME = frozenset({"HVAR", "MVAR", "STAT", "VVAR", "CFF2", "DSIG", "FFTM", "TTFA", "meta"})
"""Tables that have no number."""
PICTURES = frozenset({"SVG", "sbix", "CBDT", "CBLC", "EBDT", "EBLC", "EBSC", "bdat", "bloc"})
CHANGES = {("glyf", 0), ("loca", 0), ("hmtx", 1)}
"""Tables that may be packed in another form (§5), and the number of that form."""
NEEDED = frozenset({"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post"})
FIXED = {"head": {54}, "hhea": {36}, "maxp": {6, 32}}
"""Lengths that a table has in every font."""


class Broken(Exception):
    """Why a font is not taken, as the rest of a sentence."""


def fault(data: bytes) -> str:
    """What is wrong with a WOFF2, as the rest of a sentence; empty when nothing is."""
    if data[:4] != b"wOF2":
        return "is geen WOFF2. Zet een ttf of otf eerst om."
    if len(data) < HEADER.size:
        return "is afgebroken."
    _, flavour, length, tables, reserved, unpacked, packed, *more = HEADER.unpack_from(data)
    if flavour not in {TRUETYPE, OPENTYPE}:
        return "is geen los lettertype van TrueType of OpenType."
    if length != len(data) or packed > length or reserved or not tables:
        return "is niet heel: de lengte klopt niet."
    if any(more[2:]):
        return "draagt gegevens mee die niet bij de letters horen. Maak het opnieuw, zonder metadata."
    if unpacked > MOST_UNPACKED:
        return "is uitgepakt te groot."
    try:
        start, total = directory(data, tables, flavour)
    except (Broken, IndexError) as broken:
        return str(broken) if isinstance(broken, Broken) else "is afgebroken."
    behind = data[start + packed :]
    if start + packed > length or len(behind) > 3 or any(behind):
        return "is niet heel: de lengte klopt niet."
    if not begins_well(data[start : start + packed], total):
        return "is niet heel: de letters zijn niet te lezen."
    return ""


def directory(data: bytes, tables: int, flavour: int) -> tuple[int, int]:
    """Where the table directory ends, and how long the tables are together as they were packed.

    Raises Broken, and IndexError when the file ends first.
    """
    at, total, unpacked = HEADER.size, 0, 0
    found: dict[str, int] = {}
    for _ in range(tables):
        number, form = data[at] & 63, data[at] >> 6
        at += 1
        if number < len(KNOWN):
            tag = KNOWN[number]
        else:
            tag, at = re.sub(r"[^!-~]", "?", data[at : at + 4].decode("latin-1")), at + 4
        if tag in PICTURES or (number == len(KNOWN) and tag not in BY_NAME):
            raise Broken(f"bevat een onderdeel dat niet bij letters hoort (“{tag}”).")
        size, at = base128(data, at)
        if tag in found or size not in FIXED.get(tag, {size}) or not size:
            raise Broken(f"is niet heel: onderdeel “{tag}” klopt niet.")
        found[tag] = form
        unpacked += size
        # The shapes are changed unless it says otherwise, all else only when it says so.
        changed = form == 0 if tag in {"glyf", "loca"} else form != 0
        if form == 2 or (changed and (tag, form) not in CHANGES):
            raise Broken(f"is niet heel: onderdeel “{tag}” klopt niet.")
        if changed:
            size, at = base128(data, at)
        if tag == "loca" and changed and size:
            raise Broken("is niet heel: onderdeel “loca” klopt niet.")
        total += size
    shapes = {"glyf", "loca"} if flavour == TRUETYPE else {"CFF2"} if "CFF2" in found else {"CFF"}
    if missing := sorted((NEEDED | shapes) - found.keys()):
        raise Broken(f"is niet heel: “{missing[0]}” ontbreekt.")
    if found.get("glyf") != found.get("loca"):
        raise Broken("is niet heel: onderdeel “loca” klopt niet.")
    if max(total, unpacked) > MOST_UNPACKED:
        raise Broken("is uitgepakt te groot.")
    return at, total


def base128(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to five bytes (§4.1), and where it ends."""
    value = 0
    for step in range(5):
        value = value << 7 | data[at + step] & 127
        if data[at] == 0x80:
            break  # a zero in front
        if data[at + step] < 128:
            return value, at + step + 1
    raise Broken("is niet heel: een lengte klopt niet.")


def begins_well(packed: bytes, total: int) -> bool:
    """Whether Brotli's first block (RFC 7932, §9.1 and §9.2) has a size that these tables can have."""
    bits = int.from_bytes(packed[:8], "little")
    # How far back it may refer takes one bit, four or seven; 17 says larger than the standard knows.
    bits >>= 1 if not bits & 1 else 4 if bits >> 1 & 7 else 7
    last, empty = bool(bits & 1), bits & 3 == 3
    bits >>= 2 if last else 1  # only a last block says whether it is empty
    nibbles = 4 + (bits & 3)
    if empty or nibbles == 7:
        return False  # nothing, or a block that unpacks to nothing
    size = (bits >> 2 & (1 << 4 * nibbles) - 1) + 1
    return size == total if last else LEAST_PART <= size <= total
