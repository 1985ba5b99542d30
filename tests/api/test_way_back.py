"""After yes or no a resident is led back to who asked: to an address that is registered, and no other."""

import pytest
from django.db import transaction

from portal.municipalities.acting import acting_for
from portal.sharing.models import Consumer, Request
from tests.sharing.browser import Browser
from tests.sharing.conftest import somebody

from .conftest import HELGA

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "https://team.example/klaar"
BACK = "Terug naar Team Dienstverlening"


@pytest.fixture
def helga_at(offering) -> Browser:
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(return_urls=[PAGE])
    return Browser(offering, HELGA)


def asked(browser: Browser) -> Request:
    with acting_for(browser.municipality), transaction.atomic():
        return Request.objects.get()


def reads(browser: Browser) -> Browser:
    return browser.goes(f"/mijn/delen/vragen/{asked(browser).id}/").follows("Lees de vraag en kies")


def types_a_yes(browser: Browser, mailoutbox) -> Browser:
    reads(browser).presses("Verder").presses("Verder", way="typed")
    browser.presses("Stuur mij de code", email="h@voorbeeld.example")
    digits = next(word.strip(".") for word in mailoutbox[-1].body.split() if word.strip(".").isdigit())
    return browser.presses("Ja, delen", code_email=digits)


def test_after_a_yes(system, helga_at, mailoutbox):
    system.asks(terugUrl=PAGE)
    types_a_yes(helga_at, mailoutbox)
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"
    assert helga_at.page.links[BACK] == PAGE


def test_after_a_no_to_the_explanation_and_after_a_later_no(system, helga_at):
    system.asks(terugUrl=PAGE)
    reads(helga_at).presses("Verder").presses("Nee, niet delen")
    assert (helga_at.h1, helga_at.page.links[BACK]) == ("Er is niets gedeeld", PAGE)
    helga_at.goes(f"/mijn/delen/vragen/{asked(helga_at).id}/")
    assert helga_at.page.links[BACK] == PAGE


def test_after_a_no_at_once(system, helga_at):
    system.asks(terugUrl=PAGE)
    reads(helga_at).presses("Nee, niet delen")
    assert (helga_at.h1, helga_at.page.links[BACK]) == ("Er is niets gedeeld", PAGE)


def test_not_while_the_question_is_open_nor_where_no_address_was_given(system, helga_at):
    system.asks()
    helga_at.goes(f"/mijn/delen/vragen/{asked(helga_at).id}/")
    assert BACK not in helga_at.page.links
    reads(helga_at).presses("Nee, niet delen")
    assert BACK not in helga_at.page.links


def test_an_address_that_is_no_longer_registered_leads_nowhere(system, helga_at, offering):
    system.asks(terugUrl=PAGE)
    with acting_for(offering), transaction.atomic():
        Consumer.objects.filter(slug="demo-balie").update(return_urls=["https://team.example/anders"])
    reads(helga_at).presses("Nee, niet delen")
    assert PAGE not in helga_at.page.html


@pytest.mark.parametrize("number", ["00000000-0000-4000-8000-000000000000", "https://kwaad.example/", "x"])
def test_nothing_in_the_address_of_our_page_chooses_where_the_link_goes(helga_at, number):
    helga_at.goes(f"/mijn/delen/starten/digitaal-bericht/niet/?verzoek={number}")
    assert helga_at.h1 == "Er is niets gedeeld"
    assert "kwaad.example" not in "".join(helga_at.page.links.values())
    assert BACK not in helga_at.page.links


def test_a_question_to_another_leads_nobody_back(system, helga_at, offering):
    system.asks(terugUrl=PAGE)
    other = Browser(offering, somebody())
    other.goes(f"/mijn/delen/starten/digitaal-bericht/niet/?verzoek={asked(helga_at).id}")
    assert PAGE not in other.page.html
