"""The site and Mijn in English: no Dutch, but for what says of itself that it is Dutch.

Registers, municipalities and editors write in Dutch; what they wrote carries lang="nl", so that a reader's
software speaks it as such. Dutch is recognised by words that no English sentence has.
"""

import re
from collections import deque
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

from .conftest import Urls
from .people import code_for, name_of, site_of, wallet_scans

DUTCH = re.compile(
    r"\b(het|een|uw|wij|ons|niet|geen|naar|voor|met|dit|dat|deze|bij|zijn|heeft|kunt|wordt|worden|ook|als|om|er|"
    r"wat|hoe|waar|wie|vanaf|tot|sinds|nog|weer|hier|terug|zaken|gegevens|gemeente|delen|inloggen|januari|"
    r"februari|maart|mei|juni|juli|augustus|oktober)\b",
    re.IGNORECASE,
)
SHOWN = """() => {
  const found = [document.title];
  const dutch = (node) => {
    for (let at = node; at; at = at.parentNode || at.host)
      if (at.getAttribute?.("lang")) return at.getAttribute("lang") === "nl";
    return true;  // a page without a language
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE && node.data.trim() && !dutch(node)) found.push(node.data.trim());
    if (node.nodeType === Node.ELEMENT_NODE && !dutch(node))
      for (const name of ["aria-label", "alt", "title", "placeholder"])
        if (node.getAttribute(name)) found.push(node.getAttribute(name));
    if (["SCRIPT", "STYLE", "NOSCRIPT", "TITLE"].includes(node.nodeName)) return;
    if (node.shadowRoot) walk(node.shadowRoot);
    node.childNodes.forEach(walk);
  };
  if (document.querySelector("title").lang === "nl") found.pop();
  walk(document.documentElement);
  return found;
}"""
"""Every text of a page that is not said to be Dutch: also what only the ear gets, and what arrived later."""

HELGA, KEES = "999970458", "999990329"
FEWEST = 12  # English and Dutch-only pages of Zandmeer that the start page leads to
DOORS = {
    "a minor": ("oeverstad", "999995881", "Mijn is for people aged 18 and over"),
    "under curatele": ("zandmeer", "999990160", "Your curator (legal guardian) arranges this for you"),
    "deceased": ("zandmeer", "999970999", "We cannot sign you in"),
    "moved away": ("veldrecht", "999993148", "You no longer live in the Netherlands"),
    "of another municipality": ("veldrecht", HELGA, "You live in another municipality"),
}


@pytest.fixture
def settings_of_browser() -> dict[str, Any]:
    return {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


def in_english(page: Page) -> None:
    """This page says nothing in Dutch that does not say so."""
    assert page.locator("html").get_attribute("lang") == "en", page.url
    dutch = [text for text in page.evaluate(SHOWN) if DUTCH.search(text)]
    assert dutch == [], page.url


def go(page: Page, demo: Urls, path: str, slug: str = "zandmeer") -> None:
    """Open a page of a municipality, and look at it."""
    page.goto(f"{site_of(demo, slug)}/en{path}")
    in_english(page)


def sign_in(page: Page, demo: Urls, slug: str, bsn: str) -> None:
    """Sign in from the English page."""
    go(page, demo, "/mijn/inloggen/", slug)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("button", name=f"Log in als {name_of(demo, bsn)}", exact=True).click()
    page.wait_for_url(re.compile(re.escape(site_of(demo, slug))))
    in_english(page)


def press(page: Page, button: str) -> None:
    """Press a button, and look at the page it leads to."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button, exact=True).click()
    in_english(page)


def follow(page: Page, link: str | re.Pattern[str]) -> None:
    """Follow a link of the page itself, and look at where it leads."""
    with page.expect_navigation():
        page.locator("main").get_by_role("link", name=link).first.click()
    in_english(page)


def test_every_page_of_the_site_that_english_leads_to(page: Page, demo: Urls) -> None:
    root = site_of(demo, "zandmeer")
    waiting, seen = deque(["/en/", "/en/deze-pagina-is-er-niet/"]), {"/en/", "/en/deze-pagina-is-er-niet/"}
    while waiting:
        page.goto(root + waiting.popleft())
        in_english(page)
        for link in page.locator("main a, nav a, footer a").evaluate_all("all => all.map(one => one.href)"):
            path = urlsplit(link).path
            page_here = link.startswith(f"{root}/en/") and not path.endswith((".json", ".xml"))  # no pages
            if page_here and "/mijn/" not in path and path not in seen:
                seen.add(path)
                waiting.append(path)
    assert len(seen) >= FEWEST, seen


def test_all_of_mijn(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    expect(page.get_by_role("banner")).to_contain_text("Signed in at level Substantieel")
    for path in ("/mijn/", "/mijn/zaken/", "/mijn/gegevens/", "/mijn/delen/", "/mijn/sessie/verlengen/"):
        go(page, demo, path)
    go(page, demo, "/mijn/zaken/")
    cases = page.locator("main a[href*='/mijn/zaken/']").evaluate_all("all => all.map(one => one.href)")
    assert cases
    for case in cases:
        page.goto(case)
        in_english(page)
    page.get_by_role("banner").get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Ja, log mij uit").click()  # the sign-in service's own page, in Dutch
    expect(page.get_by_role("heading", level=1)).to_have_text("You are signed out")
    in_english(page)


def test_dates_follow_the_language(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    go(page, demo, "/mijn/gegevens/")
    born = page.locator("dt", has_text="Date of birth").locator("+ dd bdi")
    expect(born).to_have_text(re.compile(r"^\d{1,2} (January|February|March|April|May|June|July|August|"
                                         r"September|October|November|December) \d{4}$"))  # fmt: skip


def test_mijn_when_the_registers_are_broken(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    for register in ("brp", "zaken"):
        httpx.post(f"{demo['registers'][register]}/_faults", json={"kind": "500"}).raise_for_status()
    try:
        for path in ("/mijn/", "/mijn/zaken/", "/mijn/gegevens/"):
            go(page, demo, path)
    finally:
        for register in ("brp", "zaken"):
            httpx.post(f"{demo['registers'][register]}/_faults", json={"kind": "none"}).raise_for_status()


def test_a_whole_sharing_by_typing_and_stopping_it(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "veldrecht", KEES)
    go(page, demo, "/mijn/delen/starten/digitaal-bericht/", "veldrecht")
    press(page, "Continue")
    page.get_by_label("Without an app").check()
    page.get_by_label("Mail about your cases").check()
    press(page, "Continue")
    page.get_by_label("E-mail address").fill("not an address")
    press(page, "Send me the code")
    address = f"{uuid4().hex}@voorbeeld.example"
    page.get_by_label("E-mail address").fill(address)
    press(page, "Send me the code")
    page.get_by_label("Code from the e-mail").fill("000000")
    press(page, "Yes, share")
    page.get_by_label("Code from the e-mail").fill(code_for(page, demo, address))
    press(page, "Yes, share")
    expect(page.get_by_role("heading", level=1)).to_have_text("Done. This is your receipt")
    follow(page, "To What do I share?")
    for path in ("/mijn/delen/starten/digitaal-bericht/", "/mijn/", "/mijn/delen/"):
        go(page, demo, path, "veldrecht")
    follow(page, re.compile("^Stop sharing"))
    press(page, "Yes, stop sharing")
    expect(page.get_by_role("heading", level=1)).to_have_text("You no longer share this")
    follow(page, "See the receipt of sharing")


def test_the_mail_with_the_code(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "veldrecht", KEES)
    go(page, demo, "/mijn/delen/starten/digitaal-bericht/", "veldrecht")
    press(page, "Continue")
    page.get_by_label("Without an app").check()
    page.get_by_label("Mail about your cases").check()
    press(page, "Continue")
    address = f"{uuid4().hex}@voorbeeld.example"
    page.get_by_label("E-mail address").fill(address)
    press(page, "Send me the code")
    page.goto(demo["desk"]["url"])
    mail = page.get_by_role("listitem").filter(has_text=address).locator("pre")
    expect(mail).to_contain_text("Fill it in on the site of the municipality of Veldrecht")
    assert not DUTCH.search(mail.inner_text())


def test_the_wallet_and_saying_no(page: Page, demo: Urls) -> None:
    sign_in(page, demo, "zandmeer", HELGA)
    go(page, demo, "/mijn/delen/starten/maatje-18/")
    press(page, "Continue")
    page.get_by_label("With the Yivi app on my phone").check()
    press(page, "Continue")
    wallet, session = wallet_scans(page, demo, "helga-huisman")
    in_english(page)
    wallet.answer(session, agree=False)
    page.get_by_role("heading", name="It did not work").wait_for()
    in_english(page)
    press(page, "No, do not share")
    expect(page.get_by_role("heading", level=1)).to_have_text("Nothing was shared")


@pytest.mark.parametrize("door", DOORS)
def test_who_cannot_go_in_reads_why(page: Page, demo: Urls, door: str) -> None:
    slug, bsn, heading = DOORS[door]
    sign_in(page, demo, slug, bsn)
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
