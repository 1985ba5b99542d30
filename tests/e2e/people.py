"""What people do in the browser tests: sign in, agree in a wallet; and how a page is checked for everyone."""

import json
import re
from collections.abc import Sequence
from threading import Event
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

PATIENCE = 15.0  # seconds


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


def staff_sign_in(page: Page, demo: dict[str, Any], username: str) -> None:
    """Sign in to the CMS as one of the demo's editors."""
    account = next(one for one in demo["cms"]["accounts"] if one["username"] == username)
    page.goto(f"{demo['cms']['url']}/admin/login/")
    page.locator("input[name=username]").fill(account["username"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url(re.compile(r"/admin/$"))


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
        return self._told(self._http.post(f"{self._sessions}/{session}/close"))

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


def wallet_scans(page: Page, demo: dict[str, Any], holder: str) -> tuple[DemoWallet, str]:
    """Scan the QR on this page and pair, as far as the question in the wallet."""
    wallet = DemoWallet(demo, holder)
    told = wallet.scan(pointer_on(page))
    session = str(told["id"])
    told = wallet.wait_for(session, "pairing")
    code = page.locator("input[name=code]")
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


def axe(page: Page) -> None:
    """Fails with every violation that axe finds on this page."""
    # Its look at style sheets inside shadow roots makes style elements, which our policy rightly refuses.
    found = Axe().run(page, options={"preload": False})
    violations = [
        f"{one['id']}: {one['help']}\n    " + "\n    ".join(node["html"] for node in one["nodes"])
        for one in found.response["violations"]
    ]
    assert not violations, f"{page.url}\n" + "\n".join(violations)


def fits(page: Page) -> None:
    """Fails when the page is wider than the screen."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wider <= 0, f"{page.url} is {wider} px wider than the screen"


def expect_heading(page: Page, text: str) -> None:
    """Waits until this is the page's main heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(text)
