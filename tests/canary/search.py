"""Looks for BSNs in whatever was left behind: plain, encoded, inside tokens, or hashed without a key."""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b")
TOKEN = re.compile(rb"[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*){1,4}")
LONGEST = 64 * 1024 * 1024  # bytes of one file; ours are far smaller


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a BSN was found, and in which guise; never the number itself."""

    where: str
    guise: str


def needles(bsn: str) -> dict[bytes, str]:
    """Every way the number may lie somewhere, by the bytes to look for."""
    plain = bsn.encode()
    halves = (bsn[:4], bsn[4:6], bsn[6:])
    spaced = (".".join(halves), " ".join(halves), f"{bsn[:3]} {bsn[3:6]} {bsn[6:]}")
    found = {
        plain: "plain",
        bsn[::-1].encode(): "reversed",
        bsn.encode("utf-16-le"): "utf-16",
        "".join(f"%{byte:02X}" for byte in plain).encode(): "percent",
        "".join(f"%{byte:02x}" for byte in plain).encode(): "percent",
        "".join(f"\\u{byte:04x}" for byte in plain).encode(): "escaped",
        "".join(f"&#{byte};" for byte in plain).encode(): "entities",
        plain.hex().encode(): "hex",
        f"{int(bsn):x}".encode(): "number in hex",
        **{form.encode(): "spaced" for form in spaced},
        **dict.fromkeys(_in_base64(plain), "base64"),
    }
    for name in HASHES:
        digest = hashlib.new(name, plain).digest()
        found |= {
            digest: f"{name}",
            digest.hex().encode(): f"{name} in hex",
            digest.hex().upper().encode(): f"{name} in hex",
            base64.b64encode(digest).rstrip(b"="): f"{name} in base64",
            base64.urlsafe_b64encode(digest).rstrip(b"="): f"{name} in base64",
        }
    return found


def _in_base64(plain: bytes) -> Iterator[bytes]:
    """The part of its base64 that does not depend on what stands before and after, at each alignment."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + plain)
        first = (before * 8 + 5) // 6
        whole = (before + len(plain)) * 8 // 6
        yield encoded[first:whole]


class Canary:
    """All guises of a set of BSNs in one pattern, so that a large dump is read once."""

    def __init__(self, bsns: Iterable[str]) -> None:
        self._guises: dict[bytes, str] = {}
        for bsn in bsns:
            self._guises |= needles(bsn)
        alternatives = sorted(self._guises, key=len, reverse=True)
        self._pattern = re.compile(b"|".join(re.escape(needle) for needle in alternatives))

    def hits(self, where: str, content: bytes) -> list[Hit]:
        """What is found in a piece of content, also inside its tokens."""
        found = [Hit(where, self._guises[match.group()]) for match in self._pattern.finditer(content)]
        for token in TOKEN.finditer(content):
            for segment in _segments(token.group()):
                found += [
                    Hit(where, f"{self._guises[match.group()]} in a token")
                    for match in self._pattern.finditer(segment)
                ]
        return found

    def hits_in_folder(self, folder: Path, *, leave_out: Iterable[str] = ()) -> list[Hit]:
        """What is found in all files below a folder, but for the folders named."""
        left_out = set(leave_out)
        found = []
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if left_out.intersection(inside.parts) or not path.is_file():
                continue
            if path.stat().st_size <= LONGEST:
                found += self.hits(str(inside), path.read_bytes())
            found += self.hits(f"name of {inside.parent}", path.name.encode())
        return found


def _segments(token: bytes) -> Iterator[bytes]:
    for segment in token.split(b"."):
        try:
            yield base64.urlsafe_b64decode(segment + b"=" * (-len(segment) % 4))
        except (binascii.Error, ValueError):
            continue
