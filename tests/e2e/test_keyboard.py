"""Without a mouse: everything can be reached, and what has the focus can always be seen."""

from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import MAIL, code_for, expect_heading, sign_in, site_of

FARID = "999995844"
MOST = 60  # times Tab on one page
SEEN = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
  return (ring || style.boxShadow !== "none") && box.bottom > 0 && box.top < innerHeight;
}"""
"""Whether what has the focus is on the screen, with a ring or a shadow."""


def test_the_first_tab_skips_to_the_content(page: Page, demo: Urls) -> None:
    page.goto(site_of(demo, "zandmeer"))
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Naar de inhoud")).to_be_focused()
    assert page.evaluate(SEEN)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_sharing_by_typing_needs_no_mouse(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "oeverstad", FARID, then="/mijn/delen/starten/digitaal-bericht/")
    press(page, "button", "Verder")
    expect_heading(page, "Wat wilt u delen?")
    tab_to(page, "checkbox", MAIL)
    page.keyboard.press("Space")
    tab_to(page, "radio", "scan een QR-code")
    while not page.get_by_label("Ik typ het zelf").is_checked():
        page.keyboard.press("ArrowDown")
    press(page, "button", "Verder")

    expect_heading(page, "Vul in wat u wilt delen")
    tab_to(page, "textbox", "E-mailadres")
    page.keyboard.type("dit is geen adres")
    page.keyboard.press("Enter")
    summary = page.locator("#error-summary")
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("E-mailadres")
    expect(field).to_be_focused()
    page.keyboard.press("Control+A")
    page.keyboard.type(address := f"{uuid4().hex}@voorbeeld.example")
    press(page, "button", "Stuur mij de code")

    expect_heading(page, "Dit gaat u delen")
    tab_to(page, "textbox", "Code uit de e-mail")
    page.keyboard.type(code_for(page, demo, address))
    press(page, "button", "Ja, delen")
    expect_heading(page, "Gelukt. Dit is uw bewijs")
    press(page, "link", "Stop met delen")
    press(page, "button", "Ja, stop met delen", with_key="Space")
    expect_heading(page, "U deelt dit niet meer")


class TestOnAPhone:
    @pytest.fixture
    def settings_of_browser(self) -> dict[str, Any]:
        return {"viewport": {"width": 360, "height": 740}, "locale": "nl-NL"}

    def test_the_menu_opens_and_leads_on(self, page: Page, demo: Urls) -> None:
        page.goto(site_of(demo, "veldrecht"))
        link = page.get_by_role("navigation").get_by_role("link", name="Verhuizen")
        expect(link).to_be_hidden()
        tab_to_text(page, "Menu")
        page.keyboard.press("Enter")
        expect(link).to_be_visible()
        press(page, "link", "Verhuizen")
        expect_heading(page, "Verhuizen")


def press(page: Page, role: Any, name: str, with_key: str = "Enter") -> None:
    """Go to a button or link with Tab, and press it."""
    tab_to(page, role, name)
    page.keyboard.press(with_key)


def tab_to(page: Page, role: Any, name: str) -> None:
    """Press Tab until this has the focus; on the way, each thing that gets it must show that."""
    wanted = page.get_by_role(role, name=name).first
    wanted.wait_for()
    for _time in range(MOST):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), "no focus to be seen: " + page.evaluate(
            "document.activeElement.outerHTML"
        )
        if wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"Tab never came to {role} {name}")


def tab_to_text(page: Page, text: str) -> None:
    """As `tab_to`, for what browsers give no role: the summary of something folded."""
    for _time in range(MOST):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN)
        if page.evaluate("document.activeElement.textContent.trim()") == text:
            return
    raise AssertionError(f"Tab never came to {text}")
