"""What a theme costs a resident: two style sheets, few bytes of fonts, and no style inside the page."""

from collections import Counter
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Response

from .conftest import Urls
from .people import sign_in, site_of

FONTS = 100_000  # bytes
RESIDENTS = {"zandmeer": "999970458", "veldrecht": "999990329", "oeverstad": "999992612"}
INSIDE = "document.querySelectorAll('style, [style]').length"


@pytest.mark.parametrize("slug", RESIDENTS)
def test_it_takes_two_style_sheets_few_fonts_and_nothing_inside_the_page(
    page: Page, demo: Urls, slug: str, figure: Callable[[str], None]
) -> None:
    came: list[Response] = []
    page.on("response", lambda one: came.append(one))
    for path in ("/", "/paspoort/"):
        _looks_right(page, came, site_of(demo, slug) + path)
    asked = [one.request for one in came if one.request.resource_type == "font"]
    fonts = sum(one.sizes()["responseBodySize"] for one in asked)
    assert 0 < fonts <= FONTS
    sign_in(page, demo, slug, RESIDENTS[slug])
    for path in ("/mijn/", "/mijn/gegevens/", "/mijn/delen/"):
        _looks_right(page, came, site_of(demo, slug) + path)
    kinds = Counter(one.request.resource_type for one in came)
    figure(f"2 style sheets a page, {fonts:,} bytes of fonts, {kinds['font']} requests for them in 5 pages")


def _looks_right(page: Page, came: list[Response], address: str) -> None:
    began = len(came)
    page.goto(address, wait_until="networkidle")
    asked = {one.url for one in came[began:] if one.request.resource_type == "stylesheet"}
    linked = page.locator("link[rel=stylesheet]").evaluate_all("links => links.map(one => one.href)")
    assert len(set(linked)) == 2, linked  # a part that streams in names one of them again
    assert asked <= set(linked)
    assert page.evaluate(INSIDE) == 0, address
