"""Which colours meet on a page, seen in a browser: each of them is a pair that the lint looks at.

Every token gets a colour of its own, so that what is seen on a page tells which tokens meet there.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.utils import translation
from playwright.sync_api import sync_playwright

from tests.chromium import launched
from tests.themes.gallery import FOLDERS, render
from themes.contrast import FOCUS_GROUNDS, FOCUS_RING, PAIRS
from themes.folder import ThemeFolder, read_folder
from themes.gallery.pages import PAGES
from themes.gallery.states import REACHED, style
from themes.made_of import tokens_of_base
from themes.make import in_mode, root_rule
from themes.ramp import LIGHT, SHAPE, TEXT
from themes.shapes import TINTS
from themes.token_files.basis import COLOURS, OTHERS

ASKED_NOTHING = {
    "color-default-border-subtle",  # a line between things, which says nothing
    "color-disabled-bg-default",  # WCAG asks no contrast of what cannot be used
    "color-disabled-border-subtle",
    "color-disabled-color-subtle",
}
LIMITS = {frozenset((pair.front, pair.back)): pair.limit for pair in PAIRS}
SEEN = """reached => {
  const seen = one => !/, 0\\)$/.test(one.backgroundColor) && one.backgroundColor;
  const ground = one => one ? seen(getComputedStyle(one)) || ground(one.parentElement) : "nothing";
  const found = [], shown = [...document.body.querySelectorAll("*")].filter(
    one => one.checkVisibility() && !one.closest(".mijn-sr-only, script, option"));
  for (const one of shown) {
    const texts = [...one.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (texts || one.matches("input:not([type=checkbox], [type=radio]), select, textarea"))
      found.push(["text", getComputedStyle(one).color, ground(one), one.outerHTML.slice(0, 90)]);
    for (const pseudo of ["::before", "::after", "::marker"]) {
      const its = getComputedStyle(one, pseudo);
      if (!["none", "normal", '""'].includes(its.content))
        found.push(["sign", its.color, seen(its) || ground(one), one.className + pseudo]);
    }
    if (one.matches(reached))
      found.push(["focus", "", ground(one.parentElement), one.outerHTML.slice(0, 90)]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def neutral() -> ThemeFolder:
    return read_folder(FOLDERS["_base"])


@pytest.fixture(scope="module")
def own(neutral: ThemeFolder) -> dict[str, str]:
    """Each token that is a colour, with one that no other has."""
    names = sorted(name for name, value in in_mode(neutral, LIGHT).items() if value.startswith("#"))
    return {name: f"#{0x101010 + 977 * number:06x}" for number, name in enumerate(names)}


@pytest.fixture(scope="module")
def meetings(neutral: ThemeFolder, own: dict[str, str]) -> set[tuple[str, str, str, str]]:
    """How, which token, on which, and where: of all pages in all states, whatever a theme may tint."""

    def token(colour: str) -> str:
        parts = [round(float(part)) for part in re.findall(r"[\d.]+", colour)]
        return names.get("#" + "".join(f"{part:02x}" for part in parts), colour)

    def found() -> Iterator[tuple[str, str, str, str]]:
        with sync_playwright() as playwright, translation.override("nl"):
            page = launched(playwright).new_page(reduced_motion="reduce")
            for name in set(PAGES) - {"kleuren"}:  # that one shows colours, not text in them
                page.set_content(re.sub(r"<link[^>]*>|<script.*?</script>", "", render(name, "_base")))
                page.add_style_tag(content=style())
                for tint in TINTS:
                    page.add_style_tag(content=root_rule(tokens, replace(neutral, tint=tint)))
                    for how, front, back, where in page.evaluate(SEEN, REACHED):
                        yield how, token(front), token(back), f"{name}: {where}"

    names, tokens = {value: name for name, value in own.items()}, {**in_mode(neutral, LIGHT), **own}
    return set(found())


@pytest.mark.parametrize(("kind", "least"), [("text", TEXT), ("sign", SHAPE)])
def test_what_stands_on_a_background_is_a_pair_that_the_lint_looks_at(meetings, kind, least):
    found = {(front, back): where for how, front, back, where in meetings if how == kind}
    assert len(found) > 3
    assert {pair: where for pair, where in found.items() if LIMITS.get(frozenset(pair), 0) < least} == {}


def test_the_focus_is_looked_at_wherever_something_can_have_it(meetings):
    found = {back: where for how, _front, back, where in meetings if how == "focus"}
    assert len(found) > 5
    assert {back: where for back, where in found.items() if back not in FOCUS_GROUNDS} == {}


def test_every_colour_that_the_base_style_reaches_takes_part_in_a_pair():
    colours = {name for name in tokens_of_base() if name in COLOURS or OTHERS.get(name) == "colour"}
    assert len(colours) > 50
    assert colours - set().union(*LIMITS) - {*FOCUS_GROUNDS, *FOCUS_RING} == ASKED_NOTHING
