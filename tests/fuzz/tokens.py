"""Signed tokens that must not be believed: each begins as the real one, and has one thing otherwise."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from . import junk
from .watch import CANARY

Key = Ed25519PrivateKey | RSAPrivateKey
MACS = {"HS256": "sha256", "HS384": "sha384", "HS512": "sha512"}


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signature(key: Key, signed: bytes) -> bytes:
    if isinstance(key, Ed25519PrivateKey):
        return key.sign(signed)
    return key.sign(signed, padding.PKCS1v15(), hashes.SHA256())


@dataclass(frozen=True)
class Forger:
    """Knows the real key, and what the real token says."""

    header: Mapping[str, Any]
    claims: Mapping[str, Any]
    key: Key
    strangers: Key
    wrong: Mapping[str, tuple[Any, ...]]
    """Values of claims that must be refused, also when the real key signs them."""
    needed: tuple[str, ...]
    """Claims without which a token is none."""

    def with_claims(self, **claims: Any) -> "Forger":
        return replace(self, claims={**self.claims, **claims})

    def real(self) -> str:
        return self.sealed(_json(self.header), _json(self.claims), self.key)

    def sealed(self, header: bytes, claims: bytes, key: Key) -> str:
        first = f"{b64(header)}.{b64(claims)}"
        return f"{first}.{b64(signature(key, first.encode()))}"

    def forged(self, chance: Random) -> tuple[str, str]:
        """What it is in words, and the token."""
        way = chance.choice(WAYS)
        return way.__name__.strip("_").replace("_", " "), way(self, chance)

    def public_texts(self) -> tuple[bytes, ...]:
        """The public key in every form in which somebody could take it for a shared secret."""
        public, form = self.key.public_key(), serialization.PublicFormat
        pem = public.public_bytes(serialization.Encoding.PEM, form.SubjectPublicKeyInfo)
        der = public.public_bytes(serialization.Encoding.DER, form.SubjectPublicKeyInfo)
        return pem, pem.strip(), der, b64(der).encode(), b64(der[-32:]).encode(), der[-32:]


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _parts(forger: Forger) -> list[bytes]:
    return [_unb64(part) for part in forger.real().split(".")]


def _unb64(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _a_bit_otherwise(forger: Forger, chance: Random) -> str:
    parts, at = _parts(forger), chance.randrange(3)
    parts[at] = junk.flipped(chance, parts[at])
    return ".".join(map(b64, parts))


def _a_part_mangled(forger: Forger, chance: Random) -> str:
    parts, at = _parts(forger), chance.randrange(3)
    before = parts[at]
    parts[at] = junk.mangled(chance, parts[at])
    if parts[at] == before:
        parts[at] = b""
    return ".".join(map(b64, parts))


def _other_claims_under_this_signature(forger: Forger, chance: Random) -> str:
    head, _claims, signed = forger.real().split(".")
    name = chance.choice(list(forger.claims))
    return f"{head}.{b64(_json({**forger.claims, name: junk.value(chance), CANARY: 1}))}.{signed}"


def _unsigned(forger: Forger, chance: Random) -> str:
    name = chance.choice(("none", "None", "NONE", "nOnE", "", "null"))
    header = _json({**forger.header, "alg": name or None})
    signed = chance.choice(("", b64(b"\0"), forger.real().split(".")[2]))
    return f"{b64(header)}.{b64(_json(forger.claims))}.{signed}"


def _public_key_as_a_secret(forger: Forger, chance: Random) -> str:
    name, secret = chance.choice(list(MACS)), chance.choice((*forger.public_texts(), b"", b"secret"))
    first = f"{b64(_json({**forger.header, 'alg': name}))}.{b64(_json(forger.claims))}"
    return f"{first}.{b64(hmac.new(secret, first.encode(), MACS[name]).digest())}"


def _another_key(forger: Forger, chance: Random) -> str:
    return forger.sealed(_json(forger.header), _json(forger.claims), forger.strangers)


def _another_key_under_another_name(forger: Forger, chance: Random) -> str:
    kid = chance.choice(
        ("2", "", 1, None, ["1"], {"a": 1}, "../../../dev/null", "1\0", "x" * 900, junk.text(chance))
    )
    return forger.sealed(_json({**forger.header, "kid": kid}), _json(forger.claims), forger.strangers)


def _another_key_that_it_brings_along(forger: Forger, chance: Random) -> str:
    raw = forger.strangers.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    brings = chance.choice(
        (
            {"jwk": {"kty": "OKP", "crv": "Ed25519", "x": b64(raw[-32:])}},
            {"jku": "http://127.0.0.1:9/jwks"},
            {"x5u": "http://127.0.0.1:9/x"},
            {"x5c": [base64.b64encode(raw).decode()]},
            {"crit": ["exp"]},
            {"b64": False, "crit": ["b64"]},
            {"zip": "DEF"},
        )
    )
    return forger.sealed(_json({**forger.header, **brings}), _json(forger.claims), forger.strangers)


def _another_algorithm(forger: Forger, chance: Random) -> str:
    names = (
        "HS256",
        "RS384",
        "PS256",
        "ES256",
        "ES256K",
        "EdDSA",
        "RS256",
        "Ed448",
        "X",
        7,
        ["EdDSA"],
        {"a": "b"},
    )
    name = chance.choice([one for one in names if one != forger.header["alg"]])
    return forger.sealed(_json({**forger.header, "alg": name}), _json(forger.claims), forger.strangers)


def _a_wrong_claim(forger: Forger, chance: Random) -> str:
    name = chance.choice(list(forger.wrong))
    claims = {**forger.claims, name: chance.choice(forger.wrong[name])}
    return forger.sealed(_json(forger.header), _json(claims), forger.key)


def _a_claim_missing(forger: Forger, chance: Random) -> str:
    gone = chance.choice(forger.needed)
    claims = {name: value for name, value in forger.claims.items() if name != gone}
    return forger.sealed(_json(forger.header), _json(claims), forger.key)


def _a_header_or_claims_that_are_no_object(forger: Forger, chance: Random) -> str:
    odd = chance.choice(
        (
            b"",
            b"[]",
            b"null",
            b"7",
            b'"x"',
            b"{",
            b"\xff\xfe",
            b'{"a":"\\ud800"',
            *junk.BYTES,
            junk.nested(chance),
        )
    )
    if chance.random() < 0.5:
        return forger.sealed(odd, _json(forger.claims), forger.key)
    return forger.sealed(_json(forger.header), odd, forger.key)


def _the_wrong_number_of_parts(forger: Forger, chance: Random) -> str:
    parts = forger.real().split(".")
    return chance.choice(
        (parts[0], ".".join(parts[:2]), ".".join(parts) + ".", ".".join([*parts, parts[2]]), "..", ".", "")
    )


def _letters_that_do_not_belong(forger: Forger, chance: Random) -> str:
    real = forger.real()
    at = chance.randrange(real.rindex("."))  # what is no letter of base64 may be skipped in a signature
    return real[:at] + chance.choice(("é", "\0", "%", "\u202e", "😀", "ﬀ", ".", "!", "\u0660")) + real[at:]


def _much_too_long(forger: Forger, chance: Random) -> str:
    claims = {**forger.claims, CANARY: "x" * 200_000}
    return forger.sealed(_json(forger.header), _json(claims), forger.strangers)


def _no_token_at_all(forger: Forger, chance: Random) -> str:
    return chance.choice(
        (CANARY, hashlib.sha256(CANARY.encode()).hexdigest(), junk.text(chance), "null", "a.b.c")
    )


WAYS: tuple[Callable[[Forger, Random], str], ...] = (
    _a_bit_otherwise,
    _a_bit_otherwise,
    _a_bit_otherwise,
    _a_part_mangled,
    _other_claims_under_this_signature,
    _unsigned,
    _public_key_as_a_secret,
    _another_key,
    _another_key_under_another_name,
    _another_key_that_it_brings_along,
    _another_algorithm,
    _a_wrong_claim,
    _a_wrong_claim,
    _a_claim_missing,
    _a_header_or_claims_that_are_no_object,
    _the_wrong_number_of_parts,
    _letters_that_do_not_belong,
    _much_too_long,
    _no_token_at_all,
)
