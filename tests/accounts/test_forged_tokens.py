"""Every kind of ID token that is not exactly what this sign-in must bring is refused, on a normal page."""

import json
from typing import Any
from uuid import uuid4

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.utils import timezone

from portal.accounts import published, views
from portal.accounts.id_token import Expected, TokenRefused, checked
from portal.accounts.provider import Provider, SignInRefused
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality

from .asking import KEYS, comes_back, forge_for, forge_from
from .browser import Browser
from .conftest import CLIENT_KEY, Site, public_jwk, sessions_of
from .forgeries import CLIENT, FORGERIES, OTHERS, REAL
from .forging import ACCESS_TOKEN, BSN, Forge, Forgery
from .rogue import Rogue


def believed(forge: Forge, token: Any) -> None:
    """What the pages do with a token. Raises TokenRefused, SignInRefused."""
    if not isinstance(token, str):
        raise SignInRefused("no id_token")
    now = timezone.now()
    expected = Expected(forge.issuer, forge.client_id, forge.nonce, now, ACCESS_TOKEN, max_age=3600)
    claims = checked(token, KEYS, expected)
    ours = {"client_id": CLIENT, "private_key": ""}
    Provider(Connection(uuid4(), uuid4(), "oidc", "", forge.issuer, ours, {})).identity(claims)


@pytest.mark.parametrize(
    ("reason", "forgery"),
    [(reason, made) for reason, _words, made in FORGERIES],
    ids=[words for _reason, words, _made in FORGERIES],
)
def test_refused_for_its_own_reason_when_the_token(reason: str, forgery: Forgery) -> None:
    forge = Forge("http://127.0.0.1:1", CLIENT, "N" * 43, REAL)
    believed(forge, forge.token())  # the same without the one thing

    with pytest.raises((TokenRefused, SignInRefused)) as refused:
        believed(forge, forgery(forge))

    assert str(refused.value) == reason


def test_there_are_at_least_forty_kinds() -> None:
    assert len({words for _reason, words, _made in FORGERIES}) == len(FORGERIES) >= 40


def test_the_real_token_is_believed(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    forge, state = forge_for(visitor, site, rogue)

    page = comes_back(visitor, site, rogue, state, forge.token())

    assert "Helga Huisman" in page.text
    assert sessions_of(zandmeer) == 1


@pytest.mark.parametrize(
    "right",
    [
        {"aud": [CLIENT]}, {"azp": CLIENT}, {"nbf": 1}, {"at_hash": ...}, {"acr": "hoog"},
        {"name": ...}, {"name": "Bronwaßer"}, {"name": ["Helga"]},
    ],
)  # fmt: skip
def test_what_a_provider_may_do_is_believed_too(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality, right: dict[str, Any]
) -> None:
    forge, state = forge_for(visitor, site, rogue)

    comes_back(visitor, site, rogue, state, forge.token(**right))

    assert sessions_of(zandmeer) == 1


def test_every_forged_token_ends_on_a_normal_page_through_the_real_view(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "too_many", lambda *_words, **_limits: False)  # one visitor tries them all
    wrong, start = {}, visitor.get(site.url())
    for _reason, words, forgery in FORGERIES:
        forge, state = forge_from(visitor, start, rogue)
        page = comes_back(visitor, site, rogue, state, forgery(forge))
        normal = page.status_code == 403 and "Inloggen is niet gelukt" in page.text
        helped = "(0999) 12 34 56" in page.text and BSN not in page.text
        if not (normal and helped and visitor.cookie("__Host-mijn") is None):
            wrong[words] = page.status_code

    assert wrong == {}
    assert sessions_of(zandmeer) == 0


def test_a_token_that_was_right_for_an_earlier_sign_in_is_refused(
    site: Site, visitor: Browser, other_visitor: Browser, rogue: Rogue
) -> None:
    forge, state = forge_for(visitor, site, rogue)
    used = forge.token()
    assert comes_back(visitor, site, rogue, state, used).status_code == 200

    _, other_state = forge_for(other_visitor, site, rogue)

    assert comes_back(other_visitor, site, rogue, other_state, used).status_code == 403


def test_we_prove_who_we_are_with_a_key_and_send_the_verifier(
    site: Site, visitor: Browser, rogue: Rogue
) -> None:
    forge, state = forge_for(visitor, site, rogue)
    comes_back(visitor, site, rogue, state, forge.token())
    form = rogue.asked[-1]

    said = jwt.decode(
        form["client_assertion"], CLIENT_KEY.public_key(), ["RS256"], audience=f"{rogue.url}/token"
    )
    assert said["iss"] == said["sub"] == CLIENT
    assert said["exp"] - said["iat"] <= 61
    assert len(form["code_verifier"]) >= 43
    assert "client_secret" not in form


def test_a_key_that_is_too_small_is_not_believed(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    small = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # the point of it
    rogue.jwks = {"keys": [public_jwk(small, "real")]}
    forge, state = forge_for(visitor, site, rogue)
    token = forge.signed(forge.header, json.dumps(forge.claims).encode(), small)

    assert comes_back(visitor, site, rogue, state, token).status_code == 403


def test_a_new_key_of_the_provider_is_fetched_when_it_is_first_used(
    site: Site, visitor: Browser, other_visitor: Browser, rogue: Rogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge, state = forge_for(visitor, site, rogue)
    comes_back(visitor, site, rogue, state, forge.token())
    rogue.jwks = {"keys": [public_jwk(REAL, "real"), public_jwk(OTHERS, "new")]}
    monkeypatch.setattr(published, "AGAIN", 0.0)  # as if the last look was a while ago

    forge, state = forge_for(other_visitor, site, rogue)
    token = forge.signed({**forge.header, "kid": "new"}, json.dumps(forge.claims).encode(), OTHERS)

    assert comes_back(other_visitor, site, rogue, state, token).status_code == 200


def test_unknown_keys_do_not_make_us_ask_the_provider_over_and_over(
    site: Site, visitor: Browser, rogue: Rogue
) -> None:
    for _ in range(3):
        forge, state = forge_for(visitor, site, rogue)
        comes_back(visitor, site, rogue, state, forge.token({"kid": "unknown"}))

    assert rogue.calls.count("/jwks") == 1
