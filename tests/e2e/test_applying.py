"""Applying for remission in a browser: on a phone without JavaScript, with a keyboard, and for everyone."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import follow

from .conftest import Urls
from .people import (
    expect_heading,
    fits,
    look_again,
    right_for_everyone,
    sign_in,
    site_of,
    wallet_scans,
)

RESIDENTS = {"zandmeer": "999991747", "veldrecht": "999990871", "oeverstad": "999970811"}
"""Who applies where: Ayse, whose address is secret; Petri; Abdellah, whose birthday is not known. Other tests
look for cases of Helga and Kees, which new ones would push off the overview."""
PHONE = {"viewport": {"width": 320, "height": 640}, "locale": "nl-NL", "java_script_enabled": False}


def begin(page: Page, demo: Urls, slug: str) -> None:
    """From the library's page to the first step; what was begun before is thrown away."""
    page.goto(f"{site_of(demo, slug)}/rondkomen/")
    follow(page.get_by_role("link", name="Vraag kwijtschelding aan"))
    if page.get_by_role("link", name="Gooi weg wat u invulde").count():
        page.get_by_role("link", name="Gooi weg wat u invulde").click()
        page.get_by_role("button", name="Ja, gooi het weg").click()
    follow(page.get_by_role("button", name="Begin met de aanvraag"))


def says_how_to_call(page: Page) -> None:
    """Only who is in no register of contacts: Petri."""
    if not page.get_by_text("Bron: Uw contactgegevens").count():
        page.get_by_role("textbox", name="Telefoonnummer").fill("0612345678")


def says_whose_house(page: Page) -> None:
    """Only where the WOZ cannot tell."""
    if not page.get_by_text("Bron: Waardering onroerende zaken (WOZ)").count():
        page.get_by_role("group", name="Heeft u een eigen huis?").get_by_label("Nee").check()


def fill_in(page: Page, look: Any, *, errors: bool = True) -> None:
    """All steps as far as the check; `look` sees each page, and each of them with errors too where asked."""
    steps = [
        lambda: says_how_to_call(page),
        lambda: (
            page.get_by_label("Alleen, of alleen met mijn kinderen").check(),
            page.get_by_label("Hoeveel kinderen onder de 18 wonen bij u?").fill("1"),
        ),
        lambda: (
            page.get_by_label("Loon", exact=True).check(),
            page.get_by_label("Hoeveel krijgt u per maand?").fill("1.250,50"),
            page.get_by_label("Hoeveel toeslagen krijgt u per maand?").fill("100"),
            page.get_by_label("Hoeveel huur of hypotheek betaalt u per maand?").fill("600"),
            page.get_by_label("Hoeveel betaalt u per maand voor uw zorgverzekering?").fill("140"),
        ),
        lambda: (
            page.get_by_label("Hoeveel geld staat er op al uw rekeningen samen?").fill("812"),
            page.get_by_role("group", name="Heeft u een auto of motor?").get_by_label("Nee").check(),
            says_whose_house(page),
        ),
        lambda: page.get_by_label("Rekeningnummer (IBAN)").fill("NL91 ABNA 0417 1643 00"),
    ]
    for number, answer in enumerate(steps):
        look(page)
        if number > 1 and errors:
            follow(page.get_by_role("button", name="Verder", exact=True))
            expect(page.get_by_role("heading", name="Er klopt iets nog niet")).to_be_visible()
            look(page)
        answer()
        follow(page.get_by_role("button", name="Verder", exact=True))
    look(page)


@pytest.mark.parametrize("slug", RESIDENTS)
class TestForEveryone:
    def test_every_page_of_it(self, page: Page, demo: Urls, slug: str) -> None:
        sign_in(page, demo, slug, RESIDENTS[slug])
        page.goto(f"{site_of(demo, slug)}/mijn/aanvragen/kwijtschelding/")
        right_for_everyone(page)
        begin(page, demo, slug)
        fill_in(page, right_for_everyone, errors=slug == "zandmeer")  # the gallery has them in every theme
        page.get_by_role("button", name="Bewaar en ga later verder").click()
        expect_heading(page, "Uw aanvraag is bewaard")
        right_for_everyone(page)
        follow(page.get_by_role("link", name="Gooi weg wat u invulde"))
        right_for_everyone(page)
        page.get_by_role("link", name="Nee, ga verder").click()
        page.get_by_label("Ik heb alles eerlijk ingevuld").check()
        page.get_by_role("button", name="Verstuur mijn aanvraag").click()
        expect_heading(page, "Uw aanvraag is binnen")
        right_for_everyone(page)
        page.goto(f"{site_of(demo, slug)}/mijn/aanvragen/verbetering/")
        right_for_everyone(page)
        page.goto(f"{site_of(demo, slug)}/mijn/aanvragen/00000000-0000-4000-8000-000000000000/")
        right_for_everyone(page)


class TestWithoutJavaScript:
    @pytest.fixture
    def settings_of_browser(self) -> dict[str, Any]:
        return PHONE

    def test_the_case_is_in_the_list_at_once(self, page: Page, demo: Urls) -> None:
        sign_in(page, demo, "veldrecht", RESIDENTS["veldrecht"])
        begin(page, demo, "veldrecht")
        expect(page.locator("main")).to_contain_text("Dorpsstraat 14")
        fill_in(page, fits)
        page.get_by_role("link", name="Wijzig: Uw rekening").click()
        page.get_by_label("Rekeningnummer (IBAN)").fill("BE68 5390 0754 7034")
        follow(page.get_by_role("button", name="Verder", exact=True))
        expect(page.locator("main")).to_contain_text("BE68 5390 0754 7034")
        page.get_by_label("Ik heb alles eerlijk ingevuld").check()
        page.get_by_role("button", name="Verstuur mijn aanvraag").click()
        expect_heading(page, "Uw aanvraag is binnen")
        number = re.search(r"M-[0-9A-Z]{4}-[0-9A-Z]{4}", page.locator("main").inner_text())
        assert number
        page.go_back()
        expect_heading(page, "Uw aanvraag is binnen")
        page.get_by_role("link", name="Volg uw zaak").click()
        expect(page.get_by_text(number[0])).to_be_visible()

    def test_while_the_case_system_is_down_the_resident_has_a_receipt_and_a_line_in_the_list(
        self, page: Page, demo: Urls
    ) -> None:
        sign_in(page, demo, "oeverstad", RESIDENTS["oeverstad"])
        begin(page, demo, "oeverstad")
        expect(page.locator("main")).to_contain_text("juli 1975")
        fill_in(page, fits)
        page.get_by_label("Ik heb alles eerlijk ingevuld").check()
        down = f"{demo['registers']['zaken']}/_faults"
        httpx.post(down, json={"kind": "500"}).raise_for_status()
        try:
            page.get_by_role("button", name="Verstuur mijn aanvraag").click()
            expect_heading(page, "Wij hebben uw aanvraag")
            page.get_by_role("link", name="Naar uw zaken").click()
            expect(page.locator("main")).to_contain_text(
                "Uw zaak verschijnt zodra ons zaaksysteem weer werkt"
            )
        finally:
            httpx.post(down, json={"kind": "none"}).raise_for_status()


def test_it_can_be_filled_in_with_the_keyboard_only(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "veldrecht", RESIDENTS["veldrecht"])
    begin(page, demo, "veldrecht")
    page.get_by_role("textbox", name="Telefoonnummer").focus()
    page.keyboard.type("0612345678")
    page.keyboard.press("Enter")  # goes on, and neither back nor later
    page.wait_for_url("**/huishouden/")
    page.get_by_label("Alleen, of alleen met mijn kinderen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.type("0")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inkomen/")


class TestWithTheApp:
    """Hans, of whom the register of contacts knows nothing, and who has no telephone number in his app."""

    BSN, HOLDER = "999970446", "hans-hamersma"

    @pytest.mark.parametrize("javascript", [True, False])
    def test_what_the_app_has_need_not_be_typed(self, browser: Browser, demo: Urls, javascript: bool) -> None:
        context = browser.new_context(locale="nl-NL", java_script_enabled=javascript)
        page = context.new_page()
        look = right_for_everyone if javascript else fits
        sign_in(page, demo, "zandmeer", self.BSN)
        page.goto(f"{site_of(demo, 'zandmeer')}/mijn/aanvragen/kwijtschelding/")
        begin(page, demo, "zandmeer")
        look(page)
        page.get_by_role("textbox", name="Telefoonnummer").fill("0201234567")
        asked = page.get_by_role("group", name="Wat geeft u met de app?")
        asked.get_by_label("Telefoonnummer").uncheck()
        asked.get_by_label("E-mailadres").uncheck()
        page.get_by_role("button", name="Geef dit met de app op uw telefoon").click()
        expect(page.get_by_role("heading", name="Er klopt iets nog niet")).to_be_visible()
        look(page)
        asked.get_by_label("E-mailadres").check()
        page.get_by_role("button", name="Geef dit met de app op uw telefoon").click()
        expect_heading(page, "Scan de code met uw Yivi-app")
        look(page)
        wallet, session = wallet_scans(page, demo, self.HOLDER)
        wallet.answer(session, agree=True)
        look_again(page, page.get_by_role("heading", name="Kwijtschelding aanvragen: Wie u bent"))
        expect_heading(page, "Kwijtschelding aanvragen: Wie u bent")
        expect(page.locator("main")).to_contain_text("Bron: Uw Yivi-app")
        expect(page.get_by_role("textbox", name="Telefoonnummer")).to_have_value("0201234567")
        look(page)
        page.get_by_role("button", name="De app staat op dit apparaat").click()
        expect_heading(page, "Open de Yivi-app op dit apparaat")
        look(page)
        page.get_by_role("link", name="Vul het zelf in").click()
        expect_heading(page, "Kwijtschelding aanvragen: Wie u bent")
        context.close()
