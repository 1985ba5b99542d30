"""Two people at a counter: what one shows the other; and somebody without a device, helped to the end."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.chromium import follow

from .looking_on import LookingOn
from .people import axe, fits, sign_in

pytestmark = pytest.mark.e2e
PHONE = {"width": 320, "height": 640}


def employee(page: Page, demo: dict[str, Any], username: str) -> None:
    """Sign in on the counter's host."""
    account = next(one for one in demo["counter"]["accounts"] if one["username"] == username)
    page.goto(demo["counter"]["url"])
    page.get_by_label("Gebruikersnaam").fill(account["username"])
    page.get_by_label("Wachtwoord").fill(account["password"])
    page.get_by_role("button", name="Inloggen", exact=True).click()
    expect(page.get_by_role("heading", name="Een inwoner helpen")).to_be_visible()


def for_everyone(page: Page) -> None:
    """Readable at 320 px, and nothing that axe finds."""
    axe(page)
    fits(page)


def looks_again(page: Page, *, javascript: bool) -> None:
    """By hand where no script does it; by keyboard, past everything that stands before it."""
    if javascript:
        return
    again = page.get_by_role("link", name="Kijk of er iets veranderd is")
    for _tab in range(40):
        page.keyboard.press("Tab")
        page.wait_for_timeout(200)  # as slow as a hand: a page that reloaded meanwhile would begin anew
        if again.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_resident_shows_what_they_chose_and_both_see_the_same_until_one_stops(
    browser: Browser, demo: dict[str, Any], javascript: bool
) -> None:
    looking = LookingOn()
    contexts = [
        browser.new_context(viewport=PHONE, locale="nl-NL", java_script_enabled=javascript) for _ in range(2)
    ]
    helga, sanne = (context.new_page() for context in contexts)
    for page in (helga, sanne):
        page.set_default_timeout(15_000)
        looking.at(page)
    sign_in(helga, demo, "zandmeer", "999970458", then="/mijn/delen/balie/")
    employee(sanne, demo, "sanne")
    helga.get_by_label("Naam").check()
    if javascript:
        for_everyone(helga)
    press(helga, "Geef mij een code")
    code = re.sub(r"\D", "", helga.locator("main samp").inner_text())
    sanne.get_by_role("link", name="De inwoner is ingelogd en heeft een code").click()
    sanne.get_by_label("Code van de inwoner").fill(code)
    if javascript:
        for_everyone(helga)
        for_everyone(sanne)
    press(sanne, "Verder")
    expect(sanne.get_by_role("heading", name="Wacht op de inwoner")).to_be_visible()
    looks_again(helga, javascript=javascript)
    expect(helga.get_by_text("Sanne de Wit")).to_be_visible()
    expect(sanne.get_by_text("Huisman")).to_have_count(0)
    if javascript:
        for_everyone(helga)
        for_everyone(sanne)
    press(helga, "Laat zien")
    looks_again(sanne, javascript=javascript)
    expect(sanne.get_by_text("Huisman")).to_be_visible()
    if javascript:
        for_everyone(helga)
        for_everyone(sanne)
    press(helga, "Stop met laten zien")
    looks_again(sanne, javascript=javascript)
    expect(sanne.get_by_role("heading", name="U ziet niets meer")).to_be_visible()
    expect(sanne.get_by_text("Huisman")).to_have_count(0)
    for context in contexts:
        context.close()
    assert not looking.complaints


def test_somebody_without_a_device_says_yes_at_the_kitchen_table_and_stops_by_phone(
    browser: Browser, demo: dict[str, Any]
) -> None:
    looking = LookingOn()
    context = browser.new_context(viewport=PHONE, locale="nl-NL")
    page = context.new_page()
    page.set_default_timeout(15_000)
    looking.at(page)
    employee(page, demo, "gerrie")

    def looks_up(channel: str, reason: str, document: str) -> None:
        page.goto(f"{demo['counter']['url']}/helpen/")
        page.get_by_label("Burgerservicenummer").fill("999990020")
        page.get_by_label(channel).check()
        page.get_by_label(reason).check()
        for_everyone(page)
        press(page, "Zoek op in de BRP")
        expect(page.get_by_text("Kierkegaard").first).to_be_visible()
        page.get_by_label(document).check()
        page.get_by_label("Laatste vier tekens").fill("4F21")
        page.get_by_label("Naam en geboortedatum kloppen").check()
        for_everyone(page)
        press(page, "Verder")
        for_everyone(page)

    looks_up("Aan de balie", "wil iets delen", "Identiteitskaart")
    page.get_by_role("link", name="Uw afspraken naar de thuiszorg").click()
    page.get_by_label("Welke hulp, en hoe vaak").fill("Twee keer per week hulp bij het douchen")
    for_everyone(page)
    press(page, "Verder naar ja of nee")
    page.get_by_label("ook op papier getekend").check()
    for_everyone(page)
    press(page, "De inwoner zegt ja")
    expect(page.get_by_role("heading", name="Opgeschreven. Dit is het bewijs")).to_be_visible()
    for_everyone(page)
    press(page, "Stuur dit bewijs met de post")
    expect(page.get_by_text("staat klaar voor de post")).to_be_in_viewport()
    expect(page.locator("#post")).to_be_focused()
    looks_up("Aan de telefoon", "wil stoppen", "ik stelde vragen")
    follow(page.get_by_role("link", name="Stop met delen: Uw afspraken naar de thuiszorg"))
    for_everyone(page)
    press(page, "Ja, stop met delen")
    expect(page.get_by_role("heading", name="Gestopt. Dit is het bewijs")).to_be_visible()
    press(page, "Uitloggen")
    expect(page.get_by_role("heading", name="Inloggen als medewerker")).to_be_visible()
    for_everyone(page)
    context.close()
    assert not looking.complaints
