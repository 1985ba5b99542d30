"""The list in Chromium: for everyone from 320 px on, with what a visitor types."""

import os
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from playwright.sync_api import Page, sync_playwright

from demo.content.publications import PUBLISHED
from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from portal.publications.mailing import mail_due
from tests.chromium import barriers, follow, launched, too_wide

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


def mailed(municipality: Municipality) -> int:
    try:
        return mail_due(municipality)
    finally:
        connection.close()


def test_a_resident_finds_what_is_about_the_own_street_and_is_mailed(
    zandmeer: Municipality, source: Register, live_server: Any, settings: Any
) -> None:
    port = live_server.url.rsplit(":", 1)[1]
    settings.PUBLIC_PORT = port
    fetched(zandmeer)

    def follow_the_mail() -> str:
        """The worker's turn, in a thread that has no browser's loop; gives the link."""
        with ThreadPoolExecutor(1) as worker:
            assert worker.submit(mailed, zandmeer).result() == 1
        return re.findall(r"http://\S+/mail/\S+", str(mail.outbox[-1].body))[0]

    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_context(java_script_enabled=True, locale="nl-NL").new_page()
        page.goto(f"http://zandmeer.localhost:{port}/zoeken/")
        follow(page.get_by_role("link", name="Officiële bekendmakingen"))
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
        page.goto(f"http://zandmeer.localhost:{port}/bekendmakingen/?postcode=1996AB")
        follow(page.get_by_role("link", name="Krijg een mail als er iets nieuws is"))
        assert page.get_by_label("Postcode").input_value() == "1996AB"
        for_everyone(page, "subscribe")
        page.get_by_role("button", name="Vraag de mails aan").click()
        page.get_by_role("heading", name="Er klopt iets nog niet").wait_for()
        for_everyone(page, "subscribe-wrong")
        page.get_by_label("E-mailadres").fill("buur@voorbeeld.example")
        page.get_by_label("Verkeer en parkeren").check()
        page.get_by_role("button", name="Vraag de mails aan").click()
        page.get_by_role("heading", name="Kijk in uw mail").wait_for()
        for_everyone(page, "asked")
        page.goto(follow_the_mail())
        for_everyone(page, "confirm")
        page.get_by_role("button", name="Ja, ik wil deze mails").click()
        page.get_by_role("heading", name="U krijgt mails over bekendmakingen").wait_for()
        for_everyone(page, "confirmed")
        follow(page.get_by_role("link", name="Stop met deze mails"))
        for_everyone(page, "stop")
        page.get_by_role("button", name="Ja, stop met deze mails").click()
        page.get_by_role("heading", name="U krijgt geen mails meer").wait_for()
        for_everyone(page, "stopped")
        browser.close()
