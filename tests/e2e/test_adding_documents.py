"""A resident adds a document from a phone: in parts, over a line that breaks, to a receipt and the case."""

import os
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import follow
from tests.uploads import files

from .conftest import MOMENT, Urls
from .looking_on import LookingOn
from .people import PHONE, right_for_everyone, sign_in

CUT = "ERR_CONNECTION_RESET"


@pytest.fixture
def settings_of_browser() -> dict[str, Any]:
    return {"viewport": PHONE, "locale": "nl-NL"}


@pytest.fixture
def context(browser: Browser, settings_of_browser: dict[str, Any]) -> Iterator[BrowserContext]:
    """What its pages complain about fails the test, but for the line that we cut ourselves."""
    fresh = browser.new_context(**settings_of_browser)
    fresh.set_default_timeout(MOMENT)
    looking = LookingOn()
    fresh.on("page", looking.at)
    yield fresh
    fresh.close()
    assert [one for one in looking.complaints if CUT not in one] == []


def test_a_document_gets_to_its_case_though_the_connection_breaks(page: Page, demo: Urls) -> None:
    content = files.pdf() + os.urandom(2_500_000)
    sign_in(page, demo, "zandmeer", "999970458", then="/mijn/zaken/")
    page.get_by_role("link", name=re.compile("dakkapel")).first.click()
    follow(page.get_by_role("link", name="Document toevoegen"))
    right_for_everyone(page)
    page.get_by_role("button", name="Verstuur document").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Kies het bestand")
    right_for_everyone(page)

    page.get_by_label("Wat is dit voor document?").fill("Tekening van de zijgevel")
    chosen = {"name": "zijgevel.pdf", "mimeType": "application/pdf", "buffer": content}
    page.get_by_label("Kies een bestand").set_input_files(chosen)  # type: ignore[arg-type]
    cut = {"times": 2}

    def over_a_bad_line(route: Any) -> None:
        at = route.request.headers.get("upload-offset")
        if at == "1048576" and cut["times"]:
            cut["times"] -= 1
            route.abort("connectionreset")
        else:
            route.continue_()

    page.route("**/delen/", over_a_bad_line)
    page.get_by_role("button", name="Verstuur document").press("Enter")
    expect(page.get_by_text("De verbinding is weg")).to_be_visible()
    right_for_everyone(page)
    page.wait_for_url(re.compile(r"/mijn/documenten/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text("Bewijs van ontvangst")
    right_for_everyone(page)
    expect(page.get_by_text("Toegevoegd aan uw zaak")).to_be_visible(timeout=30_000)
    page.get_by_role("link", name="Terug naar uw zaak").click()
    expect(page.locator("#documenten")).to_contain_text("Tekening van de zijgevel")
    right_for_everyone(page)
