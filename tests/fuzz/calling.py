"""Calls of consumers to every operation that the contract names, each wrong in one way."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from portal.municipalities.bsn import BSN

from . import junk
from .watch import CANARY
from .wire import Call
from .world import World

JSON = "application/json"


def api_calls(world: World, chance: Random, contract: dict[str, Any]) -> Iterator[Call]:
    """To every operation, each wrong in one way: who calls, about whom, with what, how."""
    operations = [(path, method.upper(), one) for path, methods in contract["paths"].items()
                  for method, one in methods.items() if path != "/token"]  # fmt: skip
    fine, other = world.desk.header(), world.other_desk.header()
    far, key = world.far_desk.header(), uuid4().hex
    yield _use(world, fine, key)
    while True:
        path, method, operation = chance.choice(operations)
        public = not operation.get("security")
        ways = [_nobody(world, chance, fine, far), _an_odd_path(world, chance, fine)]
        if "{id}" in path:
            ways += [_not_theirs(world, chance, fine, other, far)] * 3
        if operation.get("requestBody"):
            ways += [_an_odd_body(world, chance, fine, other)] * 4
        if path.endswith("/gebruik"):
            ways += [_again_or_too_late(world, chance, fine, key)] * 2
        yield chance.choice(ways)(path, method, public)


Way = Callable[[str, str, bool], Call]


def _filled_in(chance: Random, path: str, ids: tuple[object, ...]) -> bytes:
    known = {"id": chance.choice(ids), "doel": chance.choice(("digitaal-bericht", "geen")), "versie": 1}
    return b"/api/v1" + path.format(**known).encode()


def _nobody(world: World, chance: Random, fine: str, far: str) -> Way:
    """Somebody without a token that counts here."""
    token = fine.removeprefix("Bearer ")
    shown = chance.choice(
        (
            "", CANARY, "Bearer", "Bearer " + CANARY, f"Basic {token}", f"DPoP {token}", far,
            "Bearer " + junk.flipped(chance, token.encode()).decode("latin-1"), f"Bearer {token}x",
            f"Bearer {token[:-1]}", "Bearer \xe9", "Bearer " + "x" * 9000, f"Bearer {token.swapcase()}",
        )
    )  # fmt: skip

    def call(path: str, method: str, public: bool) -> Call:
        body, kind = (_good_body(world, path), JSON) if method == "POST" else (b"", None)
        at = _filled_in(chance, path, tuple(world.ids))
        return Call(f"nobody: {shown[:20]}", method, at, world.here.host, body=body, kind=kind,
                    headers={"Authorization": shown}, may_be_answered=public)  # fmt: skip

    return call


def _not_theirs(world: World, chance: Random, fine: str, other: str, far: str) -> Way:
    """A good token, about what is another's, elsewhere, or nowhere."""
    mine = UUID(str(world.asked["id"]))
    who, ids = chance.choice(
        (
            (fine, (world.far_grant.id, world.sharing, uuid4())),
            (other, (*world.ids, mine)),
            (far, (*world.ids, mine)),
        )
    )

    def call(path: str, method: str, public: bool) -> Call:
        return Call("not theirs", method, _filled_in(chance, path, ids), world.here.host,
                    headers={"Authorization": who, "Idempotency-Key": CANARY})  # fmt: skip

    return call


def _an_odd_path(world: World, chance: Random, fine: str) -> Way:
    """The right caller at an address that is none, by a method that is none, or with an odd query."""

    def call(path: str, method: str, public: bool) -> Call:
        at = _filled_in(chance, path, (world.grant.id,))
        if chance.random() < 0.3:
            method = chance.choice(junk.METHODS)
            while method.lower() in ("get", "delete"):
                method = chance.choice(junk.METHODS)
        else:
            cut = chance.randrange(len(b"/api/v1/"), len(at))
            at = at[:cut] + chance.choice(junk.BYTES) + at[cut:]
            method = chance.choice(("GET", "POST"))
        query = chance.choice(
            (b"", b"na=%ff", b"na=-1&aantal=" + b"9" * 50, quote(junk.text(chance)).encode())
        )
        return Call("an odd address", method, at, world.here.host, query=query,
                    headers={"Authorization": fine}, may_be_answered=public or method == "GET")  # fmt: skip

    return call


def _good_body(world: World, path: str) -> bytes:
    if path == "/wettelijk-gebruik":
        known = {"doel": "adres-parkeren", "burgerservicenummer": "999970458", "zaak": "ZAAK-1"}
        return json.dumps(known).encode()
    return (
        json.dumps({**world.asked, "id": str(uuid4())}).encode() if path == "/toestemmingsverzoeken" else b""
    )


def _an_odd_body(world: World, chance: Random, fine: str, other: str) -> Way:
    """A body that says nothing it may say; or if it does, of a consumer that may not say it."""

    def call(path: str, method: str, public: bool) -> Call:
        good = _good_body(world, path)
        body, kind = junk.body(chance, good)
        if chance.random() < 0.5:
            body, kind = _one_field_otherwise(chance, json.loads(good)), JSON
        elif chance.random() < 0.5:
            body, kind = junk.flipped(chance, good), JSON
        who = other if _could_be_meant(body) else fine
        lies = chance.choice(("0", "9", "")) if chance.random() < 0.05 else None
        return Call("an odd body", method, b"/api/v1" + path.encode(), world.here.host, body=body, kind=kind,
                    headers={"Authorization": who}, length=lies)  # fmt: skip

    return call


def _one_field_otherwise(chance: Random, good: dict[str, Any]) -> bytes:
    name = chance.choice([*good, CANARY, "terugUrl", "antwoordVoor", "gewenstEinde", "zaak"])
    return json.dumps({**good, name: chance.choice((junk.value(chance), junk.text(chance), CANARY))}).encode()


def _could_be_meant(body: bytes) -> bool:
    """Whether somebody could send this and mean it: all that is needed is there and well formed."""
    try:
        said = json.loads(body)
        BSN(said["burgerservicenummer"])
        return isinstance(said["doel"], str)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def _use(world: World, fine: str, key: str) -> Call:
    at = f"/api/v1/toestemmingen/{world.grant.id}/gebruik".encode()
    headers = {"Authorization": fine, "Idempotency-Key": key}
    return Call("a reading", "POST", at, world.here.host, headers=headers, may_be_answered=True)


def _again_or_too_late(world: World, chance: Random, fine: str, key: str) -> Way:
    """The reading of before once more; or one after the end, or under a key that is none."""
    again, keys = _use(world, fine, key), ("", "x" * 201, "met spatie", "\xe9", "a\tb", "\x7f")
    late = f"/api/v1/toestemmingen/{world.stopped.id}/gebruik".encode()
    mine = f"/api/v1/toestemmingen/{world.grant.id}/gewist".encode()
    answered = chance.choice(
        (
            again,
            Call("too late", "POST", late, world.here.host, headers=dict(again.headers)),
            Call("one key for another grant", "POST", late, world.here.host, headers=dict(again.headers)),
            Call("erased before it was stopped", "POST", mine, world.here.host, headers=dict(again.headers)),
            Call("a key that is none", "POST", again.path, world.here.host,
                 headers={"Authorization": fine, "Idempotency-Key": chance.choice(keys)}),
        )
    )  # fmt: skip
    return lambda _path, _method, _public: answered
