"""What could come from an identity provider, or from who plays one: logout tokens, ID tokens, ways back."""

import time
from collections.abc import Iterator
from random import Random
from urllib.parse import parse_qs, quote, urlencode, urlsplit

from django.db import transaction

from portal.accounts import sign_in
from portal.accounts.views import BROWSER
from portal.municipalities.acting import acting_for
from tests.accounts.asking import KEYS
from tests.accounts.forgeries import CLIENT, OTHERS, REAL
from tests.accounts.forging import ACCESS_TOKEN, ACR, half_hash
from tests.accounts.rogue import Rogue

from . import junk
from .fetching import FORM
from .tokens import Forger
from .watch import CANARY
from .wire import Call
from .world import World

BACK_CHANNEL, BACK = b"/mijn/uitloggen/vanuit-aanbieder/", b"/mijn/inloggen/terug/"
EVENT = "http://schemas.openid.net/event/backchannel-logout"
ODD = (None, 7, True, [], {}, CANARY, "\0")


def logouts(world: World, rogue: Rogue, chance: Random) -> Iterator[Call]:
    """To the address where the provider says that somebody signed out."""
    rogue.jwks, now = KEYS, int(time.time())
    forger = Forger(
        {"alg": "RS256", "typ": "logout+jwt", "kid": "real"},
        {"iss": rogue.url, "aud": CLIENT, "iat": now, "exp": now + 900, "sub": "helga",
         "events": {EVENT: {}}},
        REAL, OTHERS,
        {
            "iss": (*ODD, [rogue.url]), "aud": (*ODD, [CLIENT, CANARY]), "iat": (now - 9000, now + 900, *ODD),
            "exp": (now - 900, *ODD), "jti": (None, 7, [], {}), "nonce": (CANARY,),
            "events": (*ODD, {EVENT: None}, {CANARY: {}}, [EVENT]), "sub": ("", None, 7, [], {}),
        },
        ("iss", "aud", "iat", "jti", "events", "sub"),
    )  # fmt: skip
    while True:
        what, token = forger.with_claims(jti=chance.randbytes(8).hex()).forged(chance)
        dice = chance.random()
        if dice < 0.8:
            body = urlencode({"logout_token": token.encode("utf-8", "surrogatepass")}).encode()
            yield Call(what, "POST", BACK_CHANNEL, world.here.host, body=body, kind=FORM)
        elif dice < 0.9:
            odd, kind = junk.body(chance)
            yield Call("an odd body", "POST", BACK_CHANNEL, world.here.host, body=odd, kind=kind)
        else:
            method = chance.choice(junk.METHODS)
            yield Call(
                "an odd method",
                method,
                BACK_CHANNEL,
                world.here.host,
                body=token[:99].encode("utf-8", "replace"),
            )


def returns(world: World, rogue: Rogue, chance: Random) -> Iterator[Call]:
    """A browser that comes back from the provider: without having gone, or with a forged ID token."""
    while True:
        if chance.random() < 0.5:
            yield _out_of_nowhere(world, chance)
        else:
            yield _with_a_forged_token(world, rogue, chance)


def _out_of_nowhere(world: World, chance: Random) -> Call:
    state, code = quote(junk.text(chance)), quote(junk.text(chance))
    query = chance.choice((b"", f"state={state}&code={code}&iss={CANARY}".encode(), b"error=%ff&state=%00",
                           f"error={CANARY}&error_description={state}".encode()))  # fmt: skip
    return Call("out of nowhere", "GET", BACK, world.here.host, query=query[:5000],
                headers={"Cookie": f"{BROWSER}={CANARY}"})  # fmt: skip


def _with_a_forged_token(world: World, rogue: Rogue, chance: Random) -> Call:
    """Began here, in this browser; what the provider hands over is not what it may be."""
    with acting_for(world.here):
        with transaction.atomic():
            provider = sign_in.provider()
        begun = sign_in.begin(provider, "/mijn/")
    asked = parse_qs(urlsplit(begun.address).query)
    now = int(time.time())
    claims = {
        "iss": rogue.url, "aud": CLIENT, "sub": "helga", "iat": now, "exp": now + 300, "auth_time": now,
        "nonce": asked["nonce"][0], "acr": ACR, "at_hash": half_hash(ACCESS_TOKEN), "bsn": "999970458",
    }  # fmt: skip
    forger = Forger(
        {"alg": "RS256", "typ": "JWT", "kid": "real"}, claims, REAL, OTHERS,
        {
            "iss": ODD, "aud": (*ODD, [CLIENT, CANARY]), "sub": (None, 7, [], {}, ""),
            "iat": (now + 900, "nu", []),
            "exp": (now - 900, "straks", [], {}), "nonce": ODD, "acr": (*ODD, "urn:x"), "at_hash": ODD,
            "bsn": (*ODD, "999970459", "", 999970458),
        },
        ("iss", "aud", "sub", "iat", "exp", "nonce", "acr", "bsn"),
    )  # fmt: skip
    what, token = forger.forged(chance)
    rogue.tokens = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": token}
    query = urlencode({"code": CANARY, "state": asked["state"][0]}).encode()
    return Call(what, "GET", BACK, world.here.host, query=query,
                headers={"Cookie": f"{BROWSER}={begun.browser}"})  # fmt: skip
