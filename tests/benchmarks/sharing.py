"""The whole sharing flow in the browser, the wallet agreeing at once."""

import re
from time import monotonic
from typing import Any

from playwright.sync_api import Page

from tests.e2e.people import MAIL, SCAN, sign_in, wallet_agrees

from .browsing import browser
from .figures import Figure, middle
from .visitor import site_of

ABDELLAH, WALLET = "999970811", "abdellah-aziz"
TIMES = 5
PORTALS_PART = """(() => {
  const visit = performance.getEntriesByType("navigation")[0];
  return visit.responseStart - visit.requestStart;
})()"""


def figures(urls: dict[str, Any]) -> list[Figure]:
    whole, parts = [], []
    with browser() as context:
        page = context.new_page()
        page.set_default_timeout(20_000)
        sign_in(page, urls, "oeverstad", ABDELLAH)
        share(page, urls, [])
        for _ in range(TIMES):
            began = monotonic()
            share(page, urls, parts)
            whole.append(monotonic() - began)
    return [
        middle("sharing, from explanation to receipt", whole, 3.0),
        middle("sharing, the portal's own part of a page", parts, 0.15),
        Figure("sharing, the portal's own part: slowest page", max(parts), 0.15),
    ]


def share(page: Page, urls: dict[str, Any], parts: list[float]) -> None:
    """From the explanation to the receipt; adds what each page took of the portal, in seconds."""

    def note() -> None:
        parts.append(page.evaluate(PORTALS_PART) / 1000)

    page.goto(f"{site_of(urls, 'oeverstad')}/mijn/delen/starten/digitaal-bericht/")
    note()
    page.get_by_role("button", name="Verder").click()
    note()
    page.get_by_label(SCAN).check()
    page.get_by_label(MAIL).check()
    page.get_by_role("button", name="Verder").click()
    note()
    wallet_agrees(page, urls, WALLET)
    note()
    page.get_by_role("button", name="Ja, delen").click()
    page.wait_for_url(re.compile(r"/bewijs/"))
    note()
