"""Somebody with a mandate looks along, shares what the purpose allows, and sees nothing else; on a phone."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import MAIL, PHONE, agree, ask_code, code_for, expect_heading, right_for_everyone, site_of

KEES, MEETINA = "Kees de Hoop", "Meetina Geerdina Kierkegaard"


def come_for(page: Page, demo: Urls, slug: str, story: str) -> str:
    """Sign in for somebody else, as the one whose story starts so; gives the site."""
    site = site_of(demo, slug)
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/mijn/inloggen/")
    shot(page, "1-inloggen")
    page.get_by_role("button", name="Inloggen voor iemand anders").click()
    page.get_by_role("listitem").filter(has_text=story).get_by_role("button").click()
    page.wait_for_url(re.compile(re.escape(site)))
    return site


def test_a_neighbour_looks_along_and_gives_an_address_for_her_messages(page: Page, demo: Urls) -> None:
    site = come_for(page, demo, "veldrecht", f"Voor {MEETINA}")
    expect(page.get_by_text(f"U regelt dit voor {MEETINA}")).to_be_visible()
    expect(page.locator(".mijn-signed-in")).to_contain_text(KEES)
    shot(page, "2-overzicht")
    expect(page.get_by_role("link", name="Hulp thuis")).to_be_visible()
    expect(page.get_by_role("link", name="Mijn gegevens")).to_have_count(0)
    shot(page, "2-overzicht")
    right_for_everyone(page)

    page.goto(f"{site}/mijn/delen/starten/digitaal-bericht/")
    page.get_by_role("button", name="Verder").click()
    expect_heading(page, "Wat wilt u delen?")
    expect(page.locator("main")).not_to_contain_text("Yivi")
    page.get_by_label(MAIL).check()
    shot(page, "3-keuze")
    page.get_by_role("button", name="Verder").click()
    code = code_for(page, demo, ask_code(page))
    page.get_by_label("Code uit de e-mail").fill(code)
    shot(page, "4-controle")
    agree(page)
    expect(page.locator("main")).to_contain_text("Iemand die dit namens u mocht doen")
    expect(page.get_by_text(f"U regelt dit voor {MEETINA}")).to_be_visible()
    shot(page, "5-bewijs")
    right_for_everyone(page)

    page.goto(f"{site}/mijn/gebruik/")
    expect(page.locator("main")).to_contain_text("Iemand die dit voor u mag doen")
    shot(page, "6-gebruik")


@pytest.mark.parametrize("path", ["/mijn/gegevens/", "/mijn/contact/", "/mijn/aanvragen/kwijtschelding/"])
def test_what_somebody_does_themselves_says_so_and_whom_to_call(page: Page, demo: Urls, path: str) -> None:
    site = come_for(page, demo, "veldrecht", f"Voor {MEETINA}")
    page.goto(f"{site}{path}")
    expect_heading(page, "Dit doet iemand zelf")
    shot(page, "7-zelf")
    right_for_everyone(page)
    page.get_by_role("link", name="Naar het overzicht").click()
    expect_heading(page, "Mijn Veldrecht")


def test_a_mandate_to_look_shares_nothing(page: Page, demo: Urls) -> None:
    site = come_for(page, demo, "oeverstad", "Voor Rabah Ghezala")
    page.goto(f"{site}/mijn/delen/starten/digitaal-bericht/")
    expect_heading(page, "Dit kiest iemand zelf")
    shot(page, "8-kiest-zelf")
    right_for_everyone(page)


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
