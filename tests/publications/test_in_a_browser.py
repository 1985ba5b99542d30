"""The list in Chromium: for everyone from 320 px on, with what a visitor types."""

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from demo.content.publications import PUBLISHED
from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from tests.chromium import barriers, launched, too_wide

from .conftest import fetched

pytestmark = pytest.mark.django_db(transaction=True)
SHOTS = os.environ.get("SHOTS", "")
"""A folder for pictures, for who wants to look too."""


def for_everyone(page: Page, name: str) -> None:
    """Nothing that axe finds, nothing that sticks out, on a desk and on the narrowest telephone."""
    for width in (1200, 320):
        page.set_viewport_size({"width": width, "height": 900})
        assert barriers(page) == [], (name, width)
        assert too_wide(page) <= 0, (name, width)
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def test_a_resident_finds_what_is_about_the_own_street(
    zandmeer: Municipality, source: Register, live_server: Any, settings: Any
) -> None:
    port = live_server.url.rsplit(":", 1)[1]
    settings.PUBLIC_PORT = port
    fetched(zandmeer)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_context(java_script_enabled=True, locale="nl-NL").new_page()
        page.goto(f"http://zandmeer.localhost:{port}/zoeken/")
        page.get_by_role("link", name="Officiële bekendmakingen").click()
        assert page.locator("ol li").count() == len(PUBLISHED["zandmeer"])
        for_everyone(page, "list")
        page.get_by_label("Postcode").fill("duin")
        page.get_by_role("button", name="Toon bekendmakingen").click()
        page.get_by_role("heading", name="Er klopt iets nog niet").wait_for()
        for_everyone(page, "wrong")
        page.get_by_label("Postcode").fill("1996 ab")
        page.get_by_role("button", name="Toon bekendmakingen").click()
        page.wait_for_url("**/bekendmakingen/?postcode=1996AB")
        for_everyone(page, "street")
        official = page.locator("ol a").first.get_attribute("href")
        assert official is not None
        page.goto(official)
        assert page.get_by_role("heading", level=1).inner_text() == PUBLISHED["zandmeer"][0].title
        page.goto(f"http://zandmeer.localhost:{port}/bekendmakingen/?postcode=1996ZZ")
        for_everyone(page, "nothing")
        browser.close()
