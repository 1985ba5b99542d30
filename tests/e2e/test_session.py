"""A resident's session in the browser: who is signed in, staying, leaving, and what is left after it."""

import json

from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import expect_heading, name_of, sign_in, sign_out, site_of, way_on

HELGA, KEES, TINA = "999970458", "999990329", "999970987"
STATE = "**/mijn/sessie/"


def test_every_page_of_mijn_says_who_is_signed_in_and_how_surely(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    for path in ("/mijn/", "/mijn/zaken/", "/mijn/gegevens/", "/mijn/delen/"):
        page.goto(site_of(demo, "zandmeer") + path)
        expect(page.get_by_role("banner")).to_contain_text(f"Ingelogd als {name_of(demo, HELGA)}")
        expect(page.get_by_role("banner")).to_contain_text("Ingelogd met niveau Substantieel")


def test_the_warning_takes_the_focus_and_staying_gives_it_back(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA, then="/mijn/delen/")
    warning = page.get_by_role("dialog", name="Bent u er nog?")
    link = page.locator("main").get_by_role("link").first
    link.focus()
    for _again in range(2):
        look_again(page, seconds=100)
        expect(warning.get_by_role("button", name="Ik wil blijven")).to_be_focused()
        page.unroute(STATE)
        with page.expect_response("**/mijn/sessie/verlengen/") as stayed:
            page.keyboard.press("Enter")
        assert stayed.value.status == 204
        expect(warning).to_be_hidden()
        expect(link).to_be_focused()


def test_the_warning_can_be_put_away_and_does_not_come_back_for_the_same_end(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "veldrecht", KEES, then="/mijn/delen/")
    warning = page.get_by_role("dialog", name="Bent u er nog?")
    look_again(page, seconds=100)
    expect(warning).to_be_visible()
    page.keyboard.press("Escape")
    expect(warning).to_be_hidden()
    look_again(page, seconds=90)
    expect(warning).to_be_hidden()


def test_a_session_that_is_over_leaves_the_page_by_itself_and_says_why(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "veldrecht", KEES, then="/mijn/gegevens/")
    page.context.clear_cookies(name="__Host-mijn")  # as the server has it after fifteen minutes: nobody
    look_again(page)
    expect_heading(page, "U bent uitgelogd")
    expect(page.locator("main")).to_contain_text("U deed vijftien minuten niets")
    way_on(page)
    page.get_by_role("link", name="Opnieuw inloggen").click()
    expect_heading(page, "Inloggen bij Mijn Veldrecht")


def test_signing_out_in_one_tab_asks_to_sign_in_in_the_other_and_back_shows_nothing(
    page: Page, demo: Urls
) -> None:
    sign_in(page, demo, "oeverstad", TINA)
    page.get_by_role("link", name="Bekijk al uw gegevens").click()
    expect(page.locator("main")).to_contain_text("Havenstraat 5")
    other = page.context.new_page()
    other.goto(f"{site_of(demo, 'oeverstad')}/mijn/")
    expect(other.get_by_role("link", name="Bezwaar").first).to_be_visible()

    sign_out(page)
    way_on(page)

    other.get_by_role("link", name="Bekijk al uw gegevens").click()
    expect_heading(other, "Inloggen bij Mijn Oeverstad")
    for tab in (page, other):
        for _step in range(4):
            tab.go_back()
            for personal in ("Havenstraat", "Tubbergen", "Trinette", "OS-0655"):
                expect(tab.locator("html")).not_to_contain_text(personal)


def test_the_cookie_is_for_this_host_alone_and_for_no_script(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    [ours] = [one for one in page.context.cookies() if one["name"] == "__Host-mijn"]
    assert ours["domain"] == "zandmeer.localhost"
    assert (ours["secure"], ours["httpOnly"], ours["sameSite"], ours["path"]) == (True, True, "Lax", "/")
    assert ours["expires"] == -1  # gone with the browser

    there = site_of(demo, "veldrecht")
    page.context.add_cookies(
        [
            {
                "name": "__Host-mijn",
                "value": ours["value"],
                "secure": True,
                "url": there.replace("http:", "https:"),
            }
        ]
    )
    page.goto(f"{there}/mijn/")
    expect_heading(page, "Inloggen bij Mijn Veldrecht")
    page.goto(f"{site_of(demo, 'zandmeer')}/mijn/")
    expect_heading(page, "Mijn Zandmeer")


def look_again(page: Page, seconds: int | None = None) -> None:
    """Let the page ask how long the session still is, as when its tab comes to the front.

    `seconds` is what it is told; without, the portal answers.
    """
    if seconds is not None:
        told = json.dumps({"seconds": seconds, "can_stay": True})
        page.unroute(STATE)
        page.route(STATE, lambda route: route.fulfill(content_type="application/json", body=told))
    with page.expect_response(STATE):
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
