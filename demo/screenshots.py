"""Makes the README's pictures over a running demo: `make demo` here, `make screenshots` in another terminal.

Goes the way that a visitor goes, as Helga Huisman of Zandmeer, with the demo's wallet in a second tab.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from .state import ROOT

PICTURES = ROOT / "docs" / "images"
CHROMIUM = "/usr/bin/chromium"
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 860}, "locale": "nl-NL"}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 780},
    "device_scale_factor": 2,
    "locale": "nl-NL",
    "is_mobile": True,
}


def main() -> int:
    """All pictures, one after the other."""
    file = ROOT / os.environ.get("DEMO_STATE", ".demo") / "urls.json"
    if not file.exists():
        print(f"{file} is not there: start the demo first, with `make demo`.", file=sys.stderr)
        return 2
    if not Path(CHROMIUM).exists():
        print("Chromium is needed. On Debian or Ubuntu: apt install chromium", file=sys.stderr)
        return 2
    urls = json.loads(file.read_text())
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        _homes(browser, urls)
        _helga(browser, urls)
        _phone(browser, urls)
        browser.close()
    return 0


def _homes(browser: Browser, urls: dict[str, Any]) -> None:
    for place in urls["municipalities"]:
        page = browser.new_page(**DESKTOP)
        page.goto(place["url"])
        _shoot(page, f"home-{place['slug']}")
        page.close()


def _helga(browser: Browser, urls: dict[str, Any]) -> None:
    """Overview, case, own data, and sharing from explanation to what the desk got, and the stop."""
    context = browser.new_context(**DESKTOP)
    page, site = context.new_page(), urls["municipalities"][0]["url"]
    _sign_in(page, site)
    _shoot(page, "overview")
    page.goto(f"{site}/mijn/zaken/")
    page.locator("main").get_by_role("link", name=re.compile("dakkapel")).first.click()
    _shoot(page, "case")
    page.goto(f"{site}/mijn/gegevens/")
    _shoot(page, "own-data")
    page.goto(f"{site}/mijn/delen/starten/digitaal-bericht/")
    _shoot(page, "sharing-1-explanation")
    _go_on(page)
    page.get_by_label("Mail over uw zaken").check()
    _shoot(page, "sharing-2-choice")
    _go_on(page)
    _shoot(page, "sharing-3-scan")
    _wallet(page)
    page.wait_for_url(re.compile("/controle/"))
    _shoot(page, "sharing-4-check")
    page.get_by_role("button", name="Ja, delen").click()
    page.wait_for_url(re.compile("/bewijs/"))
    _shoot(page, "sharing-5-receipt")
    page.goto(f"{site}/mijn/delen/")
    _shoot(page, "what-do-i-share")
    desk = context.new_page()
    desk.goto(urls["desk"]["url"])
    desk.locator("[data-grant]").first.wait_for()
    _shoot(desk, "desk")
    context.close()


def _wallet(page: Page) -> None:
    """Play the phone in a second tab, as a presenter does: choose who, type the code over, say yes."""
    link = page.locator("a[href*='/scan?qr=']").first.get_attribute("href") or ""
    wallet = page.context.new_page()
    wallet.goto(link)
    wallet.get_by_role("button", name=re.compile("Helga Huisman")).click()
    code = wallet.locator(".code").inner_text()
    page.locator("input[name=code]").fill(code)
    page.locator("input[name=code]").press("Enter")
    wallet.get_by_role("heading", name="Wilt u dit delen?").wait_for()
    _shoot(wallet, "wallet")
    wallet.get_by_role("button", name="Ja, delen").click()
    wallet.get_by_role("heading", name="Gelukt").wait_for()
    wallet.close()


def _phone(browser: Browser, urls: dict[str, Any]) -> None:
    context = browser.new_context(**PHONE)
    page, site = context.new_page(), urls["municipalities"][0]["url"]
    page.goto(site)
    _shoot(page, "phone-home")
    _sign_in(page, site)
    _shoot(page, "phone-overview")
    page.goto(f"{site}/mijn/delen/starten/digitaal-bericht/")
    _shoot(page, "phone-sharing")
    context.close()


def _sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/mijn/inloggen/")
    page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_role("button", name="Log in als Helga Huisman", exact=True).click()
    page.wait_for_url(f"{site}/mijn/")
    page.get_by_text("Omgevingsvergunning dakkapel").first.wait_for()


def _go_on(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Verder").click()


def _shoot(page: Page, name: str) -> None:
    page.wait_for_load_state("load")
    page.screenshot(path=PICTURES / f"{name}.png")
    print(f"docs/images/{name}.png", flush=True)


if __name__ == "__main__":
    sys.exit(main())
