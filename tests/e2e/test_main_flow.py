"""The product's main job, by a resident with a browser and a wallet."""

import re

from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import SCAN, begin_sharing, sign_in, wallet_agrees

HELGA = "999970458"


def test_helga_signs_in_and_sees_her_cases(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    expect(page.locator("body")).to_contain_text("Omgevingsvergunning dakkapel")


def test_helga_shares_her_address_from_her_wallet_and_stops(page: Page, demo: Urls) -> None:
    begin_sharing(page, demo, "zandmeer", HELGA, way=SCAN)
    wallet_agrees(page, demo, "helga-huisman")
    page.get_by_role("button", name="Ja, delen").click()

    page.wait_for_url(re.compile(r"/bewijs/"))
    desk = page.context.new_page()
    desk.goto(demo["desk"]["url"])
    expect(desk.locator("body")).to_contain_text("helga.huisman@voorbeeld.example")
