"""The demo wallet's page: what a person sees and can do, and what another site cannot."""

import re
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlencode

import httpx
import pytest

from demo.irma.rig import Rig
from demo.wallet.drawer import Drawer
from demo.wallet.holders import Holder
from demo.wallet.web import serve
from portal.irma.errors import Cancelled
from portal.irma.request import Attribute, DisclosureRequest, Wanted
from portal.irma.requestor import Requestor
from portal.irma.session import Session, Status

from .conftest import CARDS, MAIL, ended

EMAIL, BSN = "sidn-pbdf.email.email", "gemeente.personalData.bsn"
MOBILE = "sidn-pbdf.mobilenumber.mobilenumber"
RETURN = "http://zandmeer.localhost:8000/delen/terug?ref=once&x=1"
HELGA = Holder(
    "Helga Huisman",
    "Verhuisd",
    "zandmeer",
    {**CARDS, "sidn-pbdf.mobilenumber": [{"mobilenumber": "0612345678"}]},
)
NOBODY = Holder("Robbert Bronwaßer", "Heeft een lege wallet")

pytestmark = pytest.mark.irma


@pytest.fixture(scope="module")
def drawer(irma: Rig) -> Iterator[Drawer]:
    demo = irma.demo
    drawer = Drawer(
        [HELGA, NOBODY], irma.issuer,
        program=demo.programs.wallet, schemes=demo.schemes_path, state=irma.folder / "wallets",
    )  # fmt: skip
    yield drawer
    drawer.stop()


@pytest.fixture(scope="module")
def address(drawer: Drawer) -> Iterator[str]:
    with serve(drawer, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def visitor(address: str) -> Iterator[httpx.Client]:
    """Cookies, redirects and an origin, but no JavaScript."""
    with httpx.Client(base_url=address, headers={"Origin": address}, follow_redirects=True) as client:
        yield client


@pytest.fixture
def chosen(visitor: httpx.Client) -> httpx.Client:
    """A browser that chose Helga's wallet."""
    visitor.post("/choose", data={"wallet": "helga-huisman"}).raise_for_status()
    return visitor


def ask(requestor: Requestor, *, pairing: bool = False, request: DisclosureRequest | None = None) -> Session:
    request = request or DisclosureRequest(
        (Wanted((Attribute(EMAIL),)), Wanted((Attribute(MOBILE),), required=False))
    )
    return requestor.start(request, pairing=pairing, return_url=None if pairing else RETURN)


def scan(visitor: httpx.Client, session: Session) -> httpx.Response:
    return visitor.get(f"/scan?{urlencode({'qr': session.pointer_text})}")


def test_the_start_page_lists_wallets_and_remembers_the_choice(visitor: httpx.Client) -> None:
    page = visitor.get("/").text
    assert "Helga Huisman" in page
    assert "Verhuisd" in page

    visitor.post("/choose", data={"wallet": "helga-huisman"})

    again = visitor.get("/").text
    assert "Wallet van Helga Huisman" in again
    assert MAIL["email"] in again


def test_who_scans_before_choosing_is_asked_whose_wallet_it_is(
    visitor: httpx.Client, requestor: Requestor
) -> None:
    session = ask(requestor)
    page = scan(visitor, session)
    assert "Met welke wallet" in page.text
    assert requestor.status(session) is Status.INITIALIZED

    page = visitor.post("/choose", data={"wallet": "helga-huisman", "qr": session.pointer_text})

    assert "Wilt u dit delen?" in page.text


def test_agreeing_shares_the_least_and_goes_back_to_the_website(
    chosen: httpx.Client, requestor: Requestor
) -> None:
    session = ask(requestor)
    page = scan(chosen, session)
    assert page.url.path.startswith("/session/")
    for seen in ("zandmeer.localhost", "E-mailadres", MAIL["email"], "Mobiel nummer", "Ja, delen"):
        assert seen in page.text

    done = chosen.post(f"{page.url.path}/answer", data={"answer": "yes"})

    assert '<meta http-equiv="refresh" content="0; url=' + RETURN.replace("&", "&amp;") in done.text
    assert requestor.outcome(session).values == {EMAIL: MAIL["email"]}


def test_an_optional_attribute_is_shared_when_it_was_chosen(
    chosen: httpx.Client, requestor: Requestor
) -> None:
    session = ask(requestor)
    page = scan(chosen, session)

    chosen.post(f"{page.url.path}/answer", data={"answer": "yes", "group-1": "1"})

    assert requestor.outcome(session).values[MOBILE] == "0612345678"


def test_saying_no_shares_nothing_and_offers_the_way_back(chosen: httpx.Client, requestor: Requestor) -> None:
    session = ask(requestor)
    page = scan(chosen, session)

    refused = chosen.post(f"{page.url.path}/answer", data={"answer": "no"})

    assert "Niets gedeeld" in refused.text
    assert "Terug naar de website" in refused.text
    assert "http-equiv" not in refused.text
    assert ended(requestor, session) is Status.CANCELLED


def test_closing_the_wallet_ends_the_session(chosen: httpx.Client, requestor: Requestor) -> None:
    session = ask(requestor)
    page = scan(chosen, session)

    chosen.post(f"{page.url.path}/close")

    assert ended(requestor, session) is Status.CANCELLED
    with pytest.raises(Cancelled):
        requestor.outcome(session)


def test_a_pairing_code_is_shown_until_it_was_typed_at_the_portal(
    chosen: httpx.Client, requestor: Requestor
) -> None:
    session = ask(requestor, pairing=True)
    page = scan(chosen, session)
    shown = re.search(r'class="code"[^>]*>(\d{4})<', page.text)
    assert shown
    assert requestor.pair(session, shown[1])

    news = re.search(r'http-equiv="refresh" content="1; url=([^"]+)"', page.text)
    assert news
    page = chosen.get(page.url.join(news[1]))  # held back until the wallet goes on
    assert "Wilt u dit delen?" in page.text
    done = chosen.post(f"{page.url.path}/answer", data={"answer": "yes"})

    assert "Ga verder op de website" in done.text
    assert requestor.status(session) is Status.DONE


def test_an_empty_wallet_says_what_is_missing_and_can_only_refuse(
    visitor: httpx.Client, requestor: Requestor
) -> None:
    visitor.post("/choose", data={"wallet": "robbert-bronwasser"})
    page = scan(visitor, ask(requestor))

    assert "niet in deze wallet" in page.text
    assert "Ja, delen" not in page.text
    assert "Nee, niet delen" in page.text
    visitor.post(f"{page.url.path}/answer", data={"answer": "no"})


def test_an_old_qr_says_so(chosen: httpx.Client, requestor: Requestor) -> None:
    session = ask(requestor)
    requestor.cancel(session)

    page = scan(chosen, session)

    assert "al gebruikt of gestopt" in page.text


@pytest.mark.parametrize(
    "text",
    ["", "hallo", "[]", "{}", "null", '{"u":7,"irmaqr":"disclosing"}', "https://voorbeeld.nl/",
     '{"u":"https://kwaad.example/session/x","irmaqr":"disclosing"}',
     '{"u":"http://127.0.0.1.kwaad.example/x","irmaqr":"disclosing"}',
     '{"u":"http://127.0.0.1:1/x","irmaqr":"redirect"}', "x" * 3000],
)  # fmt: skip
def test_what_is_no_qr_of_this_machine_is_not_opened(chosen: httpx.Client, text: str) -> None:
    page = chosen.post("/scan", data={"qr": text})

    assert page.status_code == 400
    assert "geen QR-code" in page.text


def test_a_link_for_the_app_may_be_pasted_too(chosen: httpx.Client, requestor: Requestor) -> None:
    page = chosen.post("/scan", data={"qr": requestor.app_link(ask(requestor))})

    assert "Wilt u dit delen?" in page.text


def test_another_site_can_neither_open_nor_answer(
    chosen: httpx.Client, address: str, requestor: Requestor
) -> None:
    session = ask(requestor)
    page = scan(chosen, session)
    yes = f"{page.url.path}/answer"

    for origin in ("http://kwaad.example", "null", address.replace("127.0.0.1", "localhost"), ""):
        assert chosen.post(yes, data={"answer": "yes"}, headers={"Origin": origin}).status_code == 403
    silent = httpx.post(address + yes, data={"answer": "yes"})
    assert silent.status_code == 403
    rebound = httpx.get(address + page.url.path, headers={"Host": "kwaad.example"})
    assert (rebound.status_code, MAIL["email"] in rebound.text) == (421, False)
    forged = httpx.post(f"{address}/choose", data={"wallet": "x"}, headers={"Content-Type": "text/plain"})
    assert forged.status_code == 403

    assert requestor.status(session) is Status.CONNECTED
    chosen.post(yes, data={"answer": "no"})


def test_the_page_is_strict_and_not_kept(chosen: httpx.Client) -> None:
    page = chosen.get("/")

    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert page.headers["Cache-Control"] == "no-store"
    assert "style=" not in page.text
    assert "<script" not in page.text
    assert "999970458" not in str(page.url)
    assert chosen.get("/wallet.css").headers["Content-Type"].startswith("text/css")
    assert chosen.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/x", "/session/" + "0" * 32, "/api/niemand/sessions/" + "0" * 32])
def test_what_does_not_exist_says_so(chosen: httpx.Client, path: str) -> None:
    page = chosen.get(path)

    assert page.status_code == 404
    assert "Naar de wallets" in page.text


def test_a_body_that_is_too_large_or_nonsense_is_refused(chosen: httpx.Client) -> None:
    assert chosen.post("/scan", data={"qr": "x" * 30_000}).status_code == 413
    for body in ("[]", "{", '"x"'):
        answer = chosen.post(
            "/api/helga-huisman/sessions", content=body, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code == 400


def test_a_program_can_do_the_same_with_json(address: str, requestor: Requestor) -> None:
    session = ask(requestor)
    base = f"{address}/api/helga-huisman/sessions"
    told = httpx.post(base, json={"ptr": dict(session.pointer)}).json()
    assert (told["state"], told["asked_by"], len(told["options"])) == ("asking", "zandmeer.localhost", 2)
    assert httpx.get(f"{base}/{told['id']}").json()["state"] == "asking"

    ended = httpx.post(f"{base}/{told['id']}/answer", json={"agree": True, "choice": [0, 1]}).json()

    assert ended["state"] == "done"
    assert requestor.outcome(session).values[MOBILE] == "0612345678"


def test_a_wallet_that_was_filled_stays_so_after_a_new_start(drawer: Drawer, irma: Rig) -> None:
    before = {card["Hash"] for card in drawer.wallet("helga-huisman").credentials()}
    drawer.wallet("helga-huisman").stop()
    demo = irma.demo
    again = Drawer(
        [HELGA], irma.issuer,
        program=demo.programs.wallet, schemes=demo.schemes_path, state=irma.folder / "wallets",
    )  # fmt: skip

    after = {card["Hash"] for card in again.wallet("helga-huisman").credentials()}

    again.stop()
    assert after == before


def test_values_from_a_card_are_text_and_never_markup(irma: Rig, requestor: Requestor, address: str) -> None:
    evil = Holder("Boos", "<b>x</b>", "", {"sidn-pbdf.email": [{"email": "<script>alert(1)</script>"}]})
    drawer = Drawer(
        [evil], irma.issuer,
        program=irma.demo.programs.wallet, schemes=irma.demo.schemes_path, state=irma.folder / "evil",
    )  # fmt: skip
    with serve(drawer, 0) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        page = httpx.get(
            f"http://127.0.0.1:{server.server_port}/scan",
            params={"qr": ask(requestor).pointer_text, "wallet": "boos"}, follow_redirects=True,
        )  # fmt: skip
        server.shutdown()
    drawer.stop()

    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

    Tags().feed(page.text)
    assert "&lt;script&gt;alert(1)" in page.text
    assert not {"script", "b"} & set(found)
