"""Calls for a token: with forged signatures, with used ones, and with right ones in a wrong request."""

import json
import time
from collections.abc import Iterator
from random import Random
from typing import Any
from urllib.parse import urlencode

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from . import junk
from .tokens import Forger
from .watch import CANARY
from .wire import Call
from .world import World

JWT_BEARER = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
TOKEN = b"/api/v1/token"


def forger_of(world: World) -> Forger:
    """What signs for the desk, and everything that must be wrong about a signature."""
    now, slug = int(time.time()), world.desk.slug
    odd = (None, 7, True, [], {}, "", "\0", [slug], {"a": slug}, CANARY, "x" * 3000)
    return Forger(
        {"alg": "EdDSA", "kid": "1", "typ": "JWT"},
        {"iss": slug, "sub": slug, "aud": f"http://{world.here.host}/api/v1", "iat": now, "exp": now + 100},
        world.desk.key,
        Ed25519PrivateKey.generate(),
        {
            "iss": odd,
            "sub": odd,
            "aud": (*odd, f"http://{world.elsewhere.host}/api/v1", f"http://{world.here.host}/api/v1/"),
            "exp": (now - 100, now + 86_400, 10**30, -1, "straks", [], {}, None),
            "iat": (now + 900, "nu", [], {}),
            "nbf": (now + 900, "straks", []),
            "jti": (None, 7, "", "kort", "x" * 65, "met\0nul-erin", [], {}),
        },
        ("iss", "sub", "aud", "iat", "exp", "jti"),
    )


def token_calls(world: World, chance: Random) -> Iterator[Call]:
    """For a token: with forged signatures, used ones, and right ones in a wrong request."""
    forger, used = forger_of(world), world.desk.assertion()
    real = {"grant_type": "client_credentials", "client_assertion_type": JWT_BEARER}
    yield Call("a signature that will be used up", "POST", TOKEN, world.here.host,
               body=urlencode({**real, "client_assertion": used}).encode(), kind=FORM,
               may_be_answered=True)  # fmt: skip
    while True:
        fresh = forger.with_claims(jti=chance.randbytes(12).hex())
        what, assertion = ("a replay", used) if chance.random() < 0.05 else fresh.forged(chance)
        if chance.random() < 0.75:
            body = urlencode({**real, "client_assertion": assertion, "scope": CANARY}).encode()
            yield Call(what, "POST", TOKEN, world.here.host, body=body, kind=FORM)
        else:
            yield _odd_request_for_a_token(world, chance, real, fresh.real())


def _odd_request_for_a_token(world: World, chance: Random, real: dict[str, str], signed: str) -> Call:
    """The signature is right; the request around it is not."""
    whole = {**real, "client_assertion": signed}
    body, odd = urlencode(whole).encode(), f"{CANARY} {junk.text(chance)}"
    other_body, other_kind = junk.body(chance)

    def post(what: str, body: bytes = body, kind: str = FORM, **how: Any) -> Call:
        return Call(**{"what": what, "method": "POST", "path": TOKEN, "host": world.here.host, "body": body,
                       "kind": kind, **how})  # fmt: skip

    return chance.choice(
        (
            post("elsewhere", host=world.elsewhere.host),
            post("in the address", b"", query=body),
            post("twice", body + b"&" + body),
            post("another method", method=chance.choice(junk.METHODS)),
            post("as JSON", json.dumps(whole).encode(), JSON),
            post("another grant type", urlencode({**whole, "grant_type": odd}).encode()),
            post("another scope", urlencode({**whole, "scope": odd}).encode()),
            post("another name", urlencode({**whole, "client_id": odd}).encode()),
            post("cut off", body[: len(body) // 2]),
            post("a body of another kind", other_body, other_kind),
            post("a length that lies", length=chance.choice(("0", "7", ""))),
        )
    )
