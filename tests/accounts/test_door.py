"""The whole way in with a real question to the BRP at the door, and what each level opens."""

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from demo.registers.serving import Register
from portal.accounts.level import Level, level_of
from portal.accounts.required import Session, signed_in
from portal.accounts.sign_in import safe_path
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.models import Municipality
from tests.registers.conftest import brp_connection, brp_register

from .browser import Browser
from .conftest import Identity, Site, connect_provider, sessions_of, signs_in
from .forging import SAML

__all__ = ["brp_register"]


@pytest.fixture
def town_with_brp(
    site: Site, identity: Identity, zandmeer: Municipality, brp_register: Register
) -> Iterator[Site]:
    """Nobody's word at the door but the BRP's."""
    from django.db import transaction

    connect_provider(zandmeer, identity.url, "mijn-zandmeer")
    identity.knows(**{"mijn-zandmeer": site.client("zandmeer.localhost", "Gemeente Zandmeer")})
    known = brp_connection(brp_register.url)
    with acting_for(zandmeer), transaction.atomic():
        connect("brp", "BRP", known.base_url, known.credentials, known.parameters)
    yield site
    brp_register.misbehave("none")


@pytest.mark.parametrize(
    ("person", "status", "words"),
    [
        ("helga-huisman", 200, "Helga Huisman"),
        ("hendrik-jan-coenraad-maurits-den-brinck", 403, "curator"),
        ("trudy-van-tintelen", 403, "overleden"),
        ("frederika-meijdens", 403, "naar het buitenland"),
        ("kees-de-hoop", 403, "niet ingeschreven in Zandmeer"),
    ],
)
def test_the_brp_says_who_may_go_on(
    town_with_brp: Site, visitor: Browser, zandmeer: Municipality, person: str, status: int, words: str
) -> None:
    page = signs_in(visitor, town_with_brp, person)

    assert page.status_code == status
    assert words in page.text
    assert sessions_of(zandmeer) == (1 if status == 200 else 0)


def test_nobody_goes_in_on_a_guess(
    town_with_brp: Site, visitor: Browser, zandmeer: Municipality, brp_register: Register
) -> None:
    brp_register.misbehave("500")

    page = signs_in(visitor, town_with_brp)

    assert page.status_code == 503
    assert "Dat ligt niet aan u" in page.text
    assert sessions_of(zandmeer) == 0


@pytest.mark.parametrize(
    ("said", "level"),
    [
        ("basis", Level.BASIS),
        ("Hoog", Level.HOOG),
        (SAML + "PasswordProtectedTransport", Level.BASIS),
        (SAML + "MobileTwoFactorContract", Level.MIDDEN),
        (SAML + "Smartcard", Level.SUBSTANTIEEL),
        (SAML + "SmartcardPKI", Level.HOOG),
        (SAML + "SmartcardPKI2", Level.BASIS),
        ("heel-hoog", Level.BASIS),
        ("", Level.BASIS),
        ("4", Level.BASIS),
    ],
)
def test_what_is_unknown_counts_as_the_lowest_level(said: str, level: Level) -> None:
    assert level_of(said) is level


def test_a_municipality_may_map_the_words_of_its_own_provider() -> None:
    mapping = {"loa3": "substantieel", "loa4": SAML + "SmartcardPKI"}

    assert level_of("loa3", mapping) is Level.SUBSTANTIEEL
    assert level_of("loa4", mapping) is Level.HOOG
    assert level_of("loa2", mapping) is Level.BASIS


@pytest.mark.parametrize(
    ("has", "needs", "opens"),
    [
        (Level.MIDDEN, Level.MIDDEN, True),
        (Level.HOOG, Level.MIDDEN, True),
        (Level.MIDDEN, Level.SUBSTANTIEEL, False),
    ],
)
def test_a_page_opens_at_its_own_level_or_higher(
    zandmeer: Municipality, has: Level, needs: Level, opens: bool
) -> None:
    @signed_in(level=needs)
    def page(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("open")

    request = RequestFactory().get("/mijn/")
    who, now = uuid4(), timezone.now()
    ends = (now + timedelta(hours=2), now + timedelta(minutes=15))
    request.on_cms_host = False  # type: ignore[attr-defined]
    request.resident_session = Session(  # type: ignore[attr-defined]
        uuid4(), who, who, has, "Helga Huisman", BSN("999970458"), *ends
    )

    with acting_for(zandmeer):
        answer = page(request)

    assert (answer.status_code == 200) is opens
    if not opens:
        assert "Substantieel" in answer.content.decode()
        assert "Uitloggen" in answer.content.decode()  # the way to come back at that level


def test_where_to_go_on_stays_in_mijn() -> None:
    assert safe_path("/mijn/delen/?van=hier") == "/mijn/delen/?van=hier"
    assert safe_path("/en/mijn/delen/") == "/en/mijn/delen/"
    assert safe_path("/mijn/uitkering/") == "/mijn/uitkering/"
    assert safe_path("/mijnheer/") == "/mijn/"
