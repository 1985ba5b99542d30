"""The waiting page's script in a real browser: it moves on by itself, and the whole flow is quick.

The browser runs in a thread of its own: its event loop would make Django refuse the database here.
"""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from playwright.sync_api import sync_playwright

from demo.irma.rig import Rig
from demo.wallet.pointer import read_pointer
from demo.wallet.program import State, Wallet
from portal.accounts.middleware import COOKIE
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from tests.chromium import launched
from tests.irma.conftest import PATIENCE, PERSON

from .browser import Browser
from .conftest import HELGA

pytestmark = [pytest.mark.irma, pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

DEMO_LINK = "text=Open de demo-wallet (nieuw tabblad)"


def test_with_script_the_page_follows_the_wallet_by_itself_and_the_flow_is_quick(
    live_server, offering, irma: Rig, settings
):
    settings.PUBLIC_PORT = str(urlsplit(live_server.url).port)
    settings.DEMO_WALLET_URL = "http://127.0.0.1:9"
    with acting_for(offering), transaction.atomic():
        parameters = irma.demo.parameters("http://127.0.0.1:9/scan?qr={pointer}", "zandmeer")
        connect("irma", "irma", irma.demo.url, irma.demo.credentials, parameters)
    wallet = irma.wallet({"gemeente.personalData": [PERSON]})
    cookie = Browser(offering, HELGA).client.cookies[COOKIE].value
    site = f"http://zandmeer.localhost:{settings.PUBLIC_PORT}"

    with ThreadPoolExecutor(1) as apart:
        seconds, trouble = apart.submit(share, site, cookie, wallet).result()

    assert trouble == []
    assert seconds < 60, "got stuck; how quick it is on an idle machine is for make bench"


def share(site: str, cookie: str, wallet: Wallet) -> tuple[float, list[str]]:
    """The whole flow as a resident does it; gives how long it took and what the browser complained about."""
    trouble: list[str] = []
    with sync_playwright() as playwright:
        browser = launched(playwright)
        page = browser.new_page()
        page.on(
            "console", lambda said: trouble.append(said.text) if said.type in ("error", "warning") else None
        )
        page.on("pageerror", lambda fault: trouble.append(str(fault)))
        there = site.rpartition(":")[0].replace("http:", "https:")  # as a Secure cookie must be set
        page.context.add_cookies([{"name": COOKIE, "value": cookie, "url": there, "secure": True}])
        page.goto(f"{site}/mijn/delen/")
        begun = monotonic()
        page.click("text=Maatje worden")
        page.click("text=Verder")
        page.check("input[value=other_device]")
        page.click("text=Verder")
        scanned = wallet.scan(read_pointer(page.get_attribute(DEMO_LINK, "href") or ""))
        page.wait_for_selector("text=Vul de code uit de app in")
        page.keyboard.type(scanned.pairing_code)  # the field has the focus
        page.keyboard.press("Enter")
        wallet.wait(scanned, lambda state: state is State.ASKING, PATIENCE)
        wallet.answer(scanned, agree=True)
        page.click("text=Ja, delen")
        page.wait_for_selector("text=Gelukt. Dit is uw bewijs")
        seconds = monotonic() - begun
        print(f"the whole flow took {seconds:.2f} s")
        browser.close()
    return seconds, trouble
