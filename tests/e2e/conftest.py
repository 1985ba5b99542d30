"""A browser over the running demo: one demo for the whole run, a fresh page for each test.

Debian's Chromium, since no other browser can be had everywhere. The browser lives as long as a module: its
event loop would else make Django refuse the database in the tests that come after.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.chromium import launched
from tests.running_demo import running_demo

from .looking_on import LookingOn
from .people import site_of

MOMENT = 15_000  # milliseconds that anything on a page may take, on a busy machine

Urls = dict[str, Any]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever needs the demo is an end-to-end test; the canary looks last of all."""
    items.sort(key=lambda item: "test_no_bsn_stays_behind" in item.nodeid)
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def state() -> Iterator[Path]:
    """The folder of a running demo, with all that it keeps.

    DEMO_URLS names the urls.json of a demo that runs already, which saves its start while one writes tests.
    """
    if given := os.environ.get("DEMO_URLS"):
        yield Path(given).parent
        return
    with running_demo() as started:
        yield started.state


@pytest.fixture(scope="session")
def demo(state: Path) -> Urls:
    """The addresses of a running demo: what is in its urls.json."""
    urls: Urls = json.loads((state / "urls.json").read_text())
    return urls


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, with patience."""
    expect.set_options(timeout=MOMENT)
    with sync_playwright() as playwright:
        browser = launched(playwright)
        yield browser
        browser.close()


@pytest.fixture
def settings_of_browser() -> dict[str, Any]:
    """A desktop, in Dutch. A module or test may ask for another: a phone, JavaScript off."""
    return {"viewport": {"width": 1280, "height": 900}, "locale": "nl-NL"}


@pytest.fixture
def context(browser: Browser, settings_of_browser: dict[str, Any]) -> Iterator[BrowserContext]:
    """A browser without any memory. What its pages complain about fails the test."""
    fresh = browser.new_context(**settings_of_browser)
    fresh.set_default_timeout(MOMENT)
    looking = LookingOn()
    fresh.on("page", looking.at)
    yield fresh
    fresh.close()
    assert not looking.complaints, "the browser complained:\n" + "\n".join(looking.complaints)


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A fresh page."""
    return context.new_page()


@pytest.fixture
def site(demo: Urls) -> Callable[[str], str]:
    """The address of a municipality's site by its slug."""
    return lambda slug: site_of(demo, slug)
