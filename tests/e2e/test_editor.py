"""An editor of Zandmeer at work on the CMS host; tests/cms asks every address, this is what she meets."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from .conftest import Urls
from .people import expect_heading, site_of, staff_sign_in

OTHERS = re.compile("veldrecht|oeverstad", re.IGNORECASE)
NEWS = "Het strand is vandaag dicht voor honden."


@pytest.fixture(scope="module")
def joke(browser: Browser, demo: Urls) -> StorageState:
    """What a browser keeps once Joke signed in; a password may be tried five times in five minutes."""
    with browser.new_context() as context:
        staff_sign_in(context.new_page(), demo, "joke")
        return context.storage_state()


@pytest.fixture
def settings_of_browser(joke: StorageState) -> dict[str, Any]:
    return {"viewport": {"width": 1400, "height": 1000}, "locale": "nl-NL", "storage_state": joke}


def test_what_an_editor_publishes_is_on_the_site_at_once(page: Page, demo: Urls) -> None:
    visitor = page.context.new_page()
    visitor.goto(f"{site_of(demo, 'zandmeer')}/strand/")
    before = publish(page, demo, NEWS)
    try:
        visitor.reload()  # once, and it is there
        expect(visitor.locator("main")).to_contain_text(NEWS)
    finally:
        publish(page, demo, before)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text(before)
    expect(visitor.locator("main")).not_to_contain_text(NEWS)


def test_an_editor_meets_nothing_of_another_municipality(page: Page, demo: Urls) -> None:
    cms = demo["cms"]["url"]
    for path in (
        "/admin/", "/admin/pages/", "/admin/pages/search/?q=veldrecht",
        "/admin/images/", "/admin/documents/",
        "/admin/reports/site-history/", "/admin/account/",
    ):  # fmt: skip
        page.goto(cms + path)
        searched = path.partition("?q=")[2] or "nothing"  # the page repeats it
        told = page.locator("html").inner_text() + "".join(page.locator("a, img").evaluate_all(ADDRESSES))
        assert not OTHERS.search(told.replace(searched, "")), path
    page.goto(f"{cms}/admin/pages/")
    told = page.evaluate(
        "fetch('/admin/choose-page/').then(answer => answer.text())"
    )  # what a chooser is filled with
    assert not OTHERS.search(told)
    expect(page.locator("main")).to_contain_text("Zandmeer")


def test_there_is_no_cms_on_the_site_of_a_municipality_and_no_mijn_on_the_host_of_the_cms(
    page: Page, demo: Urls
) -> None:
    for slug in ("zandmeer", "veldrecht"):
        assert status_of(page, f"{site_of(demo, slug)}/admin/") == 404
        expect_heading(page, "Deze pagina is er niet")
    assert status_of(page, f"{demo['cms']['url']}/mijn/") == 404


ADDRESSES = "all => all.map(one => `${one.getAttribute('href')} ${one.getAttribute('src')} ${one.alt} `)"


def status_of(page: Page, address: str) -> int:
    """What a page answers."""
    answer = page.goto(address)
    assert answer
    return answer.status


def publish(page: Page, demo: Urls, intro: str) -> str:
    """Look up the page on the beach and give it another first sentence, as an editor does; gives the old."""
    page.goto(f"{demo['cms']['url']}/admin/pages/search/?q=strand")
    page.get_by_role("link", name="Strand en duinen").first.click()
    field = page.locator("#id_intro")
    before = field.input_value()
    field.fill(intro)
    page.locator("footer .w-dropdown-button [data-w-dropdown-target=toggle]").click()
    page.locator("button[name=action-publish]").click()
    page.wait_for_url("**/admin/pages/*/")
    return before
