"""The provider tells that somebody signed out there: believed only when it is exactly that, and once."""

import json
import time
from typing import Any

import httpx
import pytest

from portal.municipalities.models import Municipality

from .asking import comes_back, forge_for
from .browser import Browser
from .conftest import Site, sessions_of
from .forgeries import CLIENT, OTHERS
from .forging import Forge
from .rogue import Rogue, says

EVENT = {"http://schemas.openid.net/event/backchannel-logout": {}}


def signed_in(visitor: Browser, site: Site, rogue: Rogue) -> Forge:
    forge, state = forge_for(visitor, site, rogue)
    assert comes_back(visitor, site, rogue, state, forge.token(sid="session-1")).status_code == 200
    return forge


def logout_token(forge: Forge, header: dict[str, Any] | None = None, **changed: Any) -> str:
    now = int(time.time())
    claims = {
        "iss": forge.issuer, "aud": CLIENT, "iat": now, "exp": now + 120, "jti": "once",
        "sub": "helga", "sid": "session-1", "events": EVENT, **changed,
    }  # fmt: skip
    kept = {name: value for name, value in claims.items() if value is not ...}
    return forge.signed({**forge.header, "typ": "logout+jwt", **(header or {})}, json.dumps(kept).encode())


def tells(site: Site, token: str, host: str = "zandmeer.localhost") -> httpx.Response:
    with Browser() as provider:
        return provider.post(
            site.url("/mijn/uitloggen/vanuit-aanbieder/", host), data={"logout_token": token}
        )


def test_the_session_it_names_ends(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    forge = signed_in(visitor, site, rogue)

    answer = tells(site, logout_token(forge))

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert sessions_of(zandmeer) == 0
    assert "/mijn/inloggen/" in str(visitor.get(site.url()).url)


@pytest.mark.parametrize("right", [{"sid": ...}, {"sub": ...}, {"aud": [CLIENT]}, {"exp": ...}], ids=str)
def test_it_may_name_less(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality, right: dict[str, Any]
) -> None:
    forge = signed_in(visitor, site, rogue)

    assert tells(site, logout_token(forge, **right)).status_code == 200
    assert sessions_of(zandmeer) == 0


def test_any_other_token_ends_nothing(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    forge, now = signed_in(visitor, site, rogue), int(time.time())
    wrong = {
        "for another": {"aud": "another"},
        "for us and another": {"aud": [CLIENT, "another"]},
        "from another": {"iss": "https://elders.example"},
        "old": {"iat": now - 3600},
        "of the future": {"iat": now + 3600},
        "made at true": {"iat": True},
        "over": {"exp": now - 60},
        "over at a text": {"exp": "later"},
        "without a name of its own": {"jti": ...},
        "with a number for its name": {"jti": 7},
        "without events": {"events": ...},
        "with events in a list": {"events": list(EVENT)},
        "of another event": {"events": {"http://schemas.openid.net/event/other": {}}},
        "of an event that is true": {"events": dict.fromkeys(EVENT, True)},
        "with a nonce": {"nonce": forge.nonce},
        "of nobody": {"sub": ..., "sid": ...},
        "with a list of subjects": {"sub": ["helga"]},
        "with a number of a session": {"sid": 7},
    }
    tokens = {words: logout_token(forge, **changed) for words, changed in wrong.items()}
    tokens["an ID token"] = forge.token(sid="session-1")
    tokens["of the type of an access token"] = logout_token(forge, {"typ": "at+jwt"})
    tokens["unsigned"] = forge.unsigned("none")
    tokens["a MAC"] = forge.with_public_key_as_secret()
    tokens["of another key"] = forge.signed(forge.header, b"{}", OTHERS)
    tokens["of an unknown key"] = logout_token(forge, {"kid": "unknown"})
    tokens["nothing"] = ""

    answers = {words: tells(site, token).status_code for words, token in tokens.items()}

    assert answers == dict.fromkeys(tokens, 400)
    assert sessions_of(zandmeer) == 1


def test_it_counts_once(site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality) -> None:
    forge = signed_in(visitor, site, rogue)
    token = logout_token(forge)
    assert tells(site, token).status_code == 200
    signed_in(visitor, site, rogue)

    assert tells(site, token).status_code == 400
    assert sessions_of(zandmeer) == 1


def test_a_session_that_we_do_not_know_is_no_fault(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    forge = signed_in(visitor, site, rogue)

    assert tells(site, logout_token(forge, sid="session-2")).status_code == 200
    assert sessions_of(zandmeer) == 1


def test_another_municipality_does_not_take_it(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality, veldrecht: Municipality
) -> None:
    forge = signed_in(visitor, site, rogue)

    assert tells(site, logout_token(forge), "veldrecht.localhost").status_code == 400
    assert sessions_of(zandmeer) == 1


def test_without_the_provider_s_keys_nothing_is_believed(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    from portal.accounts import published

    forge = signed_in(visitor, site, rogue)
    published.forget()
    rogue.replaced["/jwks"] = says(b"", 500)

    assert tells(site, logout_token(forge)).status_code == 400
    assert sessions_of(zandmeer) == 1


def test_only_posts_are_heard(site: Site, zandmeer: Municipality) -> None:
    with Browser() as provider:
        assert provider.get(site.url("/mijn/uitloggen/vanuit-aanbieder/")).status_code == 405
