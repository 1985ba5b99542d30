"""How many steps a way has, no choice where there is one way, and the words that fit."""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import transaction

from demo.content.purposes import PURPOSES, home_care_plan
from demo.registers import sociaal
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.sharing import purposes
from portal.sharing.models import Grant
from tests.mijn.conftest import connected
from tests.registers.conftest import brp_connection, brp_fake, brp_register

from .browser import Browser
from .conftest import HELGA, gives

__all__ = ["brp_fake", "brp_register"]
pytestmark = pytest.mark.django_db(transaction=True)

PHONE = "(0999) 12 34 56"


def written(slug: str, **other: Any) -> dict[str, Any]:
    return {**PURPOSES["oeverstad"][slug]("Zandmeer", PHONE), **other}


@pytest.fixture
def helga_at(offering, brp_fake) -> Browser:
    connected(offering, brp_connection(brp_fake.url))
    return Browser(offering, HELGA)


def starts(browser: Browser, slug: str, **other: Any) -> Browser:
    """With this purpose on offer, as far as the page after the explanation."""
    with acting_for(browser.municipality), transaction.atomic():
        purposes.publish(slug, written(slug, **other))
    return browser.goes(f"/mijn/delen/starten/{slug}/").presses("Verder")


def step(browser: Browser) -> str:
    found = re.search(r"Stap \d( van \d)?: [^<]+", browser.page.html)
    return found[0] if found else ""


def test_from_a_register_the_check_is_the_second_of_two_steps(helga_at):
    starts(helga_at, "maatje-18")
    assert step(helga_at) == "Stap 1: Kiezen"
    helga_at.presses("Verder", way="register")
    assert step(helga_at) == "Stap 2 van 2: Nakijken en ja of nee zeggen"


def test_typed_the_check_is_the_third_of_three_steps(helga_at):
    starts(helga_at, "digitaal-bericht")
    assert step(helga_at) == "Stap 1 van 3: Kiezen"
    helga_at.presses("Verder", way="typed", with_mail_cases="on")
    assert step(helga_at) == "Stap 2 van 3: Zelf typen"
    helga_at.presses("Stuur mij de code", email="h@voorbeeld.example")
    assert step(helga_at) == "Stap 3 van 3: Nakijken en ja of nee zeggen"


def test_with_one_way_and_nothing_to_choose_there_is_no_choice_page(helga_at):
    starts(helga_at, "maatje-18", wallet=False)
    assert helga_at.h1 == "Dit gaat u delen"
    assert step(helga_at) == ""
    helga_at.presses("Ja, delen")
    assert helga_at.h1 == "Gelukt. Dit is uw bewijs"
    with acting_for(helga_at.municipality), transaction.atomic():
        assert Grant.objects.get().way == "register"


def test_when_the_only_way_fails_that_is_said_and_it_may_be_tried_again(helga_at, brp_fake):
    brp_fake.misbehave("500")
    starts(helga_at, "maatje-18", wallet=False)
    assert (helga_at.status, helga_at.h1) == (422, "Wat wilt u delen?")
    assert "Het register geeft nu geen antwoord" in helga_at.text
    assert "Lukt het zo niet? Bel ons dan." in helga_at.text
    assert "andere manier" not in helga_at.text
    assert 'type="radio"' not in helga_at.page.html
    brp_fake.misbehave("none")
    assert helga_at.presses("Verder").h1 == "Dit gaat u delen"


def test_typing_as_the_only_way_begins_at_once_and_offers_no_other(helga_at):
    starts(
        helga_at, "digitaal-bericht", wallet=False, attributes=written("digitaal-bericht")["attributes"][:1]
    )
    assert helga_at.h1 == "Vul in wat u wilt delen"
    assert step(helga_at) == "Stap 1 van 2: Zelf typen"
    assert "Kies een andere manier" not in helga_at.page.links
    helga_at.presses("Stuur mij de code", email="h@voorbeeld.example")
    code = re.search(r"\b(\d{6})\b", mail.outbox[-1].body)[1]
    assert helga_at.presses("Ja, delen", code_email=code).h1 == "Gelukt. Dit is uw bewijs"


def test_where_nothing_is_needed_the_page_says_so_and_asks_no_way_when_there_is_one(helga_at):
    with sociaal.demo_register("a token") as register:
        with acting_for(helga_at.municipality), transaction.atomic():
            connect("sociaal", "Sociaal", register.url, {"token": "a token"}, {})
        starts(helga_at, "wijkteam-samen", consumer="demo-balie")
        assert "BSN" not in helga_at.goes("/mijn/delen/starten/wijkteam-samen/").text
        helga_at.presses("Verder")
        assert step(helga_at) == "Stap 1 van 2: Kiezen"
        assert "Dit mag ook, maar hoeft niet" not in helga_at.text
        assert "Dit is nodig" not in helga_at.text
        assert "Vink aan wat u wilt delen. Eén vinkje is genoeg." in helga_at.text
        assert "Hoe wilt u dit geven?" not in helga_at.text
        assert "Uit een register van de gemeente. De gemeente weet dit al." in helga_at.text
        helga_at.presses("Verder")
        assert helga_at.status == 422
        assert "Kies wat u wilt delen." in helga_at.text
        assert 'href="#id_with_' in helga_at.page.html, "the summary leads to the first box"
        assert "<title>Er klopt iets nog niet:" in helga_at.page.html
        helga_at.presses("Verder", with_uitkering="on")
        assert step(helga_at) == "Stap 2 van 2: Nakijken en ja of nee zeggen"


def test_of_several_ways_one_that_there_is_stands_chosen(helga_at):
    attributes = written("digitaal-bericht")["attributes"][:1]
    starts(helga_at, "digitaal-bericht", attributes=[{**attributes[0], "register": "brp.name"}], wallet=False)
    form, _adds = helga_at.page.form_with("Verder")
    assert form.fields["way"] == "register"


def test_what_is_signed_with_an_employee_promises_no_second_question_here_and_no_telephone(helga_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        purposes.publish("thuiszorg-plan", home_care_plan("Zandmeer", PHONE))
    helga_at.goes("/mijn/delen/starten/thuiszorg-plan/")
    assert "Daarom vragen wij u straks ook om een handtekening." in helga_at.text
    assert "nog een keer of u het zeker weet" not in helga_at.text
    assert "aan de balie of bij u thuis. Bel ons of kom langs." in helga_at.text
    assert "aan de telefoon" not in helga_at.text


def test_a_purpose_without_english_gives_its_page_a_title_that_says_it_is_dutch(helga_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        purposes.publish("thuiszorg-plan", home_care_plan("Zandmeer", PHONE))
    english = helga_at.goes("/en/mijn/delen/starten/thuiszorg-plan/").page.html
    assert '<title lang="nl">Uw afspraken naar de thuiszorg |' in english
    assert "<title>" in helga_at.goes("/mijn/delen/starten/thuiszorg-plan/").page.html
    assert "<title>" in helga_at.goes("/en/mijn/delen/starten/digitaal-bericht/").page.html


def test_labels_of_a_text_in_dutch_only_say_so_on_an_english_page(helga_at):
    texts = written("digitaal-bericht")["texts"]
    with acting_for(helga_at.municipality), transaction.atomic():
        purposes.publish("digitaal-bericht", written("digitaal-bericht", texts={"nl": texts["nl"]}))
    helga_at.goes("/en/mijn/delen/starten/digitaal-bericht/").presses("Continue")
    assert re.search(r'<label[^>]* lang="nl">Mail over uw zaken</label>', helga_at.page.html)
    helga_at.presses("Continue", way="typed", with_mail_cases="on")
    assert re.search(r'<label[^>]*><span lang="nl">E-mailadres</span></label>', helga_at.page.html)
    helga_at.presses("Send me the code", email="h@voorbeeld.example")
    assert '<dt lang="nl">E-mailadres</dt>' in helga_at.page.html


def test_what_is_wrong_in_two_forms_is_told_once_and_in_the_title(helga_at):
    starts(helga_at, "digitaal-bericht", explicit=True).presses("Verder", way="typed", with_mail_cases="on")
    helga_at.presses("Stuur mij de code", email="h@voorbeeld.example").presses("Ja, delen")
    assert helga_at.page.html.count('id="error-summary"') == 1
    assert "Vul de code van zes cijfers in." in helga_at.page.links
    assert "Zet een vinkje als u het zeker weet. Of kies “Nee, niet delen”." in helga_at.page.links
    starts(helga_at, "maatje-18", explicit=True, wallet=False).presses("Ja, delen")
    assert "<title>Er klopt iets nog niet: Kijk na wat u deelt" in helga_at.page.html


def test_a_no_halfway_says_what_goes_on_where_something_is_shared_already(helga_at):
    with acting_for(helga_at.municipality), transaction.atomic():
        purposes.publish("digitaal-bericht", written("digitaal-bericht"))
        gives(helga_at.session, "digitaal-bericht")
    starts(helga_at, "digitaal-bericht").presses("Verder", way="typed", with_mail_cases="on")
    assert helga_at.h1 == "Vul in wat u wilt delen"
    assert helga_at.presses("Nee, laat het zoals het is").h1 == "Er is niets veranderd"
