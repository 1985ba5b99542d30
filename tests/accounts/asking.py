"""A sign-in at the provider that a test plays itself."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

from .browser import Browser
from .conftest import Site, new_key, public_jwk
from .forgeries import CLIENT, OTHERS, REAL
from .forging import ACCESS_TOKEN, Forge
from .rogue import Rogue

KEYS = {
    "keys": [
        public_jwk(REAL, "real"),
        public_jwk(new_key(), "second"),
        {**public_jwk(OTHERS, "for-encryption"), "use": "enc"},
        "not a key",
        {"kty": "RSA"},
    ]
}


def forge_for(visitor: Browser, site: Site, rogue: Rogue) -> tuple[Forge, str]:
    """Begin a sign-in; gives what makes its tokens, and its state."""
    return forge_from(visitor, visitor.get(site.url()), rogue)


def forge_from(visitor: Browser, page: httpx.Response, rogue: Rogue) -> tuple[Forge, str]:
    begun = visitor.submit(page, follow=False)
    asked = parse_qs(urlsplit(begun.headers["location"]).query)
    return Forge(rogue.url, CLIENT, asked["nonce"][0], REAL), asked["state"][0]


def comes_back(visitor: Browser, site: Site, rogue: Rogue, state: str, id_token: Any) -> httpx.Response:
    rogue.tokens = {"access_token": ACCESS_TOKEN, "token_type": "Bearer", "id_token": id_token}
    if id_token is ...:
        del rogue.tokens["id_token"]
    return visitor.get(site.url("/mijn/inloggen/terug/"), params={"code": "code", "state": state})
