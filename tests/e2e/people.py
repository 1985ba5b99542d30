"""What people do in the browser tests: sign in, agree in a wallet; and how a page is checked for everyone."""

import json
import os
import re
from collections.abc import Sequence
from threading import Event
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import httpx
from playwright.sync_api import Locator, Page, ViewportSize, expect

from tests.chromium import barriers, follow, too_wide

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 320, "height": 640}
WIDTHS: Sequence[ViewportSize] = (
    {"width": 1200, "height": 900}, {"width": 360, "height": 640}, PHONE,
)  # fmt: skip
WHOLE = bool(os.environ.get("WHOLE"))
PATIENCE = 15.0  # seconds
SCAN, APP_HERE, TYPE = "Ik scan een QR-code", "app op dit apparaat", "Ik typ het zelf"
MAIL = "Mail over uw zaken"
"""Something to tick: a yes to mail about nothing is none."""
"""How something can be given, by words that only that choice has."""
ERRORS = ("Er ging iets mis", "Deze pagina is er niet", "Deze pagina is niet voor u", "Het is nu heel druk")


def site_of(demo: dict[str, Any], slug: str) -> str:
    """The address of a municipality's site."""
    return next(str(one["url"]) for one in demo["municipalities"] if one["slug"] == slug)


def name_of(demo: dict[str, Any], bsn: str) -> str:
    """The name of a resident of the demo."""
    return next(str(one["name"]) for one in demo["residents"] if one["bsn"] == bsn)


def sign_in(page: Page, demo: dict[str, Any], slug: str, bsn: str, then: str = "") -> None:
    """Sign in at a municipality as one of the demo's residents, as far as the page after it.

    `then` is the path in Mijn to go on to.
    """
    page.goto(f"{site_of(demo, slug)}/mijn/inloggen/" + (f"?naar={then}" if then else ""))
    page.locator("main").get_by_role("button", name="Inloggen", exact=True).click()
    page.get_by_role("button", name=f"Log in als {name_of(demo, bsn)}", exact=True).click()
    page.wait_for_url(re.compile(re.escape(site_of(demo, slug))))


def sign_out(page: Page) -> None:
    """Sign out, also from the sign-in service, as far as the page that says so."""
    page.get_by_role("banner").get_by_role("button", name="Uitloggen").click()
    page.get_by_role("button", name="Ja, log mij uit").click()
    expect_heading(page, "U bent uitgelogd")


def staff_sign_in(page: Page, demo: dict[str, Any], username: str) -> None:
    """Sign in to the CMS as one of the demo's editors."""
    account = next(one for one in demo["cms"]["accounts"] if one["username"] == username)
    page.goto(f"{demo['cms']['url']}/admin/login/")
    page.locator("input[name=username]").fill(account["username"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/admin/$"))


def begin_sharing(
    page: Page, demo: dict[str, Any], slug: str, bsn: str, purpose: str = "digitaal-bericht", way: str = SCAN
) -> None:
    """Sign in, read the explanation, and choose how to give it."""
    sign_in(page, demo, slug, bsn, then=f"/mijn/delen/starten/{purpose}/")
    choose_how(page, way)


def choose_how(page: Page, way: str) -> None:
    """From the explanation to where it is given: the QR, the app or the form."""
    follow(page.get_by_role("button", name="Verder"))
    page.get_by_label(way).check()
    if page.get_by_label(MAIL).count():
        page.get_by_label(MAIL).check()
    follow(page.get_by_role("button", name="Verder"))


def ask_code(page: Page) -> str:
    """Type a new address and have a code sent to it; ends where the code is asked. Gives the address."""
    address = f"{uuid4().hex}@voorbeeld.example"
    page.get_by_label("E-mailadres").fill(address)
    page.get_by_role("button", name="Stuur mij de code").click()
    page.wait_for_url(re.compile(r"/controle/"))
    return address


def code_for(page: Page, demo: dict[str, Any], address: str) -> str:
    """The code in the mail to an address, read where the demo shows its mails."""
    desk = page.context.new_page()
    desk.goto(demo["desk"]["url"])
    mail = desk.get_by_role("listitem").filter(has_text=f"Aan {address}").locator("pre")
    code = re.search(r"\d{6}", mail.inner_text())
    desk.close()
    assert code, "a mail without a code"
    return code[0]


def agree(page: Page) -> str:
    """The yes, as far as the receipt. Gives the number of the grant in its address."""
    page.get_by_role("button", name="Ja, delen").click()
    page.wait_for_url(re.compile(r"/bewijs/"))
    return urlsplit(page.url).path.strip("/").split("/")[-1]


def at_desk(page: Page, demo: dict[str, Any], grant: str) -> Locator:
    """What the desk has of a grant, on its own page in a new tab; that page renews itself."""
    desk = page.context.new_page()
    desk.goto(demo["desk"]["url"])
    return desk.locator(f"li[data-grant='{grant}']")


def receipts(page: Page, demo: dict[str, Any], slug: str) -> int:
    """How many things stand in “Wat deel ik?”, those that ended too."""
    page.goto(f"{site_of(demo, slug)}/mijn/delen/")
    return page.get_by_role("link", name=re.compile("Bekijk uw bewijs")).count()


def way_on(page: Page) -> None:
    """This page is one that a resident understands: a heading, something to do, and no error."""
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_be_visible()
    assert heading.inner_text() not in ERRORS, page.url
    assert page.locator("main").get_by_role("link").or_(page.locator("main button")).count(), page.url
    expect(page.locator("footer a[href^='tel:']").first).to_be_visible()


class DemoWallet:
    """One resident's wallet, by the wallet's own API; behind it the real irmago client runs the protocol."""

    def __init__(self, demo: dict[str, Any], holder: str) -> None:
        self._http = httpx.Client(base_url=demo["wallet"]["url"], timeout=30)
        self._sessions = f"/api/{holder}/sessions"

    def scan(self, pointer: dict[str, str]) -> dict[str, Any]:
        """Begin what a QR says."""
        return self._told(self._http.post(self._sessions, json={"ptr": pointer}))

    def wait_for(self, session: str, *states: str) -> dict[str, Any]:
        """How a session stands, once it stands so."""
        end = monotonic() + PATIENCE
        while True:
            told = self._told(self._http.get(f"{self._sessions}/{session}"))
            if told["state"] in states:
                return told
            assert monotonic() < end, told
            Event().wait(0.02)  # as its page would ask again

    def answer(self, session: str, *, agree: bool, choice: Sequence[int] = ()) -> dict[str, Any]:
        """Yes or no, with for each group the number of the chosen option."""
        said = {"agree": agree, "choice": list(choice)}
        return self._told(self._http.post(f"{self._sessions}/{session}/answer", json=said))

    def close(self, session: str) -> dict[str, Any]:
        """Put the phone away in the midst of it."""
        return self._told(self._http.post(f"{self._sessions}/{session}/close", json={}))

    @staticmethod
    def _told(answer: httpx.Response) -> dict[str, Any]:
        answer.raise_for_status()
        told: dict[str, Any] = answer.json()
        return told


def pointer_on(page: Page) -> dict[str, str]:
    """What the QR on this page says, read from the link to the demo's wallet beside it."""
    link = page.locator("a[href*='/scan?qr=']").first.get_attribute("href") or ""
    pointer: dict[str, str] = json.loads(parse_qs(urlsplit(link).query)["qr"][0])
    return pointer


def look_again(page: Page, wanted: Locator) -> None:
    """Until what the app did is on the page: a script follows by itself, who has none presses the link."""
    again = page.get_by_role("link", name="Kijk of er iets veranderd is")
    ends = monotonic() + PATIENCE
    while again.count() and not wanted.count():
        assert monotonic() < ends, page.url
        again.click()


def wallet_scans(page: Page, demo: dict[str, Any], holder: str) -> tuple[DemoWallet, str]:
    """Scan the QR on this page and pair, as far as the question in the wallet."""
    wallet = DemoWallet(demo, holder)
    told = wallet.scan(pointer_on(page))
    session = str(told["id"])
    told = wallet.wait_for(session, "pairing")
    code = page.locator("input[name=code]")
    look_again(page, code)
    code.fill(told["pairing_code"])
    code.press("Enter")
    wallet.wait_for(session, "asking")
    return wallet, session


def wallet_agrees(page: Page, demo: dict[str, Any], holder: str, choice: Sequence[int] = ()) -> None:
    """The holder scans the QR on this page, pairs and says yes; ends on the page with the values.

    `holder` is a name as in the wallet's addresses, e.g. "helga-huisman".
    """
    wallet, session = wallet_scans(page, demo, holder)
    wallet.answer(session, agree=True, choice=choice)
    wallet.wait_for(session, "done")
    page.wait_for_url(re.compile(r"/controle/"))


def right_for_everyone(page: Page) -> None:
    """This page has no barrier and fits, on a desktop and on the narrowest phone, where it is left.

    Contrast is looked at once: it costs as much as all else, a narrow screen has no colour of its own (a test
    of the themes says so), and the gallery has each component in each theme at both widths. `WHOLE=1` looks
    at all of it: by day and by night, at three widths, in both directions of writing, with every rule.
    """
    if WHOLE:
        _right_in_every_way(page)
        return
    for size, colours in ((DESKTOP, True), (PHONE, False)):
        page.set_viewport_size(size)
        axe(page, colours=colours)
        fits(page)


def _right_in_every_way(page: Page) -> None:
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size in WIDTHS:
            page.set_viewport_size(size)
            for direction in ("rtl", "ltr"):
                page.evaluate("direction => { document.documentElement.dir = direction }", direction)
                axe(page)
                fits(page)
    page.emulate_media(color_scheme="light")


def axe(page: Page, *, colours: bool = True) -> None:
    """Fails with every violation that axe finds on this page, of contrast too unless told otherwise."""
    violations = barriers(page, rules={"color-contrast": {"enabled": colours}})
    assert not violations, f"{page.url}\n" + "\n".join(violations)


def fits(page: Page) -> None:
    """Fails when the page is wider than the screen."""
    wider = too_wide(page)
    assert wider <= 0, f"{page.url} is {wider} px wider than the screen"


def expect_heading(page: Page, text: str) -> None:
    """Waits until this is the page's main heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
