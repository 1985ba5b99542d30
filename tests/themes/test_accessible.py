"""The gallery in a real browser: every component in every theme, wide and at 320 px."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright

from tests.chromium import barriers, launched, too_wide
from tests.themes import gallery

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1200, 320


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory) -> Iterator[str]:
    """The gallery, served."""
    folder: Path = tmp_path_factory.mktemp("gallery")
    with translation.override("nl"):
        gallery.write(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = launched(playwright)
        yield started
        started.close()


@pytest.mark.parametrize("slug", gallery.NAMES)
def test_no_page_of_the_gallery_has_a_fault(address: str, browser: Browser, slug: str):
    page = browser.new_page()
    for name in gallery.pages():
        page.goto(f"{address}/{slug}-{name}.html")
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            assert barriers(page, runOnly=RULES) == [], (name, width)
            assert too_wide(page) == 0, (name, width)
    page.close()


def test_the_page_mirrors_from_right_to_left(address: str, browser: Browser):
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(f"{address}/zandmeer-case.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    step = page.locator("main li").first.bounding_box()
    heading = page.locator("main h1").bounding_box()
    assert step
    assert heading
    assert abs((step["x"] + step["width"]) - (heading["x"] + heading["width"])) < 2
    assert too_wide(page) == 0
    page.close()


def test_the_navigation_is_folded_on_a_small_screen_and_open_on_a_wide_one(address: str, browser: Browser):
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.goto(f"{address}/zandmeer-front.html")
    link = page.locator("header nav a").first
    assert not link.is_visible()
    page.locator("header summary").press("Enter")
    assert link.is_visible()
    page.reload()
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert link.is_visible()
    assert not page.locator("header summary").is_visible()
    page.close()


def test_the_first_tab_reaches_the_skip_link_and_it_reaches_the_content(address: str, browser: Browser):
    page = browser.new_page()
    page.goto(f"{address}/zandmeer-front.html")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.textContent === 'Naar de inhoud'")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'inhoud'")
    page.close()


def test_the_summary_of_errors_takes_the_focus(address: str, browser: Browser):
    page = browser.new_page()
    page.goto(f"{address}/zandmeer-form.html")
    page.wait_for_function("document.activeElement.id === 'error-summary'")
    page.close()


def test_a_printed_case_has_no_navigation_and_keeps_its_steps(address: str, browser: Browser):
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}/zandmeer-case.html")
    assert not page.locator("header nav").is_visible()
    assert not page.locator("main a:has-text('Stop met delen')").is_visible()
    assert page.locator("main ol li:has-text('Wij nemen een besluit')").is_visible()
    page.close()


def test_nothing_moves_for_who_asks_for_rest(address: str, browser: Browser):
    page = browser.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/zandmeer-mijn.html")
    assert page.evaluate("document.getAnimations().length") == 0
    page.close()
