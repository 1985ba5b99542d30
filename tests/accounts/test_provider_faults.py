"""When the identity provider is down, slow or talks nonsense: a page in time, and nobody is signed in."""

import gzip
import json
from time import monotonic

import pytest
from django.db import transaction

from portal.accounts import published
from portal.municipalities.acting import acting_for
from portal.municipalities.models import ConnectionRow, Municipality

from .asking import comes_back, forge_for
from .browser import Browser
from .conftest import Site, connect_provider, free_port, sessions_of
from .rogue import Respond, Rogue, drips, drips_headers, hangs, hangs_up, never_ends, says

METADATA = "/.well-known/openid-configuration"
FAULTS: dict[str, Respond] = {
    "hangs": hangs,
    "hangs up": hangs_up,
    "drips": drips,
    "drips its headers": drips_headers,
    "never ends": never_ends,
    "says 500": says(b"{}", 500),
    "says 404": says(b"{}", 404),
    "sends elsewhere": says(b"", 302, Location="https://elders.example/"),
    "is no JSON": says(b"<html>"),
    "is empty": says(b""),
    "is a list": says(b"[]"),
    "is a number": says(b"7"),
    "is half": says(b'{"issuer": "http'),
    "is very deep": says(b"[" * 100_000),
    "is compressed": says(gzip.compress(b" " * 10_000_000), Content_Encoding="gzip"),
    "is not of the form it says": says(b"not gzip", Content_Encoding="gzip"),
    "is no text": says(b"\xff\xfe\x00"),
}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(published, "WHOLE", 0.8)


def is_a_page_to_try_again(page: object) -> bool:
    text = getattr(page, "text", "")
    return getattr(page, "status_code", 0) == 503 and "Dat ligt niet aan u" in text and "(0999)" in text


def test_a_page_in_time_whatever_it_publishes(site: Site, visitor: Browser, rogue: Rogue) -> None:
    start, wrong = visitor.get(site.url()), {}
    for words, fault in FAULTS.items():
        rogue.replaced[METADATA], began = fault, monotonic()
        if not is_a_page_to_try_again(visitor.submit(start)):
            wrong[words] = "page"
        if monotonic() - began > 5:
            wrong[words] = "late"

    assert wrong == {}


WRONG_ADDRESSES: list[dict[str, object]] = [
    {"issuer": "https://elders.example"},
    {"issuer": None},
    {"issuer": []},
    {"authorization_endpoint": None},
    {"authorization_endpoint": "javascript:alert(1)"},
    {"token_endpoint": 7},
    {"token_endpoint": ""},
    {"jwks_uri": ["x"]},
    {"end_session_endpoint": "file:///"},
]


def test_addresses_that_are_none_are_not_followed(site: Site, visitor: Browser, rogue: Rogue) -> None:
    start, followed = visitor.get(site.url()), []
    for wrong in WRONG_ADDRESSES:
        rogue.replaced[METADATA] = says(json.dumps({**rogue.metadata(), **wrong}).encode())
        if not is_a_page_to_try_again(visitor.submit(start)):
            followed.append(wrong)

    assert followed == []


@pytest.mark.parametrize("path", ["/token", "/jwks"])
def test_a_page_in_time_when_it_fails_halfway(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality, path: str
) -> None:
    wrong, began = {}, monotonic()
    for words, fault in FAULTS.items():
        published.forget()
        rogue.replaced.clear()
        forge, state = forge_for(visitor, site, rogue)
        rogue.replaced[path] = fault
        page = comes_back(visitor, site, rogue, state, forge.token())
        if not is_a_page_to_try_again(page):
            wrong[words] = page.status_code

    # An answer of the token endpoint that is JSON, and no token, is a refusal.
    assert set(wrong) <= {"says 404", "is a list"}
    assert set(wrong.values()) <= {403}
    assert monotonic() - began < 5 * len(FAULTS)
    assert sessions_of(zandmeer) == 0


NO_TOKENS: list[dict[str, object]] = [
    {},
    {"id_token": "x", "expires_in": "soon"},
    {"id_token": "x", "expires_at": []},
    {"access_token": 7},
    {"error": "invalid_grant"},
    {"error": {"a": 1}},
    {"error": None},
    {"error": "x", "error_description": 7},
]


def test_an_answer_without_a_token_ends_on_a_page(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    for tokens in NO_TOKENS:
        _forge, state = forge_for(visitor, site, rogue)
        rogue.replaced["/token"] = says(json.dumps(tokens).encode(), 400 if "error" in tokens else 200)

        page = visitor.get(site.url("/mijn/inloggen/terug/"), params={"code": "code", "state": state})

        assert page.status_code in (403, 503), tokens
        assert "(0999) 12 34 56" in page.text
    assert sessions_of(zandmeer) == 0


def test_nobody_listens(site: Site, visitor: Browser, zandmeer: Municipality, at_the_door: object) -> None:
    connect_provider(zandmeer, f"http://127.0.0.1:{free_port()}", "mijn-zandmeer")

    assert is_a_page_to_try_again(visitor.submit(visitor.get(site.url())))


def test_a_municipality_without_a_provider_says_so_kindly(
    site: Site, visitor: Browser, zandmeer: Municipality
) -> None:
    assert is_a_page_to_try_again(visitor.get(site.url()))


def test_what_is_known_serves_on_while_the_provider_does_not_publish(
    site: Site, visitor: Browser, rogue: Rogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    forge_for(visitor, site, rogue)
    monkeypatch.setitem(published.FRESH, "metadata", 0.001)  # it is old already
    monkeypatch.setattr(published, "STALE", 1e6)
    rogue.replaced[METADATA] = says(b"", 500)

    forge, state = forge_for(visitor, site, rogue)

    assert comes_back(visitor, site, rogue, state, forge.token()).status_code == 200


def test_a_provider_that_says_itself_that_it_is_down_is_down(
    site: Site, visitor: Browser, rogue: Rogue
) -> None:
    _forge, state = forge_for(visitor, site, rogue)
    answer = {"error": "temporarily_unavailable", "state": state}

    assert is_a_page_to_try_again(visitor.get(site.url("/mijn/inloggen/terug/"), params=answer))


def test_signing_out_works_without_the_provider(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    forge, state = forge_for(visitor, site, rogue)
    page = comes_back(visitor, site, rogue, state, forge.token())
    published.forget()
    rogue.replaced[METADATA] = says(b"", 500)

    end = visitor.post_form(page, "/mijn/uitloggen/")

    assert "U bent uitgelogd" in end.text
    assert sessions_of(zandmeer) == 0


def test_signing_out_works_when_the_connection_is_gone(
    site: Site, visitor: Browser, rogue: Rogue, zandmeer: Municipality
) -> None:
    forge, state = forge_for(visitor, site, rogue)
    page = comes_back(visitor, site, rogue, state, forge.token())
    with acting_for(zandmeer), transaction.atomic():
        ConnectionRow.objects.filter(kind="oidc").update(kind="was-oidc")

    assert "U bent uitgelogd" in visitor.post_form(page, "/mijn/uitloggen/").text
    assert sessions_of(zandmeer) == 0
