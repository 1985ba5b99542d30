"""Answering with the app, with a real wallet at a real irma server, as a browser without script sees it."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.db import transaction

from demo.irma.rig import Rig
from demo.registers.serving import Register
from demo.registers.zgw_store import Store
from demo.wallet.program import State, Wallet, WalletSession
from portal.applications import content, wallet
from portal.applications.claims import request_for
from portal.irma.following import BSN_CLAIM
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.municipalities.models import ConnectionRow, Municipality
from portal.sharing.models import Disclosure, Grant, Sharing
from tests.irma.conftest import MAIL, PATIENCE, PERSON, irma
from tests.irma.waiting import answers, pairs, scans, until
from tests.mijn.conftest import HELGA, KEES
from tests.sharing.browser import Browser

from .conftest import ANSWERS, applications, fill, send, text_of_pdf

__all__ = ["irma"]
pytestmark = [pytest.mark.irma, pytest.mark.django_db(transaction=True)]
START = "/mijn/aanvragen/kwijtschelding/"
BY_PHONE, HERE = "Geef dit met de app op uw telefoon", "De app staat op dit apparaat"
STEP, FAILED = "Kwijtschelding aanvragen: Wie u bent", "Het is niet gelukt"
HOME = {"street": "Duinroosstraat", "houseNumber": "12", "zipcode": "1996AB", "city": "Zandmeer"}
CARDS = {
    "gemeente.personalData": [PERSON],
    "gemeente.address": [HOME | {"municipality": "Zandmeer"}],
    "sidn-pbdf.email": [MAIL],
}


@pytest.fixture(scope="module")
def hers(irma: Rig) -> Wallet:
    """Helga's: it has no telephone number in it."""
    return irma.wallet(CARDS)


@pytest.fixture(scope="module")
def somebody_elses(irma: Rig) -> Wallet:
    return irma.wallet(CARDS | {"gemeente.personalData": [PERSON | {"bsn": KEES.reveal()}]})


@pytest.fixture
def place(mijn: Municipality, irma: Rig, settings) -> Municipality:
    settings.DEMO_WALLET_URL = "http://127.0.0.1:9"
    with acting_for(mijn), transaction.atomic():
        parameters = irma.demo.parameters("http://127.0.0.1:9/scan?qr={pointer}", "zandmeer")
        connect("irma", "irma", irma.demo.url, irma.demo.credentials, parameters)
    return mijn


@pytest.fixture
def screen(place: Municipality) -> Browser:
    browser = Browser(place, HELGA).goes(START).presses("Begin met de aanvraag")
    assert browser.h1 == STEP
    return browser


@pytest.fixture
def restarted_afterwards(irma: Rig) -> Iterator[Rig]:
    """For tests that stop the server."""
    yield irma
    irma.server.stop()
    irma.server.start()


def gives(screen: Browser, by: Wallet, **typed: str | list[str]) -> WalletSession:
    scanned = scans(by, screen.presses(BY_PHONE, **{"by_app": "email", **typed}))
    pairs(screen, by, scanned)
    answers(by, scanned)
    return scanned


def held(here: Municipality) -> dict:
    """What the one application holds."""
    (row,) = applications(here)
    with acting_for(here), transaction.atomic():
        return content.read(row)


def test_what_the_app_has_is_filled_in_with_its_source_and_the_rest_is_typed(
    screen: Browser, hers: Wallet, place: Municipality, store: Store
) -> None:
    scanned = gives(screen, hers, **{"wie-phone": "0201234567"})
    until(screen, STEP)
    assert scanned.asked_by == "zandmeer.localhost"
    assert f"{MAIL['email']} Bron: Uw Yivi-app" in screen.text
    assert 'value="0201234567"' in screen.page.html  # typed before, and not lost

    assert "Gelukt met de app" in screen.text
    screen.goes(screen.address.split("?")[0])
    assert "Gelukt met de app" not in screen.text, "told once"

    form = screen.address.removesuffix("wie/")
    assert fill(screen_client(screen), form, "wie", phone="0201234567").status_code == 302
    for step in list(ANSWERS)[1:]:
        fill(screen_client(screen), form, step)
    screen.goes(f"{form}controle/")
    assert f"{MAIL['email']} (uit uw Yivi-app)" in screen.text
    send(screen_client(screen), form)
    (told,) = map(text_of_pdf, store.contents.values())
    assert f"{MAIL['email']} (uit uw Yivi-app)" in told


def screen_client(screen: Browser):  # type: ignore[no-untyped-def]
    """Its browser for the helpers of these tests, which send no token against forgery."""
    screen.client.handler.enforce_csrf_checks = False
    return screen.client


def test_it_is_no_sharing_and_lies_only_in_the_encrypted_answers(
    screen: Browser, hers: Wallet, place: Municipality
) -> None:
    assert "alleen voor deze aanvraag" in screen.text
    gives(screen, hers)
    until(screen, STEP)
    with acting_for(place), transaction.atomic():
        assert (Sharing.objects.count(), Disclosure.objects.count(), Grant.objects.count()) == (0, 0, 0)
    (row,) = applications(place)
    assert MAIL["email"].encode() not in bytes(row.content or b"")
    now = held(place)
    assert now["answers"]["wie"] == {"email": {"value": MAIL["email"], "source": "wallet"}}
    assert content.WALLET not in now  # the session and its token are gone


def test_to_be_reached_no_bsn_is_asked_and_of_a_person_it_is() -> None:
    assert request_for(["email"]).names == ["sidn-pbdf.email.email"]
    assert BSN_CLAIM not in request_for(["email", "phone"]).names
    assert request_for(["born", "name", "email"]).names[0] == BSN_CLAIM
    assert "gemeente.personalData.dateofbirth" not in request_for(["born", "name"]).names


def test_while_the_brp_is_silent_the_app_says_who_it_is(
    screen: Browser, hers: Wallet, place: Municipality, brp_fake: Register
) -> None:
    form = again_without_brp(screen, brp_fake)
    gives(screen, hers, **{"by_app": ["name", "address"], "wie-born": "1-1-1988"})
    until(screen, STEP)
    assert "Helga Huisman Bron: Uw Yivi-app" in screen.text
    assert "Duinroosstraat 12 1996AB Zandmeer Bron: Uw Yivi-app" in screen.text
    assert 'value="1-1-1988"' in screen.page.html
    assert fill(screen_client(screen), form, "wie", phone="", born="1-1-1988").status_code == 302
    assert HELGA.reveal() not in str(held(place))


def test_somebody_elses_app_fills_in_nothing_of_a_person(
    screen: Browser, somebody_elses: Wallet, place: Municipality, brp_fake: Register
) -> None:
    again_without_brp(screen, brp_fake)
    gives(screen, somebody_elses, by_app=["name", "email"])
    assert "Deze app is van iemand anders." in until(screen, FAILED).text
    assert not held(place).get("answers", {}).get("wie")
    screen.follows("Vul het zelf in")
    assert "Bron: Uw Yivi-app" not in screen.text


def again_without_brp(screen: Browser, brp_fake: Register) -> str:
    """A new form, begun while the BRP is silent; gives its address."""
    form = screen.address.removesuffix("wie/")
    screen.goes(f"{form}weggooien/").presses("Ja, gooi het weg")
    brp_fake.misbehave("500")
    screen.presses("Begin met de aanvraag")
    assert "Wij kunnen uw gegevens nu niet ophalen" in screen.text
    return screen.address.removesuffix("wie/")


def test_a_no_in_the_app_loses_nothing_and_one_types_it(screen: Browser, hers: Wallet) -> None:
    scanned = scans(hers, screen.presses(BY_PHONE, **{"by_app": "email", "wie-phone": "0201234567"}))
    pairs(screen, hers, scanned)
    answers(hers, scanned, agree=False)
    assert "Dat mag." in until(screen, FAILED).text
    screen.follows("Vul het zelf in")
    assert screen.h1 == STEP
    assert 'value="0201234567"' in screen.page.html


def test_the_code_of_the_app_may_be_wrong_twice_and_not_thrice(screen: Browser, hers: Wallet) -> None:
    scanned = scans(hers, screen.presses(BY_PHONE, by_app="email"))
    until(screen, "Vul de code uit de app in")
    wrong = "0000" if scanned.pairing_code != "0000" else "1111"
    for _ in range(2):
        screen.presses("Klaar", code=wrong)
        assert (screen.status, "Deze code klopt niet." in screen.text) == (422, True)
    screen.presses("Klaar", code=wrong)
    assert screen.h1 == FAILED
    assert "De code was drie keer fout." in screen.text
    assert hers.wait(scanned, lambda state: state.final, PATIENCE) is State.FAILED


def test_the_app_on_this_device_counts_only_when_it_returns_to_the_browser_that_began(
    screen: Browser, hers: Wallet, place: Municipality
) -> None:
    scanned = scans(hers, screen.presses(HERE, by_app="email"))
    answers(hers, scanned)
    assert "Ga vanuit de app terug naar deze site." in screen.reloads().text
    back = urlsplit(scanned.return_url)
    assert back.path.startswith("/mijn/aanvragen/")

    other = Browser(place, HELGA).goes(f"{back.path}?{back.query}")
    assert other.h1 == STEP
    assert MAIL["email"] not in other.text
    assert not held(place).get("answers", {}).get("wie")


def test_a_guessed_return_is_none_and_the_right_one_is(screen: Browser, hers: Wallet) -> None:
    scanned = scans(hers, screen.presses(HERE, by_app="email"))
    answers(hers, scanned)
    back = urlsplit(scanned.return_url)
    screen.goes(f"{back.path}?bewijs=geraden")
    assert "Ga vanuit de app terug" in screen.text
    assert screen.goes(f"{back.path}?{back.query}").h1 == STEP
    assert MAIL["email"] in screen.text


def test_what_comes_after_another_way_was_chosen_counts_for_nothing(
    screen: Browser, hers: Wallet, place: Municipality
) -> None:
    scanned = scans(hers, screen.presses(BY_PHONE, by_app="email"))
    page = screen.address
    screen.follows("Vul het zelf in")
    assert hers.wait(scanned, lambda state: state.final, PATIENCE) is State.FAILED
    assert screen.goes(page).h1 == STEP
    assert MAIL["email"] not in screen.text


def test_in_another_session_there_is_nothing_to_wait_for(
    screen: Browser, hers: Wallet, place: Municipality
) -> None:
    scanned = scans(hers, screen.presses(BY_PHONE, by_app="email"))
    pairs(screen, hers, scanned)
    page = screen.address
    answers(hers, scanned)
    later = Browser(place, HELGA)
    assert later.goes(page).h1 == STEP
    assert MAIL["email"] not in later.text
    assert later.client.get(f"{page.split('?')[0]}stand/").json()["stand"] == "proven"
    assert not held(place).get("answers", {}).get("wie")


def test_somebody_else_s_waiting_page_is_not_there(screen: Browser, place: Municipality) -> None:
    page = screen.presses(BY_PHONE, by_app="email").address.split("?")[0]
    kees = Browser(place, KEES)
    for address in (page, f"{page}stand/", f"{page}terug/?bewijs=x"):
        assert kees.goes(address).status == 404


def test_while_the_irma_server_is_down_one_is_told_and_types_it(
    screen: Browser, restarted_afterwards: Rig
) -> None:
    restarted_afterwards.server.stop()
    screen.presses(BY_PHONE, **{"by_app": "email", "wie-phone": "0201234567"})
    assert (screen.status, screen.h1) == (200, FAILED)
    assert "De verbinding met de app werkt nu niet." in screen.text
    screen.follows("Vul het zelf in")
    assert screen.h1 == STEP
    assert 'value="0201234567"' in screen.page.html


def test_a_server_that_is_taken_away_while_an_app_is_waited_for_is_one_that_cannot_be_reached(
    screen: Browser, place: Municipality
) -> None:
    screen.presses(BY_PHONE, by_app="email")
    with acting_for(place), transaction.atomic():
        ConnectionRow.objects.filter(kind="irma").delete()
    assert "De verbinding met de app werkt nu niet." in screen.reloads().text
    assert screen.status == 200
    assert screen.follows("Vul het zelf in").h1 == STEP


def test_who_sees_a_qr_and_has_the_app_on_this_device_goes_on_there(screen: Browser, hers: Wallet) -> None:
    screen.presses(BY_PHONE, by_app="email").presses("De app staat op dit apparaat")
    assert screen.h1 == "Open de Yivi-app op dit apparaat"
    scanned = scans(hers, screen)
    answers(hers, scanned)
    back = urlsplit(scanned.return_url)
    assert MAIL["email"] in screen.goes(f"{back.path}?{back.query}").text


def test_on_a_phone_the_app_on_this_device_comes_first(screen: Browser) -> None:
    phone = {"User-Agent": "Mozilla/5.0 (Linux) Mobile"}
    on_phone = screen.client.get(screen.address, headers=phone).content.decode()
    assert on_phone.index('value="this_device"') < on_phone.index('value="other_device"')
    assert screen.page.html.index('value="other_device"') < screen.page.html.index('value="this_device"')


def test_nobody_coming_in_time_is_told_as_such(screen: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wallet, "WAIT", 1)
    screen.presses(BY_PHONE, by_app="email")
    assert "Het duurde te lang." in until(screen, FAILED).text


def test_a_missing_card_leaves_the_others_to_be_given(screen: Browser, hers: Wallet) -> None:
    scanned = scans(hers, screen.presses(BY_PHONE, by_app=["phone", "email"]))
    pairs(screen, hers, scanned)
    assert not scanned.satisfiable
    answers(hers, scanned, agree=False)
    assert "Mist u een kaartje in de app?" in until(screen, FAILED).text
    screen.follows("Vul het zelf in")
    gives(screen, hers)
    assert MAIL["email"] in until(screen, STEP).text


def test_who_chooses_nothing_is_asked_to_choose_and_loses_nothing(screen: Browser) -> None:
    screen.presses(BY_PHONE, **{"by_app": [], "wie-phone": "0201234567"})
    assert screen.h1 == STEP
    assert "Vink aan wat u met de app geeft. Eén vinkje is genoeg." in screen.text
    assert 'value="0201234567"' in screen.page.html
    screen.presses(BY_PHONE, by_app="bsn")
    assert screen.h1 == STEP


def test_without_an_irma_server_no_app_is_named(mijn: Municipality) -> None:
    screen = Browser(mijn, HELGA).goes(START).presses("Begin met de aanvraag")
    assert "Yivi" not in screen.text
    sent = {"kwijtschelding-current_step": "wie", "app": "other_device", "by_app": "email"}
    assert screen_client(screen).post(screen.address, sent, follow=True).status_code == 200
    assert screen.presses("Verder").h1 == "Kwijtschelding aanvragen: Met wie u woont"


def test_what_was_sent_waits_for_no_app_any_more(screen: Browser, place: Municipality) -> None:
    page = screen.presses(BY_PHONE, by_app="email").address.split("?")[0]
    form = page.removesuffix("app/")
    for step in ANSWERS:
        fill(screen_client(screen), form, step)
    send(screen_client(screen), form)
    assert screen.goes(page).address == f"{form}ontvangst/"
    assert screen.client.get(f"{page}stand/").status_code == 302
