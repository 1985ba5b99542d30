"""Ayse sees who used her data, asks about what she does not recognise, and sees what she was told."""

import re

from playwright.sync_api import Page

from tests.chromium import follow

from .conftest import Urls
from .people import expect_heading, right_for_everyone, sign_in, site_of

AYSE = "999991747"


def test_ayse_asks_about_a_use_she_does_not_recognise(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", AYSE, then="/mijn/gebruik/")
    expect_heading(page, "Wie gebruikte mijn gegevens?")
    right_for_everyone(page)
    page.get_by_label("Waarvoor").select_option("Uittreksel maken")
    page.get_by_role("button", name="Laat zien").click()
    page.wait_for_url(re.compile("doel=Uittreksel"))
    right_for_everyone(page)
    follow(page.get_by_role("link", name=re.compile("Vraag hierover")).first)
    right_for_everyone(page)
    page.get_by_role("button", name="Stuur mijn vraag").click()
    page.get_by_role("heading", name="Er klopt iets nog niet").wait_for()
    right_for_everyone(page)
    page.get_by_label("Wat wilt u weten?").fill("Ik vroeg geen uittreksel aan. Wie deed dit?")
    page.get_by_role("button", name="Stuur mijn vraag").click()
    expect_heading(page, "Uw vraag is binnen")
    right_for_everyone(page)


def test_what_ayse_was_told(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", AYSE, then="/mijn/berichten-aan-u/")
    expect_heading(page, "Mails en brieven aan u")
    right_for_everyone(page)
    for path in (
        "/en/mijn/gebruik/",
        "/en/mijn/berichten-aan-u/",
        "/mijn/gebruik/?periode=30d&doel=Paspoort+maken",
    ):
        page.goto(site_of(demo, "zandmeer") + path)
        right_for_everyone(page)
