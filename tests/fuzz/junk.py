"""Bytes, texts and bodies that are wrong in known ways, chosen by a seeded chance."""

import base64
import json
from random import Random
from typing import Any

from .watch import CANARY

TEXTS = (
    "", " ", "\0", "\x00\x01\x02", "null", "true", "-1", "0", "1e999", "9" * 400, "NaN", "../../etc/passwd",
    "'; DROP TABLE sharing_grant; --", "{{ 7*7 }}", "{% load i18n %}", "<script>alert(1)</script>", "%s%n%x",
    "\u202egpj.exe", "\u0661\u0662\u0663", "A\u0300" * 200, "\ufeff", "\u2028\u2029", "😀" * 60, "İıſK",
    "\r\nSet-Cookie: a=b", "x" * 5000, "${jndi:ldap://127.0.0.1/a}", "\x7f", "\u200b", "a\tb", "ﬀ",
)  # fmt: skip
BYTES = (
    b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf",  # overlong
    b"\xed\xa0\x80", b"\xed\xa0\x80\xed\xb0\x80",  # surrogates
    b"\xff\xfe", b"\xfe\xff\x00a", b"\xf5\x80\x80\x80", b"\x80", b"\x00", b"\xe2\x80\xae", b"%00", b"%c0%ae",
    b"%ed%a0%80", b"%", b"%zz", b"\\", b"//", b"/../", b"/./", b";", b"\r\n", b"\t", b"%2f", b"%u0041",
)  # fmt: skip
CHARSETS = (
    "", "bogus", "hex", "zlib", "rot13", "base64", "idna", "punycode", "undefined", "utf-16", "utf-7",
    "unicode_escape", "raw_unicode_escape", "mbcs", "\xe9", "a" * 300, "utf-8; charset=hex", "latin-1",
)  # fmt: skip
KINDS = (
    "application/json", "application/x-www-form-urlencoded", "text/plain", "", "application/xml",
    "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=" + "b" * 300,
    "multipart/form-data; boundary=\xff", "multipart/form-data; boundary=x; charset=hex", "application/jwt",
    "application/JSON; charset=utf-16", "application/json, text/plain", ";;;", "a/b" * 200,
    "text/plain; a*=hex''%41", "text/plain; a'*='x", "image/png", "application/octet-stream",
)  # fmt: skip
METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW", "get", "PROPFIND", "A" * 300)


def flipped(chance: Random, given: bytes) -> bytes:
    """One bit otherwise."""
    at = chance.randrange(len(given))
    return given[:at] + bytes([given[at] ^ (1 << chance.randrange(8))]) + given[at + 1 :]


def mangled(chance: Random, given: bytes) -> bytes:
    """Cut, doubled, turned round, or with bytes in between that no text has."""
    at = chance.randrange(len(given) + 1)
    ways = (
        lambda: given[:at],
        lambda: given + given,
        lambda: given[::-1],
        lambda: given[:at] + chance.choice(BYTES) + given[at:],
        lambda: b"\xff\xfe" + given.decode("latin-1").encode("utf-16-le"),
        lambda: given[:at] + given[at + 1 :],
        lambda: given + b"\0",
        lambda: b"",
        lambda: chance.randbytes(chance.randrange(1, 400)),
    )
    return chance.choice(ways)()


def text(chance: Random) -> str:
    """Some text that nobody means."""
    return chance.choice((*TEXTS, CANARY, chance.randbytes(8).hex()))


def value(chance: Random, deep: int = 3) -> Any:
    """Some value of JSON, of any kind."""
    kinds: tuple[Any, ...] = (None, True, False, 0, -1, 1e308, 2**70, text(chance), [], {})
    if not deep:
        return chance.choice(kinds)
    inner = value(chance, deep - 1)
    return chance.choice((*kinds, [inner], {text(chance)[:40]: inner}, [[inner], text(chance)]))


def nested(chance: Random) -> bytes:
    """JSON that goes deeper than anybody reads."""
    deep = chance.choice((50, 900, 5_000, 100_000))
    return chance.choice((b"[" * deep, b"[" * deep + b"]" * deep, b'{"a":' * deep + b"1" + b"}" * deep))


def form(chance: Random, fields: dict[str, str]) -> bytes:
    """A form with these fields, and with others."""
    parts = [f"{name}={one}".encode() for name, one in fields.items()]
    more = chance.choice(
        ((), (b"a=%ff",), (b"a[b]=c",), (b"=", b"&"), (b"%00=%00",), tuple(b"x=1" for _ in range(1500)))
    )
    return b"&".join([*parts, *more])


def multipart(chance: Random) -> bytes:
    """A form in parts, most of them broken."""
    name = chance.choice(
        ('name="a"', "name=", f'name="{CANARY}"', 'name="a"; filename="../x"', "", "name*=utf-8''%ff")
    )
    coding = chance.choice(
        ("", "Content-Transfer-Encoding: base64\r\n", "Content-Type: \xff\r\n", "X" * 9000 + ": y\r\n")
    )
    body = chance.choice(("", CANARY, "\0", "é", "%%%=="))
    end = chance.choice(("--x--", "--x", "", "--y--"))
    whole = f"--x\r\nContent-Disposition: form-data; {name}\r\n{coding}\r\n{body}\r\n{end}"
    return whole.encode("latin-1", "replace")


def body(chance: Random, good: bytes = b"") -> tuple[bytes, str]:
    """A body and the kind it says it is; most often they do not fit."""
    canary = json.dumps({CANARY: CANARY, "n": value(chance)}).encode()
    ways = (
        lambda: canary,
        lambda: nested(chance),
        lambda: form(chance, {"number": CANARY, "code": text(chance)}),
        lambda: multipart(chance),
        lambda: mangled(chance, good or canary),
        lambda: b'{"a": "\\ud800", "b": "' + CANARY.encode() + b'"}',
        lambda: base64.b64encode(canary) * 3,
        lambda: b"",
    )
    if chance.random() < 0.01:
        return b"[" * 3_000_000, "application/json"
    kind = chance.choice(KINDS)
    if chance.random() < 0.3:
        kind = f"{chance.choice(KINDS[:7])}; charset={chance.choice(CHARSETS)}"
    return chance.choice(ways)(), kind
