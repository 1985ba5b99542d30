"""Whether a PDF can be read without a password.

Many are encrypted and open for everybody all the same (banks forbid changing them so); those we take. The
rest nobody at the municipality could read. Source: ISO 32000-2, 7.6.4 (the standard security handler),
with the empty user password. What we cannot make out counts as locked; so does who has us try too much, for
a file can name so many dictionaries that trying them all would take days.
"""

import re
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import md5, sha256, sha384, sha512
from itertools import islice
from typing import BinaryIO

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from .pieces import pieces

NEAR = 8192  # bytes: an encryption dictionary is far smaller
MOST = 20
"""Dictionaries, and first ids, that are tried; a file has one of each, again for each time it was saved."""
LONGEST = 1024  # bytes of a string as it is written: what we look at is 127 at most
SAYS_SO = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
HANDLER = re.compile(rb"/Filter\s*/Standard")
IDS = re.compile(rb"/ID\s*\[\s*(?=[(<])")
PADDING = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
ESCAPES: Mapping[int, bytes] = {
    ord("n"): b"\n", ord("r"): b"\r", ord("t"): b"\t", ord("b"): b"\b", ord("f"): b"\f",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lock:
    """The facts of an encryption dictionary."""

    revision: int
    length: int
    """Of the key, in bytes."""
    permissions: int
    owner: bytes
    user: bytes
    with_metadata: bool


def needs_password(file: BinaryIO) -> bool:
    """Whether it is encrypted, and the empty password does not open it."""
    locks: dict[Lock, None] = {}
    ids: dict[bytes, None] = {b"": None}
    encrypted = False
    for piece in pieces(file, NEAR):
        encrypted = encrypted or SAYS_SO.search(piece) is not None
        ids |= {_string(piece, found.end()): None for found in islice(IDS.finditer(piece), MOST)}
        handlers = islice(HANDLER.finditer(piece), MOST)
        locks |= {lock: None for found in handlers if (lock := _lock(piece, found.start()))}
    tried = islice(locks, MOST)
    return encrypted and not any(_opens(lock, one) for lock in tried for one in islice(ids, MOST + 1))


def _lock(data: bytes, at: int) -> Lock | None:
    begins, ends = data.rfind(b"obj", max(at - NEAR, 0), at), data.find(b"endobj", at, at + NEAR)
    around = data[max(begins, at - NEAR, 0) : ends if ends > 0 else at + NEAR]
    revision = _number(rb"/R", around)
    owner, user = re.search(rb"/O\s*(?=[(<])", around), re.search(rb"/U\s*(?=[(<])", around)
    if revision is None or owner is None or user is None:
        return None
    lengths = [int(one) for one in re.findall(rb"/Length\s+(\d{1,9})", around)]
    bits = 40 if revision == 2 else max([one for one in lengths if 40 <= one <= 128] or [128])
    return Lock(
        revision=revision,
        length=bits // 8,
        permissions=_number(rb"/P", around) or 0,
        owner=_string(around, owner.end()),
        user=_string(around, user.end()),
        with_metadata=re.search(rb"/EncryptMetadata\s+false", around) is None,
    )


def _number(name: bytes, data: bytes) -> int | None:
    found = re.search(name + rb"\s+(-?\d{1,10})", data)
    return int(found[1]) if found else None


def _string(data: bytes, at: int) -> bytes:
    """The string that begins there, in hex or in brackets; its beginning only where it has no end."""
    data = data[at : at + LONGEST]
    if data.startswith(b"<"):
        digits = re.sub(rb"[^0-9a-fA-F]", b"", data.partition(b">")[0])
        return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())
    found, depth, at = bytearray(), 1, 1
    while depth and at < len(data):
        sign = data[at]
        if sign == ord("\\"):
            octal = re.compile(rb"[0-7]{1,3}").match(data, at + 1)
            if octal:
                found.append(int(octal[0], 8) & 255)
                at = octal.end()
                continue
            at += 1
            found += ESCAPES.get(data[at], data[at : at + 1]) if at < len(data) else b""
        else:
            depth += (sign == ord("(")) - (sign == ord(")"))
            if depth:
                found.append(sign)
        at += 1
    return bytes(found)


def _opens(lock: Lock, first_id: bytes) -> bool:
    """Whether the empty user password is right."""
    if lock.revision in (5, 6) and len(lock.user) >= 48:
        salt = lock.user[32:40]
        made = sha256(salt).digest() if lock.revision == 5 else _hashed(salt)
        return made == lock.user[:32]
    if lock.revision not in (2, 3, 4):
        return False
    key = _key(lock, first_id)
    if lock.revision == 2:
        return _rc4(key, PADDING) == lock.user[:32]
    made = _rc4(key, _md5(PADDING + first_id))
    for step in range(1, 20):
        made = _rc4(bytes(one ^ step for one in key), made)
    return made == lock.user[:16]


def _key(lock: Lock, first_id: bytes) -> bytes:
    """Algorithm 2."""
    seed = PADDING + lock.owner[:32] + struct.pack("<I", lock.permissions & 0xFFFFFFFF) + first_id
    key = _md5(seed + (b"" if lock.with_metadata or lock.revision < 4 else b"\xff" * 4))
    for _round in range(50 if lock.revision > 2 else 0):
        key = _md5(key[: lock.length])
    return key[: lock.length]


def _hashed(salt: bytes) -> bytes:
    """Algorithm 2.B, of the empty password."""
    key, rounds, last = sha256(salt).digest(), 0, 0
    while rounds < 64 or last > rounds - 32:
        cipher = Cipher(algorithms.AES(key[:16]), modes.CBC(key[16:32])).encryptor()
        mixed = cipher.update(key * 64) + cipher.finalize()
        key = (sha256, sha384, sha512)[sum(mixed[:16]) % 3](mixed).digest()
        rounds, last = rounds + 1, mixed[-1]
    return key[:32]


def _md5(data: bytes) -> bytes:
    return md5(data, usedforsecurity=False).digest()


def _rc4(key: bytes, data: bytes) -> bytes:
    """What old PDFs use; it protects nothing of ours."""
    box, j = list(range(256)), 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) % 256
        box[i], box[j] = box[j], box[i]
    made, i, j = bytearray(), 0, 0
    for one in data:
        i = (i + 1) % 256
        j = (j + box[i]) % 256
        box[i], box[j] = box[j], box[i]
        made.append(one ^ box[(box[i] + box[j]) % 256])
    return bytes(made)
