"""Mijn in Chromium: in the right order with and without script, readable for everyone, from 320 px on."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from demo.registers.serving import Register
from portal.accounts.middleware import COOKIE
from portal.municipalities.models import Municipality

from .conftest import AYSE, cookie_of, signed_in
from .test_cases import address_of

CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists() and "CI" not in os.environ, reason="needs Debian's Chromium"),
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser. The tests' own database work is done before and after, never inside."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        yield browser
        browser.close()


def tab(browser: Browser, cookie: str, *, script: bool = True, width: int = 1200) -> Page:
    """A tab of somebody who is signed in."""
    context = browser.new_context(java_script_enabled=script, viewport={"width": width, "height": 900})
    ours = {
        "name": COOKIE,
        "value": cookie,
        "url": "https://zandmeer.localhost/",
        "secure": True,
        "httpOnly": True,
    }
    context.add_cookies([ours])  # type: ignore[list-item]  # a plain dict will do
    return context.new_page()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_what_came_stands_in_its_place_while_the_rest_is_waited_for(
    port: int, mijn: Municipality, zaken_fake: Register, script: bool
) -> None:
    cookie = cookie_of(mijn)
    zaken_fake.misbehave("delay", 0.7)  # three calls after each other
    with chromium() as browser:
        page = tab(browser, cookie, script=script)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/", wait_until="commit")
        page.get_by_text("20 december 1987").wait_for()

        waiting = page.get_by_role("status").filter(has_text="Uw zaken worden opgehaald.")
        assert waiting.is_visible()
        assert above(waiting, page.get_by_text("20 december 1987")), (
            "cases come first, though they come later"
        )

        page.get_by_role("link", name="Omgevingsvergunning dakkapel").wait_for()
        assert not waiting.is_visible()
        titles = [
            page.get_by_role("heading", name=one)
            for one in ("Lopende zaken", "Mijn gegevens", "Wat deel ik?")
        ]
        assert above(titles[0], titles[1])
        assert above(titles[1], titles[2])


@pytest.mark.parametrize("width", [1200, 320])
def test_no_page_has_a_barrier_or_scrolls_sideways(
    port: int, mijn: Municipality, brp_fake: Register, width: int
) -> None:
    helga, ayse = signed_in(mijn), cookie_of(mijn, AYSE)
    case = address_of(helga, "ZM-0507")
    cookie = helga.cookies[COOKIE].value
    with chromium() as browser:
        page = tab(browser, cookie, width=width)
        for path in ("/mijn/", "/mijn/zaken/", case, "/mijn/gegevens/", "/mijn/nooit/", "/en/mijn/"):
            page.goto(f"http://zandmeer.localhost:{port}{path}")
            assert barriers(page) == [], path
        page.goto(f"http://zandmeer.localhost:{port}/mijn/gegevens/")
        brp_fake.misbehave("500")
        for path in ("/mijn/", "/mijn/gegevens/"):
            page.goto(f"http://zandmeer.localhost:{port}{path}")
            assert barriers(page) == [], path
        brp_fake.misbehave("none")
        page = tab(browser, ayse, width=width)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/gegevens/")
        page.get_by_role("button", name="Toon mijn adres").click()
        page.get_by_text("Zeewindhof 31").wait_for()
        assert barriers(page) == []


def test_the_policy_of_the_site_stops_nothing_of_ours(port: int, mijn: Municipality) -> None:
    cookie, said = cookie_of(mijn), []
    with chromium() as browser:
        page = tab(browser, cookie)
        page.on("console", lambda message: said.append(message.text))
        page.goto(f"http://zandmeer.localhost:{port}/mijn/")
        page.get_by_role("link", name="Omgevingsvergunning dakkapel").click()
        page.get_by_role("heading", level=1, name="Omgevingsvergunning dakkapel").wait_for()

    assert said == []


def above(one: object, other: object) -> bool:
    """Whether one thing stands higher on the screen."""
    first, second = one.bounding_box(), other.bounding_box()  # type: ignore[attr-defined]
    return bool(first["y"] < second["y"])


def barriers(page: Page) -> list[object]:
    """What axe finds, and whether the page is wider than the screen."""
    # Preloading makes axe put a style into the overview's shadow root, which our policy rightly stops.
    found = Axe().run(page, options={"preload": False}).response["violations"]
    wider = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found] + ["wide"] * wider
