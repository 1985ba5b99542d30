"""What must be true of production, looked at from outside: headers, cookies, hosts, and the main job."""

import json
import re
import secrets
import time
from collections.abc import Callable, Sequence
from datetime import date
from urllib.parse import unquote

import httpx
import jwt

from demo.consumer import ASSERTION, key_in
from demo.content.residents import HELGA
from demo.content.wallets import wallet_attributes
from demo.desk.portal import SLUG
from demo.progress import say
from demo.wallet.issuing import Issuer
from demo.wallet.program import State, Wallet

from . import CMS, COUNTER, SITE
from .browser import Page, Visitor
from .installation import BRP_PORT, IRMA_PORT, SCHEME, Installation

HOME = f"https://{SITE}"
PATIENCE = 20.0  # seconds
TOO_LARGE = 56 * 1024 * 1024  # bytes; the proxy takes 55 MB
HEADERS = {
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Failed(AssertionError):
    """Production does not do what it must; the text says what."""


def walk(installation: Installation) -> None:
    """Every check in turn. Raises Failed at the first that does not hold."""
    helga = Visitor()
    _seen("health tells the proxy how it is", health)
    _seen("plain http goes to https, and other hosts get nothing", hosts)
    _seen("a resident signs in and sees the overview", lambda: sign_in(helga))
    _seen("the overview's first byte does not wait for a slow register", lambda: streamed(helga))
    _seen("a resident shares from the wallet, and it can be read", lambda: share(helga, installation))
    _seen("a resident stops, and it can no longer be read", lambda: stop(helga, installation))
    _seen("a document that is too large is told in words", lambda: too_large(helga))
    _seen("every answer has its headers, every cookie its fence", lambda: headers_and_cookies(helga))
    _seen("the CMS is a host apart", cms)
    _seen("of the irma server only what wallets need is in reach", irma_fenced)


def _seen(what: str, check: Callable[[], None]) -> None:
    try:
        check()
    except (AssertionError, LookupError, httpx.HTTPError) as fault:
        raise Failed(f"✗ {what}\n    {type(fault).__name__}: {fault}") from fault
    say(f"  ✓ {what}")


def health() -> None:
    """Both addresses, through the proxy."""
    for path in ("/healthz", "/readyz"):
        answer = httpx.get(HOME + path)
        _must(answer.status_code == 200 and answer.text == "ok", f"{path} says {answer.text!r}")


def hosts() -> None:
    """Who may be asked for, and how."""
    answer = httpx.get(f"http://{SITE}/verhuizen/?x=1")
    _must(answer.status_code == 308, f"http gives {answer.status_code}")
    _must(answer.headers["Location"] == f"{HOME}/verhuizen/?x=1", answer.headers["Location"])
    _must(httpx.get("https://onbekend.gemeente.test/").status_code == 400, "an unknown host is served")
    lied = {
        "X-Forwarded-Host": "kwaad.example",
        "Forwarded": "host=kwaad.example",
        "X-Forwarded-Proto": "http",
    }
    answer = httpx.get(f"{HOME}/mijn/", headers=lied)
    _must(
        answer.status_code == 302 and "kwaad" not in answer.headers["Location"],
        "a lie about the host is believed",
    )


def sign_in(helga: Visitor) -> None:
    """The code flow, with the provider behind TLS and a name of its own."""
    page = helga.press(helga.open(f"{HOME}/mijn/"), "Inloggen")
    page = helga.press(page, f"Log in als {HELGA.name}")
    _must(page.address == f"{HOME}/mijn/", f"signing in ended on {page.address}")
    _must("Omgevingsvergunning dakkapel" in page.text, "the overview has no cases")


def streamed(helga: Visitor) -> None:
    """With the BRP two seconds late."""
    fault = f"http://127.0.0.1:{BRP_PORT}/_faults"
    httpx.post(fault, json={"kind": "delay", "seconds": 2}).raise_for_status()
    began = time.monotonic()
    with helga.http.stream("GET", f"{HOME}/mijn/") as answer:
        pieces = answer.iter_raw()
        next(pieces)
        first = time.monotonic() - began
        for _piece in pieces:
            pass
    whole = time.monotonic() - began
    httpx.post(fault, json={"kind": "none"}).raise_for_status()
    _must(first < 1 and whole >= 1.9, f"first byte after {first:.2f} s, whole after {whole:.2f} s")
    say(f"    first byte after {first * 1000:.0f} ms, whole after {whole:.1f} s")


def share(helga: Visitor, installation: Installation) -> None:
    """Explanation, choice, wallet, values, yes; then the consumer reads."""
    page = helga.press(helga.open(f"{HOME}/mijn/delen/starten/digitaal-bericht/"), "Verder")
    page = helga.press(page, "Verder", way="this_device", with_mail_cases="on")
    link = next((link for link in page.links if link.startswith("https://open.yivi.app/")), "")
    _must(bool(link), f"no link to the app on {page.address}: {page.words}")
    back = _wallet_agrees(installation, json.loads(unquote(link.partition("#")[2])))
    page = helga.press(_next(helga, back), "Ja, delen")
    found = re.search(r"/mijn/delen/bewijs/([0-9a-f-]{36})/", page.address)
    _must(found is not None, f"the yes ended on {page.address}")
    grant = found[1] if found else ""
    helga.grant = grant
    answer = _consumer_reads(installation, grant)
    _must(answer.status_code == 200, f"the consumer got {answer.status_code}")
    agreed = {"email": HELGA.email, "mail_cases": "yes"}
    _must(answer.json()["gegevens"] == agreed, "the consumer got something else than was agreed")


def stop(helga: Visitor, installation: Installation) -> None:
    """Two clicks, and the consumer's next read gets nothing."""
    page = helga.open(f"{HOME}/mijn/delen/stoppen/{helga.grant}/")
    buttons = [text for form in page.forms for _name, _value, text in form.buttons]
    page = helga.press(page, next(text for text in buttons if "stop" in text.lower()))
    _must("/gestopt/" in page.address, f"stopping ended on {page.address}")
    answer = _consumer_reads(installation, helga.grant)
    _must(answer.status_code == 403, f"after stopping the consumer got {answer.status_code}")


def too_large(helga: Visitor) -> None:
    """What the proxy itself refuses ends on a page of ours, not on one of the proxy's."""
    answer = helga.http.post(f"{HOME}/mijn/documenten/toevoegen/0/", content=bytes(TOO_LARGE))
    _must([one.status_code for one in answer.history] == [303], f"the proxy says {answer.status_code}")
    _must(answer.status_code == 200 and "Dit bestand is te groot" in answer.text, answer.text[:200])


def headers_and_cookies(helga: Visitor) -> None:
    """On all that was seen so far."""
    ours = [answer for answer in helga.seen if answer.url.host == SITE]
    for answer in ours:
        for name, value in HEADERS.items():
            _must(
                answer.headers.get(name) == value, f"{answer.url.path}: {name} is {answer.headers.get(name)}"
            )
        policy = answer.headers.get("Content-Security-Policy", "")
        _must("default-src 'none'" in policy and "unsafe" not in policy, f"{answer.url.path}: {policy}")
        if answer.url.path.startswith("/mijn/"):
            _must("no-store" in answer.headers.get("Cache-Control", ""), f"{answer.url.path} may be stored")
    _cookies_are_fenced(ours)


def cms() -> None:
    """Staff sign in at their provider, on their own host only; and no resident's page is there."""
    noor = Visitor()
    page = noor.open(f"https://{CMS}/admin/")
    _must('type="password"' not in page.text, "a password is asked in production")
    page = noor.press(page, "Log in als Noor Duinker")
    _must(page.address == f"https://{CMS}/admin/", f"signing in ended on {page.address}: {page.words}")
    _cookies_are_fenced([answer for answer in noor.seen if answer.url.host == CMS])
    for host in (CMS, COUNTER):
        _must(httpx.get(f"https://{host}/mijn/").status_code == 404, f"Mijn is on {host}")
    _must(httpx.get(f"https://{COUNTER}/admin/").status_code == 404, "the CMS is on the counter's host")
    _must("location" in httpx.get(f"https://{COUNTER}/").headers, "the counter lets in who is not signed in")
    _must(httpx.get(f"{HOME}/admin/").status_code == 404, "the CMS is on a municipality's host")


def irma_fenced() -> None:
    """A wallet reached its session above; all else that the server offers is for inside."""
    for path in ("/publickey", "/health"):
        inside, outside = f"http://127.0.0.1:{IRMA_PORT}{path}", HOME + path
        _must(httpx.get(outside).text != httpx.get(inside).text, f"{path} is in reach")


def _cookies_are_fenced(answers: Sequence[httpx.Response]) -> None:
    cookies = [cookie for answer in answers for cookie in answer.headers.get_list("Set-Cookie")]
    _must(bool(cookies), "no cookie was set at all")
    for cookie in cookies:
        name, _equals, rest = cookie.partition("=")
        fenced = all(word in rest for word in ("Secure", "HttpOnly", "SameSite", "Path=/"))
        _must(name.startswith("__Host-") and fenced and "Domain" not in rest, f"{name} is not fenced")


def _wallet_agrees(installation: Installation, pointer: dict[str, str]) -> str:
    """The real client, over TLS; gives where the app goes back to."""
    wallet = Wallet(installation.programs.wallet, installation.folder / "wallet", installation.schemes)
    key = installation.irma_keys["uitgever"]
    try:
        today = date.today()  # noqa: DTZ011  # as old as on this day
        Issuer(f"http://127.0.0.1:{IRMA_PORT}", "uitgever", key, SCHEME).issue(wallet, _cards(today))
        session = wallet.scan(pointer)
        state = wallet.wait(session, lambda state: state.restful, PATIENCE)
        _must(state is State.ASKING, f"the wallet is {state}: {session.failure}")
        _must(session.asked_by == SITE, f"the wallet says that {session.asked_by} asks")
        wallet.answer(session, agree=True)
        _must(wallet.wait(session, lambda state: state.final, PATIENCE) is State.DONE, session.failure)
        return session.return_url
    finally:
        wallet.stop()


def _cards(today: date) -> dict[str, list[dict[str, str]]]:
    return {name: [card] for name, card in wallet_attributes(HELGA, today).items()}


def _next(helga: Visitor, back: str) -> Page:
    page = helga.open(back)
    _must("/controle/" in page.address, f"coming back from the app ended on {page.address}")
    return page


def _consumer_reads(installation: Installation, grant: str) -> httpx.Response:
    now = int(time.time())
    claims = {
        "iss": SLUG,
        "sub": SLUG,
        "aud": f"{HOME}/api/v1",
        "iat": now,
        "exp": now + 60,
        "jti": secrets.token_urlsafe(16),
    }
    form = {
        "grant_type": "client_credentials",
        "client_assertion_type": ASSERTION,
        "client_assertion": jwt.encode(claims, key_in(installation.folder / "desk"), "EdDSA"),
    }
    token = httpx.post(f"{HOME}/api/v1/token", data=form).raise_for_status().json()["access_token"]
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.post(f"{HOME}/api/v1/toestemmingen/{grant}/gebruik", headers=headers)


def _must(true: bool, otherwise: str) -> None:
    if not true:
        raise AssertionError(otherwise)
