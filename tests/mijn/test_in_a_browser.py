"""Mijn in Chromium: in the right order with and without script, readable for everyone, from 320 px on."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from demo.registers.serving import Register
from portal.accounts.middleware import COOKIE
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from tests.chromium import barriers, launched, too_wide
from tests.registers.klantinteracties.conftest import klant, klant_fake
from tests.registers.own_registers import (
    papers_connection,
    papers_fake,
    papers_register,
    woz_connection,
    woz_fake,
    woz_register,
)

from .conftest import AYSE, connected, cookie_of

__all__ = ["klant", "klant_fake", "papers_fake", "papers_register", "woz_fake", "woz_register"]
pytestmark = pytest.mark.django_db(transaction=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless browser. The tests' own database work is done before and after, never inside."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
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
    zaken_fake.misbehave("delay", 30)  # until it is switched off
    with chromium() as browser:
        page = tab(browser, cookie, script=script)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/", wait_until="commit")
        page.get_by_text("20 december 1987").wait_for()

        waiting = page.get_by_role("status").filter(has_text="Uw zaken worden opgehaald.")
        assert waiting.is_visible()
        assert above(waiting, page.get_by_text("20 december 1987")), (
            "cases come first, though they come later"
        )
        zaken_fake.misbehave("none")

        page.get_by_role("link", name="Omgevingsvergunning dakkapel").wait_for()
        assert not waiting.is_visible()
        titles = [
            page.get_by_role("heading", name=one)
            for one in ("Lopende zaken", "Mijn gegevens", "Wat deel ik?")
        ]
        assert above(titles[0], titles[1])
        assert above(titles[1], titles[2])


LOOKS_ON = """async () => {
    await import(document.querySelector("script[src*=arriving]").src);
    while (performance.now() <= 1000) await new Promise(requestAnimationFrame);
}"""
"""From then on a part that comes is told: sooner, nobody can have heard that it was waited for."""


def test_a_part_that_was_waited_for_is_told_to_who_listens(
    port: int, mijn: Municipality, zaken_fake: Register
) -> None:
    cookie = cookie_of(mijn)
    zaken_fake.misbehave("delay", 30)  # until it is switched off
    with chromium() as browser:
        page = tab(browser, cookie)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/", wait_until="commit")
        page.locator("script[src*=arriving]").wait_for(state="attached")
        page.evaluate(LOOKS_ON)
        zaken_fake.misbehave("none")
        page.get_by_role("status").filter(has_text="“Lopende zaken” staat er nu.").wait_for()
        assert "Mijn gegevens" not in page.locator("[data-came]").inner_text(), "that came at once"


def test_so_is_one_that_cannot_be_shown(port: int, mijn: Municipality, zaken_fake: Register) -> None:
    cookie = cookie_of(mijn)
    zaken_fake.misbehave("delay", 30)
    with chromium() as browser:
        page = tab(browser, cookie)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/")
        page.get_by_role("status").filter(has_text="“Lopende zaken” is nu niet helemaal te zien.").wait_for()


def test_what_somebody_just_saved_takes_the_focus(
    port: int, mijn: Municipality, klant_fake: Register, klant: Connection
) -> None:
    connected(mijn, klant)
    cookie = cookie_of(mijn)
    with chromium() as browser:
        page = tab(browser, cookie)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/contact/gegevens/")
        page.get_by_role("link", name="Wijzig: hoe u bericht krijgt over uw zaken").click()
        page.get_by_label("Per brief, met de post").check()
        page.get_by_role("button", name="Bewaar mijn keuze").click()
        page.get_by_text("Wij weten nu hoe u bericht wilt krijgen.").wait_for()
        focused = page.evaluate("document.activeElement.innerText")

    assert "Wij weten nu hoe u bericht wilt krijgen." in focused


def test_back_leads_over_a_form_that_was_sent_with_something_wrong(
    port: int, mijn: Municipality, klant_fake: Register, klant: Connection
) -> None:
    connected(mijn, klant)
    cookie = cookie_of(mijn)
    with chromium() as browser:
        page = tab(browser, cookie)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/contact/vraag/")
        page.get_by_label("Waar gaat uw vraag over?").fill("Afvalpas")
        page.get_by_role("button", name="Verstuur mijn vraag").click()
        page.get_by_role("heading", name="Er klopt iets nog niet").wait_for()
        page.reload()
        assert page.get_by_label("Waar gaat uw vraag over?").input_value() == "Afvalpas", "still sent anew"
        page.get_by_label("Wat is uw vraag?").fill("Waar haal ik een nieuwe pas?")
        page.get_by_role("button", name="Verstuur mijn vraag").click()
        page.get_by_role("heading", name="Uw vraag is binnen").wait_for()
        page.go_back()

        assert page.get_by_role("heading", level=1).inner_text() == "Stel een vraag"


@pytest.fixture
def whole(mijn: Municipality, papers_fake: Register, woz_fake: Register) -> Municipality:
    """Zandmeer, with more registers that tell own data."""
    connected(mijn, papers_connection(papers_fake.url))
    connected(mijn, woz_connection(woz_fake.url))
    return mijn


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_own_data_stand_in_their_places_while_one_register_is_slow_and_one_is_broken(
    port: int, whole: Municipality, papers_fake: Register, woz_fake: Register, script: bool
) -> None:
    cookie = cookie_of(whole)
    papers_fake.misbehave("delay", 3)
    woz_fake.misbehave("500")
    with chromium() as browser:
        page = tab(browser, cookie, script=script, width=320)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/gegevens/", wait_until="commit")
        broken = page.get_by_text("“Waarde van uw woning (WOZ)” is nu niet te zien.")
        broken.wait_for()
        home = page.get_by_text("Duinroosstraat 12")
        waiting = page.get_by_role("status").filter(has_text="“Reisdocumenten” wordt opgehaald.")
        wrong = page.get_by_role("heading", name="Klopt er iets niet?")
        places = [home, waiting, broken, wrong]
        assert all(one.is_visible() for one in places)
        assert all(above(*pair) for pair in pairwise(places))

        papers = page.get_by_text("NX45F0127")
        papers.wait_for()
        assert not waiting.is_visible()
        assert above(home, papers)
        assert above(papers, broken)
        assert too_wide(page) <= 0
        if script:
            assert barriers(page) == []


def test_own_data_that_were_not_there_come_by_themselves_and_it_is_said(
    port: int, whole: Municipality, papers_fake: Register
) -> None:
    cookie = cookie_of(whole)
    papers_fake.misbehave("500")
    with chromium() as browser:
        page = tab(browser, cookie)
        page.clock.install()
        page.goto(f"http://zandmeer.localhost:{port}/mijn/gegevens/")
        page.get_by_text("“Reisdocumenten” is nu niet te zien.").wait_for()
        papers_fake.misbehave("none")
        page.clock.fast_forward(16_000)
        page.get_by_role("status").filter(has_text="“Reisdocumenten” is er nu weer.").wait_for()

        assert page.get_by_text("NX45F0127").is_visible()
        assert page.get_by_text("Duinroosstraat 12").is_visible()


def test_an_address_that_opens_on_a_click_has_no_barrier(port: int, mijn: Municipality) -> None:
    cookie = cookie_of(mijn, AYSE)
    with chromium() as browser:
        page = tab(browser, cookie)
        page.goto(f"http://zandmeer.localhost:{port}/mijn/gegevens/")
        page.set_viewport_size({"width": 320, "height": 640})
        page.get_by_role("button", name="Toon mijn adres").click()
        page.get_by_text("Zeewindhof 31").wait_for()
        page.wait_for_function("document.activeElement.innerText.includes('Zeewindhof 31')")
        place = page.get_by_text("Zeewindhof 31").bounding_box()
        assert place
        assert 0 < place["y"] < 640, "nobody has to look for what they asked for"
        for width in (1200, 320):
            page.set_viewport_size({"width": width, "height": 900})
            assert barriers(page) == [], width
            assert too_wide(page) <= 0, width


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
