"""Looks for BSNs in whatever was left behind: plain, encoded, inside tokens, or hashed without a key.

What may be a number in some guise is found by its form, read, and looked up in a set: one pass a guise,
so that a database's files take seconds.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

NOBODYS = ("1", "4", "5", "static")
"""In the folder of an installation: the databases that PostgreSQL makes for itself (template1, template0 and
postgres), and what is only a copy of our own files."""
HASHES = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "blake2b")
SHORTEST_HASH = 16  # bytes; enough of the longer ones to know them by
DIGITS = re.compile(rb"[0-9]{9,}")
NOTHING = re.compile(rb"\0{32,}")


@dataclass(frozen=True, slots=True)
class Hit:
    """Where a BSN was found, and in which guise; never the number itself."""

    where: str
    guise: str


def _only_digits(found: bytes) -> Iterator[bytes]:
    yield re.sub(rb"[^0-9]", b"", found)


def _each_pair(mark: bytes) -> Callable[[bytes], Iterator[bytes]]:
    """Digits written by their code: `%39`, `\\u0039`, `39`; the mark stands before each digit."""
    return lambda found: iter([found.lower().replace(mark, b"")])


def _by_number(found: bytes) -> Iterator[bytes]:
    numbers = re.findall(rb"&#(x?)([0-9]+);", found)
    yield bytes(int(number, 16 if mark else 10) for mark, number in numbers)


def _from_hex(found: bytes) -> Iterator[bytes]:
    for start in (0, 1):
        part = found[start:]
        yield bytes.fromhex(part[: len(part) // 2 * 2].decode())


def _from_base64(found: bytes) -> Iterator[bytes]:
    plain = found.replace(b"-", b"+").replace(b"_", b"/")
    for start in range(4):
        part = plain[start:]
        part = part[:-1] if len(part) % 4 == 1 else part  # one sign alone is less than a byte
        yield base64.b64decode(part + b"=" * (-len(part) % 4))


GUISES: list[tuple[str, re.Pattern[bytes], Callable[[bytes], Iterator[bytes]]]] = [
    ("plain", DIGITS, _only_digits),
    ("spaced", re.compile(rb"[0-9]{3,4}[. ][0-9]{2,3}[. ][0-9]{3}"), _only_digits),
    ("percent", re.compile(rb"(?:%3[0-9]){9,}"), _each_pair(b"%3")),
    ("escaped", re.compile(rb"(?:\\u003[0-9]){9,}"), _each_pair(b"\\u003")),
    ("entities", re.compile(rb"(?:&#x?[0-9]{2};){9,}"), _by_number),
    ("utf-16", re.compile(rb"(?:[0-9]\0){9,}"), _only_digits),
    ("hex", re.compile(rb"[0-9a-fA-F]{18,}"), _from_hex),
    ("base64", re.compile(rb"[A-Za-z0-9+/_-]{12,}"), _from_base64),
]


class Canary:
    """A set of BSNs, and what each becomes when somebody hashes it without a key."""

    def __init__(self, bsns: Iterable[str]) -> None:
        known = [bsn.encode() for bsn in bsns]
        self._numbers = {*known, *(number[::-1] for number in known)}
        self._hashes = {
            hashlib.new(name, number).digest()[:SHORTEST_HASH]: name for number in known for name in HASHES
        }
        # One pass for all of them, that looks further only where three bytes may begin one.
        begins = b"".join(
            b"[" + b"".join(re.escape(one[at : at + 1]) for one in self._hashes) + b"]" for at in range(3)
        )
        self._any_hash = re.compile(
            b"(?=" + begins + b")(?:" + b"|".join(map(re.escape, self._hashes)) + b")"
        )

    def hits(self, where: str, content: bytes) -> list[Hit]:
        """What is found in a piece of content, also inside its tokens."""
        content = NOTHING.sub(b"\0", content)
        found = [Hit(where, name) for name in self._hashed(content)]
        for guise, pattern, read in GUISES:
            for match in pattern.finditer(content):
                for candidate in read(match.group()):
                    if self._numbers_in(candidate):
                        found.append(Hit(where, guise))
                    found += [Hit(where, f"{name} in {guise}") for name in self._hashed(candidate)]
        return found

    def hits_in_folder(self, folder: Path, *, leave_out: Iterable[str] = ()) -> list[Hit]:
        """What is found in all files below a folder, and in their names, but for the folders named."""
        left_out = set(leave_out)
        found = []
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder)
            if left_out.intersection(inside.parts) or not path.is_file():
                continue
            found += self.hits(f"name of {inside.parent}", path.name.encode())
            found += self.hits(str(inside), path.read_bytes())
        return found

    def _numbers_in(self, candidate: bytes) -> bool:
        """Whether any nine digits in a row are one of the numbers."""
        return any(
            run[start : start + 9] in self._numbers
            for run in DIGITS.findall(candidate)
            for start in range(len(run) - 8)
        )

    def _hashed(self, content: bytes) -> Iterator[str]:
        if len(content) >= SHORTEST_HASH:
            yield from {self._hashes[digest] for digest in self._any_hash.findall(content)}
