"""Everything a resident does, on a phone that runs no scripts; the wallet and the desk run none either."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import (
    SCAN,
    TYPE,
    agree,
    ask_code,
    at_desk,
    begin_sharing,
    code_for,
    expect_heading,
    fits,
    look_again,
    name_of,
    sign_in,
    sign_out,
    site_of,
)

HELGA, KEES, TINA = "999970458", "999990329", "999970987"


@pytest.fixture
def settings_of_browser() -> dict[str, Any]:
    return {"viewport": {"width": 360, "height": 740}, "locale": "nl-NL", "java_script_enabled": False}


def test_the_site_and_a_shared_page_are_there(page: Page, demo: Urls) -> None:
    page.goto(site_of(demo, "zandmeer"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    fits(page)
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="Verhuizen").click()
    expect_heading(page, "Verhuizen")
    expect(page.locator("main")).to_contain_text("De Duinrand")  # a local fact
    fits(page)


def test_a_slow_register_keeps_its_place_and_delays_nothing_else(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    slow = f"{demo['registers']['zaken']}/_faults"
    httpx.post(slow, json={"kind": "delay", "seconds": 3}).raise_for_status()
    try:
        page.goto(f"{site_of(demo, 'zandmeer')}/mijn/", wait_until="commit")
        expect(page.get_by_role("link", name="Bekijk al uw gegevens")).to_be_visible()
        assert in_order(
            page, "Uw zaken worden opgehaald", "Duinroosstraat 12", "Wat deel ik?", "Snel regelen"
        )
    finally:
        httpx.post(slow, json={"kind": "none"}).raise_for_status()  # what waits is answered now
    expect(page.get_by_role("link", name="Omgevingsvergunning dakkapel")).to_be_visible()
    assert in_order(page, "Omgevingsvergunning dakkapel", "Duinroosstraat 12", "Wat deel ik?", "Snel regelen")
    expect(page.get_by_text("Uw zaken worden opgehaald")).to_be_hidden()
    fits(page)


def test_a_case_and_own_data_can_be_read(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    page.get_by_role("link", name="Omgevingsvergunning dakkapel").click()
    expect_heading(page, "Omgevingsvergunning dakkapel")
    assert in_order(
        page, "Wanneer is het klaar?", "Hoe staat het ervoor?", "Bel over uw zaak", "Noem dan dit nummer"
    )
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation").get_by_role("link", name="Mijn gegevens", exact=True).click()
    expect_heading(page, "Mijn gegevens")
    expect(page.locator("main")).to_contain_text("20 december 1987")
    fits(page)


def test_sharing_from_the_wallet_through_its_own_page_and_stopping(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "veldrecht", KEES, way=SCAN)
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Open de demo-wallet").click()
    wallet = opened.value
    wallet.get_by_role("button", name=re.compile(name_of(demo, KEES))).click()
    code = wallet.locator(".code").inner_text()

    look_again(page, page.get_by_label("Code uit de app"))
    page.get_by_label("Code uit de app").fill(code)
    page.get_by_role("button", name="Klaar").click()
    expect(wallet.get_by_role("heading", level=1)).to_have_text("Wilt u dit delen?")
    expect(wallet.locator("main")).to_contain_text("kees.dehoop@voorbeeld.example")
    wallet.get_by_role("button", name="Ja, delen").click()
    expect(wallet.get_by_role("heading", level=1)).to_have_text("Gelukt")

    look_again(page, page.get_by_role("heading", name="Dit gaat u delen"))
    expect_heading(page, "Dit gaat u delen")
    expect(page.locator("main")).to_contain_text("kees.dehoop@voorbeeld.example")
    grant = agree(page)
    expect_heading(page, "Gelukt. Dit is uw bewijs")
    there = at_desk(page, demo, grant)
    expect(there).to_contain_text("kees.dehoop@voorbeeld.example")

    page.get_by_role("link", name="Stop met delen").click()
    expect(page.locator("main")).to_contain_text("Dit vernietigen wij meteen")
    page.get_by_role("button", name="Ja, stop met delen").click()
    expect_heading(page, "U deelt dit niet meer")
    expect(there).to_contain_text("Wij hebben de gegevens gewist")
    expect(there).not_to_contain_text("kees.dehoop")


def test_sharing_by_typing_with_the_code_from_the_mail_and_signing_out(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "oeverstad", TINA, way=TYPE)
    address = ask_code(page)
    page.get_by_label("Code uit de e-mail").fill(code_for(page, demo, address))
    agree(page)
    expect_heading(page, "Gelukt. Dit is uw bewijs")

    sign_out(page)
    page.goto(f"{site_of(demo, 'oeverstad')}/mijn/delen/")
    expect_heading(page, "Inloggen bij Mijn Oeverstad")


def in_order(page: Page, *texts: str) -> bool:
    """Whether these stand on the page from top to bottom, and are told in that order to who cannot see it."""
    told = page.locator("main").aria_snapshot()
    places = [told.index(text) for text in texts]
    high = [page.locator("main").get_by_text(text).first.bounding_box() for text in texts]
    tops = [box["y"] for box in high if box]
    return places == sorted(places) and tops == sorted(tops) and len(tops) == len(texts)
