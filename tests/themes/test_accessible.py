"""The gallery in a real browser: every component and kind of page, in every theme, by day and by night.

One visit for all of it: the theme's style is put in the place of another's, and the window gets narrower.
`WHOLE=1` looks at every page in every theme at every width with every rule; otherwise what only a theme
decides (contrast) is looked at once in each theme, and what only a width decides once at each width.
"""

import os
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote

import pytest
from django.utils import translation
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import barriers, launched, too_wide
from tests.themes import gallery, looks
from themes.compiled import theme
from themes.gallery import states
from themes.gallery.pages import PAGES

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDE, NARROW = 1200, 320
WHOLE = bool(os.environ.get("WHOLE"))
ONLY_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
WITHOUT_COLOURS = {"color-contrast": {"enabled": False}, "link-in-text-block": {"enabled": False}}
PUT_ON = """([address, name]) => new Promise(done => {
  const before = document.querySelectorAll("link[rel=stylesheet]")[1], after = before.cloneNode();
  after.href = address;
  after.onload = () => { before.remove(); document.fonts.ready.then(() => done()); };
  before.after(after);
  document.documentElement.className = name;
})"""
PARTS = """() => Object.fromEntries(
  [...document.querySelectorAll("[data-toon], body > header, body > footer")].map(one => {
    const box = one.getBoundingClientRect();
    return [one.dataset.toon || one.tagName.toLowerCase(),
      [box.left, box.top + scrollY, box.right, box.bottom + scrollY].map(Math.round)];
  }))"""
WITH_STYLE = """style => {
  const own = document.getElementById("unwanted") || document.createElement("style");
  own.id = "unwanted";
  own.textContent = style;
  document.head.append(own);
}"""
UNWANTED = (
    "a { text-decoration: none !important }",
    "main a:not(.nl-button) { color: inherit !important }",
    "* { border-radius: 0 !important }",
    ".nl-button--secondary { border-color: transparent !important }",
    "[type=checkbox], [type=radio] { visibility: hidden !important }",
    "[class*=description] { visibility: hidden !important }",
    "[class*=invalid] { border-inline-start-color: transparent !important }",
)
"""What somebody could do to the style by mistake, and no other test would see."""
LARGER = """([size, words]) => {
  document.documentElement.style.fontSize = size;
  document.querySelector(".mijn-hits a").textContent = words;
}"""
AT_REST = "document.activeElement.blur(); scrollTo(0, 0)"
# WCAG 1.4.12: what a reader may set without losing anything.
ROOM = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } \
p { margin-block-end: 2em !important }"


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


@pytest.fixture(scope="module")
def everything(address: str, browser: Browser) -> Iterator[Page]:
    """The page with every component in every state, opened once."""
    page = browser.new_page(viewport={"width": WIDE, "height": 900}, reduced_motion="reduce")
    page.goto(f"{address}/alles.html")
    yield page
    page.close()


def put_on(page: Page, slug: str, scheme: str) -> None:
    """Show a page in another theme, by day or by night."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate(PUT_ON, [theme(slug).css_url, theme(slug).html_class])


@pytest.mark.parametrize(("slug", "scheme"), gallery.LOOKS)
def test_every_component_is_for_everyone_and_looks_as_it_should(everything: Page, slug: str, scheme: str):
    page = everything
    page.set_viewport_size({"width": WIDE, "height": 900})
    put_on(page, slug, scheme)
    page.evaluate(AT_REST)
    seen = looks.changed(f"{slug}-{scheme}", page.screenshot(full_page=True), page.evaluate(PARTS))
    assert barriers(page, runOnly=RULES if WHOLE or slug == gallery.SHIPPED[0] else ONLY_COLOURS) == []
    for width in (360, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        assert too_wide(page) == 0, width
    assert seen == [], "is this as you mean it? Then: UPDATE_LOOKS=1 pytest tests/themes/test_accessible.py"


def test_with_larger_letters_and_a_long_word_nothing_sticks_out_of_a_phone(everything: Page):
    everything.set_viewport_size({"width": NARROW, "height": 900})
    kept = everything.locator(".mijn-hits a").first.inner_text()
    try:
        everything.evaluate(
            LARGER, ["150%", "Verkeersbesluit gehandicaptenparkeerplaats, omgevingsvergunning"]
        )
        assert too_wide(everything) == 0
    finally:
        everything.evaluate(LARGER, ["", kept])


def test_small_changes_of_the_style_do_not_go_unseen(
    everything: Page, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    page = everything
    page.set_viewport_size({"width": WIDE, "height": 900})
    put_on(page, gallery.SHIPPED[0], "light")
    page.evaluate(AT_REST)
    shutil.copy(looks.KEPT / f"{gallery.SHIPPED[0]}-light.png", tmp_path)
    monkeypatch.setattr(looks, "KEPT", tmp_path)  # what is seen is written beside what is kept
    unseen = []
    for style in UNWANTED:
        page.evaluate(WITH_STYLE, style)
        if not looks.changed(
            f"{gallery.SHIPPED[0]}-light", page.screenshot(full_page=True), page.evaluate(PARTS)
        ):
            unseen.append(style)
    page.evaluate(WITH_STYLE, "")
    assert unseen == []


def test_every_component_fits_however_it_is_read(everything: Page):
    page = everything
    for width in (360, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        for direction in ("rtl", "ltr"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            assert barriers(page, runOnly=RULES, rules=WITHOUT_COLOURS) == [], (width, direction)
            assert too_wide(page) == 0, (width, direction)
    page.add_style_tag(content=ROOM)
    assert too_wide(page) == 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll("main *")].filter(one =>
          getComputedStyle(one).overflow === "hidden" && one.scrollHeight > one.clientHeight + 2
          && one.clientHeight > 1).map(one => one.className)"""
    )
    assert cut == []
    page.reload()


@pytest.mark.parametrize("name", [name for name in PAGES if WHOLE or name != "alles"])
def test_no_kind_of_page_has_a_fault(address: str, browser: Browser, name: str):
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(f"{address}/{name}.html")
    for slug, scheme in gallery.LOOKS if WHOLE else gallery.LOOKS[:1]:
        put_on(page, slug, scheme)
        for width in (WIDE, 360, NARROW) if WHOLE else (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 900})
            for direction in ("ltr", "rtl") if WHOLE else ("ltr",):
                page.evaluate("direction => { document.documentElement.dir = direction }", direction)
                rules = {} if WHOLE or width == WIDE else WITHOUT_COLOURS
                assert barriers(page, runOnly=RULES, rules=rules) == [], (slug, scheme, width, direction)
                assert too_wide(page) == 0, (slug, scheme, width, direction)
    page.close()


def test_shapes_that_say_something_are_there_without_colours(everything: Page):
    """Forced colours: a person's own few colours in the place of ours."""
    page = everything
    page.set_viewport_size({"width": WIDE, "height": 900})
    page.emulate_media(forced_colors="active")
    bare = page.evaluate(
        """() => [".mijn-card", ".nl-button", ".mijn-alert", ".mijn-badge", ".utrecht-textbox",
          ".mijn-receipt", ".mijn-select", ".mijn-hero"].filter(name => {
            const style = getComputedStyle(document.querySelector("main " + name));
            return !["Top", "Bottom"].some(side => parseFloat(style["border" + side + "Width"]) > 0
              && style["border" + side + "Style"] !== "none");
          })"""
    )
    page.emulate_media(forced_colors="none")
    assert bare == []


def test_the_page_mirrors_from_right_to_left(address: str, browser: Browser):
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(f"{address}/case.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    step = page.locator("main li").first.bounding_box()
    heading = page.locator("main h1").bounding_box()
    assert step
    assert heading
    assert abs((step["x"] + step["width"]) - (heading["x"] + heading["width"])) < 2
    assert too_wide(page) == 0
    page.close()


FIRST_IS_LEFT = """() => {
  const at = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return range.getBoundingClientRect().left;
  };
  const place = document.createElement("div");
  place.innerHTML = '<time>29 november</time> <span lang="nl">12 straten</span> <a lang="nl">10 jaar</a>';
  document.querySelector("main").append(place);
  const numbered = [...document.querySelectorAll("bdi")].filter(one => /^[0-9]/.test(one.textContent));
  return [...place.children, ...numbered].map(one => one.firstChild)
    .filter(text => at(text, 0, 1) > at(text, text.length - 1, text.length)).map(text => text.textContent);
}"""


def test_a_date_and_a_postcode_do_not_turn_round_with_the_page(address: str, browser: Browser):
    page = browser.new_page(viewport={"width": WIDE, "height": 900})
    page.goto(f"{address}/case.html")
    page.evaluate("document.documentElement.dir = 'rtl'")
    assert page.evaluate("document.querySelectorAll('main bdi').length") > 2
    assert page.evaluate(FIRST_IS_LEFT) == []
    page.close()


def test_the_navigation_is_folded_on_a_small_screen_and_open_on_a_wide_one(address: str, browser: Browser):
    page = browser.new_page(viewport={"width": NARROW, "height": 900})
    page.goto(f"{address}/front.html")
    link = page.locator("header nav a").first
    assert not link.is_visible()
    page.locator("header summary").press("Enter")
    assert link.is_visible()
    page.reload()
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert link.is_visible()
    assert not page.locator("header summary").is_visible()
    page.close()


def test_both_colours_of_the_focus_show_whatever_line_a_theme_draws(address: str, browser: Browser):
    """A thick line close to what has the focus must not lie over the light one behind it."""
    page = browser.new_page()
    page.goto(f"{address}/front.html")
    page.add_style_tag(
        content=":root { --basis-focus-outline-width: 8px; --basis-focus-outline-offset: 0px }"
    )
    page.keyboard.press("Tab")
    line, light = page.locator(":focus").evaluate(
        """one => {
          const style = getComputedStyle(one);
          return [parseFloat(style.outlineWidth) + parseFloat(style.outlineOffset),
            parseFloat(style.boxShadow.split("px ").at(-1))];
        }"""
    )
    assert line == 8
    assert light >= line + 2
    page.close()


def test_the_first_tab_reaches_the_skip_link_and_it_reaches_the_content(address: str, browser: Browser):
    page = browser.new_page()
    page.goto(f"{address}/front.html")
    page.keyboard.press("Tab")
    page.wait_for_function("document.activeElement.textContent === 'Naar de inhoud'")
    page.keyboard.press("Enter")
    page.wait_for_function("document.activeElement.id === 'inhoud'")
    page.close()


def test_the_summary_of_errors_takes_the_focus(address: str, browser: Browser):
    page = browser.new_page()
    page.goto(f"{address}/form.html")
    page.wait_for_function("document.activeElement.id === 'error-summary'")
    page.close()


def test_a_printed_case_has_no_navigation_and_keeps_its_steps(address: str, browser: Browser):
    page = browser.new_page()
    page.emulate_media(media="print")
    page.goto(f"{address}/case.html")
    assert not page.locator("header nav").is_visible()
    assert not page.locator("main a:has-text('Stop met delen')").is_visible()
    assert page.locator("main ol li:has-text('Wij nemen een besluit')").is_visible()
    words = page.locator("main ol li .mijn-sr-only").first.bounding_box()
    assert words, "on paper nobody hears how a step stands"
    assert words["width"] > 20
    page.close()


def test_nothing_moves_for_who_asks_for_rest(address: str, browser: Browser):
    page = browser.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{address}/mijn.html")
    assert page.evaluate("document.getAnimations().length") == 0
    page.close()


def test_what_stands_there_only_without_script_keeps_its_distance(browser: Browser) -> None:
    body = '<main class="mijn-flow"><p>Een</p><noscript><p>Twee</p></noscript></main>'
    page = browser.new_page(java_script_enabled=False)
    page.goto("data:text/html," + quote(f"<!doctype html><style>{states.style()}</style>{body}"))
    above, below = (page.locator(one).bounding_box() for one in ("main > p", "noscript > p"))
    page.close()
    assert above
    assert below
    assert below["y"] - (above["y"] + above["height"]) >= 16
