"""Ayse sees who used her data, asks about what she does not recognise, and sees what she was told."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import Urls
from .people import axe, expect_heading, fits, sign_in, site_of

SIZES = {"desktop": {"width": 1280, "height": 900}, "phone": {"width": 320, "height": 640}}
AYSE = "999991747"


@pytest.fixture(params=SIZES)
def settings_of_browser(request: pytest.FixtureRequest) -> dict[str, Any]:
    return {"viewport": SIZES[request.param], "locale": "nl-NL"}


def good(page: Page) -> None:
    axe(page)
    fits(page)


def test_ayse_asks_about_a_use_she_does_not_recognise(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", AYSE, then="/mijn/gebruik/")
    expect_heading(page, "Wie gebruikte mijn gegevens?")
    good(page)
    page.get_by_label("Waarvoor").select_option("Uittreksel maken")
    page.get_by_role("button", name="Laat zien").click()
    page.wait_for_url(re.compile("doel=Uittreksel"))
    good(page)
    page.get_by_role("link", name=re.compile("Vraag hierover")).first.click()
    good(page)
    page.get_by_role("button", name="Stuur mijn vraag").click()
    page.get_by_role("heading", name="Er klopt iets nog niet").wait_for()
    good(page)
    page.get_by_label("Wat wilt u weten?").fill("Ik vroeg geen uittreksel aan. Wie deed dit?")
    page.get_by_role("button", name="Stuur mijn vraag").click()
    expect_heading(page, "Uw vraag is binnen")
    good(page)


def test_what_ayse_was_told(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", AYSE, then="/mijn/berichten-aan-u/")
    expect_heading(page, "Berichten aan u")
    good(page)
    for path in (
        "/en/mijn/gebruik/",
        "/en/mijn/berichten-aan-u/",
        "/mijn/gebruik/?periode=30d&doel=Paspoort+maken",
    ):
        page.goto(site_of(demo, "zandmeer") + path)
        good(page)
