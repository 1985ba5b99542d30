"""What only a real browser shows: the warning over the page, going back after signing out, and the policy.

The browser runs on a thread of its own: its loop must not lie on the thread that the tests' database uses.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import barriers, follow, launched

from .conftest import Identity, Site

Visit = Callable[[Page], None]


class Runner:
    """Visits sites in one Chromium."""

    def __init__(self, pool: ThreadPoolExecutor, browser: Browser) -> None:
        self._pool, self._browser = pool, browser

    def visits(self, visit: Visit, **context: object) -> list[str]:
        """Does it on the browser's own thread; gives what the policy blocked."""

        def there() -> list[str]:
            blocked: list[str] = []
            with self._browser.new_context(**context) as one:  # type: ignore[arg-type]
                page = one.new_page()
                page.on(
                    "console",
                    lambda said: blocked.append(said.text) if "Content Security" in said.text else None,
                )
                visit(page)
            return [text for text in blocked if "Content Security" in text]

        return self._pool.submit(there).result(120)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Runner]:
    with ThreadPoolExecutor(1) as pool:
        driver = pool.submit(lambda: sync_playwright().start()).result(60)
        browser = pool.submit(launched, driver).result(60)
        yield Runner(pool, browser)
        pool.submit(browser.close).result(30)
        pool.submit(driver.stop).result(30)


def signs_in(page: Page, town: Site) -> None:
    page.goto(town.url())
    page.get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_role("button", name="Log in als Helga Huisman").click()
    expect(page.get_by_text("Helga Huisman").first).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with scripts", "without scripts"])
def test_in_and_out_with_no_word_of_the_policy(town: Site, chromium: Runner, script: bool) -> None:
    def visit(page: Page) -> None:
        signs_in(page, town)
        page.get_by_role("button", name="Uitloggen").click()
        page.get_by_role("button", name="Ja, log mij uit").click(timeout=10_000)
        expect(page).to_have_url(town.url("/mijn/uitgelogd/?state=nl"))
        page.go_back()
        page.goto(town.url())
        assert "/mijn/inloggen/" in page.url

    assert chromium.visits(visit, java_script_enabled=script) == []


def test_going_back_after_signing_out_shows_nothing_of_anyone(town: Site, chromium: Runner) -> None:
    def visit(page: Page) -> None:
        signs_in(page, town)
        page.get_by_role("button", name="Uitloggen").click()
        expect(page.get_by_role("heading", name="Ook hier uitloggen?")).to_be_visible(timeout=10_000)
        for _ in range(4):
            page.go_back()
            if town.url("") in page.url:
                page.wait_for_load_state()
                assert "Helga" not in page.content()

    chromium.visits(visit)


def test_the_warning_comes_over_the_page_and_one_can_stay(
    town: Site, chromium: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = timedelta()
    real = timezone.now

    def now() -> datetime:
        return real() + later

    monkeypatch.setattr(timezone, "now", now)

    def visit(page: Page) -> None:
        nonlocal later
        signs_in(page, town)
        warning = page.get_by_role("dialog", name="Bent u er nog?")
        expect(warning).to_be_hidden()
        later = timedelta(minutes=13, seconds=30)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when one comes back to it
        expect(warning).to_be_visible()
        assert barriers(page) == []
        warning.get_by_role("button", name="Ik wil blijven").click()
        expect(warning).to_be_hidden()
        later = timedelta(minutes=20)
        assert page.evaluate("fetch('/mijn/sessie/').then(told => told.json())")["can_stay"]
        later = timedelta(minutes=60)
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        expect(page).to_have_url(town.url("/mijn/uitgelogd/?idle=1"))
        expect(page.get_by_text("vijftien minuten niets")).to_be_visible()

    chromium.visits(visit)  # axe itself writes styles that the policy blocks


@pytest.mark.parametrize("width", [320, 1280])
def test_the_demo_s_provider_is_readable_for_everyone(
    town: Site, identity: Identity, chromium: Runner, width: int
) -> None:
    def clear(page: Page) -> None:
        assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def visit(page: Page) -> None:
        page.goto(identity.url + "/")
        clear(page)
        page.goto(town.url())
        follow(page.get_by_role("button", name="Inloggen", exact=True))
        clear(page)
        page.get_by_label("Zoek op naam").fill("bestaat niet")
        page.keyboard.press("Enter")
        expect(page.get_by_text("Niemand gevonden")).to_be_visible()
        clear(page)
        page.get_by_role("link", name="Toon iedereen").click()
        page.get_by_role("button", name="Log in als Helga Huisman").click()
        page.goto(identity.url + "/sign-out")
        clear(page)

    assert chromium.visits(visit, viewport={"width": width, "height": 800}) == []
