"""Sharing with a real wallet at a real irma server, as a browser without script sees it."""

import re
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import transaction
from django.utils import timezone

from demo.content.purposes import buddy
from demo.irma.rig import Rig
from demo.wallet.program import State, Wallet
from portal.accounts.models import ResidentSession
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.municipalities.models import ConnectionRow, Municipality
from portal.sharing import purposes, use, wallet
from portal.sharing.models import ActRecord, Disclosure, Grant
from tests.irma.conftest import CHILD, MAIL, PATIENCE, PERSON
from tests.irma.waiting import AGAIN, answers, pairs, pointer, scans, until

from .browser import Browser
from .conftest import HELGA, somebody

pytestmark = [pytest.mark.irma, pytest.mark.django_db(transaction=True)]

BUDDY, MESSAGE = "/mijn/delen/starten/maatje-18/", "/mijn/delen/starten/digitaal-bericht/"
SHOWN, RECEIPT, FAILED = "Dit gaat u delen", "Gelukt. Dit is uw bewijs", "Het is niet gelukt"
CARDS = {"gemeente.personalData": [PERSON], "sidn-pbdf.email": [MAIL]}


@pytest.fixture(scope="module")
def hers(irma: Rig) -> Wallet:
    return irma.wallet(CARDS)


@pytest.fixture(scope="module")
def somebody_elses(irma: Rig) -> Wallet:
    """Of another adult."""
    return irma.wallet({"gemeente.personalData": [PERSON | {"bsn": somebody().reveal()}]})


@pytest.fixture
def place(offering: Municipality, irma: Rig, settings) -> Municipality:
    settings.DEMO_WALLET_URL = "http://127.0.0.1:9"
    with acting_for(offering), transaction.atomic():
        parameters = irma.demo.parameters("http://127.0.0.1:9/scan?qr={pointer}", "zandmeer")
        connect("irma", "irma", irma.demo.url, irma.demo.credentials, parameters)
    return offering


@pytest.fixture
def screen(place: Municipality) -> Browser:
    return Browser(place, HELGA)


@pytest.fixture
def restarted_afterwards(irma: Rig) -> Iterator[Rig]:
    """For tests that stop the server."""
    yield irma
    irma.server.stop()
    irma.server.start()


def at_wallet(screen: Browser, start: str = BUDDY, way: str = "other_device", **also: str) -> dict:
    """Go to the page with the code; gives what the code says."""
    screen.goes(start).presses("Verder").presses("Verder", way=way, **also)
    return pointer(screen)


def gives(screen: Browser, by: Wallet, start: str = BUDDY, **also: str) -> Browser:
    scanned = scans(by, at_wallet(screen, start, **also))
    pairs(screen, by, scanned)
    assert answers(by, scanned) is State.DONE
    return until(screen, SHOWN)


def kept(place: Municipality) -> tuple[int, int]:
    """How many grants and disclosures there are."""
    with acting_for(place), transaction.atomic():
        return Grant.objects.count(), Disclosure.objects.count()


def test_eighteen_or_older_and_nothing_else(screen, hers, place, desk_at):
    gives(screen, hers)
    assert "Ja, u bent 18 jaar of ouder" in screen.text
    assert "Wij zien uw geboortedatum niet." in screen.text
    assert kept(place) == (0, 1)

    assert screen.presses("Ja, delen").h1 == RECEIPT
    assert "Met de Yivi-app, na het scannen van een code" in screen.text
    with acting_for(place), transaction.atomic():
        assert use.read(desk_at.row, Grant.objects.get().id).values == {"over18": "yes"}
    assert kept(place) == (1, 0)


def test_the_wallet_asks_what_was_chosen_and_shows_who_asks(screen, hers, place):
    scanned = scans(hers, at_wallet(screen, MESSAGE))
    pairs(screen, hers, scanned)
    assert scanned.asked_by == "zandmeer.localhost"
    assert scanned.request["disclose"] == [[[{"type": "mijn-demo.sidn-pbdf.email.email", "notNull": True}]]]
    answers(hers, scanned)
    until(screen, SHOWN).presses("Ja, delen")
    with acting_for(place), transaction.atomic():
        assert Grant.objects.get().chosen == ["email"]


def test_the_bsn_is_asked_beside_a_personal_fact_and_kept_nowhere(screen, hers, place):
    gives(screen, hers).presses("Ja, delen")
    with acting_for(place), transaction.atomic():
        rows = str(list(ActRecord.objects.values())) + str(list(Grant.objects.values()))
    assert HELGA.reveal() not in rows


def test_somebody_elses_wallet_ends_on_a_kind_page_and_gives_nothing(screen, somebody_elses, place):
    scanned = scans(somebody_elses, at_wallet(screen))
    pairs(screen, somebody_elses, scanned)
    answers(somebody_elses, scanned)
    until(screen, FAILED)
    assert "Deze app is van iemand anders." in screen.text
    with acting_for(place), transaction.atomic():
        disclosure = Disclosure.objects.get()
        assert (disclosure.values, disclosure.wallet_session) == (None, None)


def test_who_is_sixteen_cannot_give_eighteen(screen, irma, place):
    child = irma.wallet({"gemeente.personalData": [CHILD]})
    scanned = scans(child, at_wallet(screen))
    pairs(screen, child, scanned)
    assert not scanned.satisfiable
    answers(child, scanned, agree=False)
    until(screen, FAILED)
    assert kept(place)[0] == 0


def test_a_no_in_the_app_is_a_no_and_another_way_is_offered(screen, hers):
    scanned = scans(hers, at_wallet(screen))
    pairs(screen, hers, scanned)
    answers(hers, scanned, agree=False)
    assert "Dat mag. Er is niets gedeeld." in until(screen, FAILED).text
    assert screen.follows("Kies een andere manier").h1 == "Wat wilt u delen?"


def test_closing_the_app_is_a_no_too_and_one_may_try_again(screen, hers):
    scanned = scans(hers, at_wallet(screen))
    hers.close(scanned)
    until(screen, FAILED).presses("Probeer het opnieuw met de app")
    again = scans(hers, pointer(screen))
    pairs(screen, hers, again)
    answers(hers, again)
    until(screen, SHOWN)


def test_nobody_coming_in_time_is_told_as_such(screen, monkeypatch):
    monkeypatch.setattr(wallet, "WAIT", 1)
    at_wallet(screen)
    assert "Het duurde te lang." in until(screen, FAILED).text


def test_an_expired_card_never_counts(screen, irma, place):
    expired = irma.wallet({"sidn-pbdf.email": [MAIL]}, valid=3600)
    scanned = scans(expired, at_wallet(screen, MESSAGE))
    pairs(screen, expired, scanned)
    answers(expired, scanned)
    assert "Uw kaartje in de app is verlopen." in until(screen, FAILED).text
    assert kept(place)[0] == 0


def test_a_card_that_is_older_than_the_purpose_allows_never_counts(screen, hers, place):
    with acting_for(place), transaction.atomic():
        purposes.publish("maatje-18", {**buddy("Zandmeer", "(0999) 12 34 56"), "max_age_days": 0})
    scanned = scans(hers, at_wallet(screen))
    pairs(screen, hers, scanned)
    answers(hers, scanned)
    assert "Uw kaartje in de app is te oud." in until(screen, FAILED).text


def test_a_missing_card_leaves_the_other_way_open(screen, hers):
    scanned = scans(hers, at_wallet(screen, MESSAGE, with_mobile="on"))
    pairs(screen, hers, scanned)
    assert not scanned.satisfiable
    answers(hers, scanned, agree=False)
    assert "Mist u een kaartje in de app?" in until(screen, FAILED).text
    screen.follows("Kies een andere manier").presses("Verder", way="other_device")
    again = scans(hers, pointer(screen))
    pairs(screen, hers, again)
    answers(hers, again)
    assert MAIL["email"] in until(screen, SHOWN).text


def test_the_code_of_the_app_may_be_wrong_twice_and_not_thrice(screen, hers, place):
    scanned = scans(hers, at_wallet(screen))
    until(screen, "Vul de code uit de app in")
    wrong = "0000" if scanned.pairing_code != "0000" else "1111"
    for _ in range(2):
        screen.presses("Klaar", code=wrong)
        assert (screen.status, "Deze code klopt niet." in screen.text) == (422, True)
        assert "<title>Er klopt iets nog niet: Vul de code" in screen.page.html
    screen.presses("Klaar", code=wrong)
    assert screen.h1 == FAILED
    assert "De code was drie keer fout." in screen.text
    assert hers.wait(scanned, lambda state: state.final, PATIENCE) is State.FAILED


def test_a_second_phone_that_scans_the_same_code_never_gives_anything(screen, hers, somebody_elses, place):
    code = at_wallet(screen)
    first = scans(hers, code)
    second = scans(somebody_elses, code)
    pairs(screen, hers, first)
    somebody_elses.wait(second, lambda state: state is State.ASKING or state.final, PATIENCE)
    somebody_elses.answer(second, agree=True)
    assert somebody_elses.wait(second, lambda state: state.final, PATIENCE) is State.FAILED
    until(screen, FAILED)
    assert kept(place)[0] == 0
    hers.close(first)


def test_the_app_on_this_device_counts_only_when_it_returns_to_the_browser_that_began(screen, hers, place):
    scanned = scans(hers, at_wallet(screen, way="this_device"))
    answers(hers, scanned)
    assert "Ga vanuit de app terug naar deze site." in screen.reloads().text
    back = urlsplit(scanned.return_url)
    assert scanned.return_url.startswith("http://zandmeer.localhost/mijn/delen/")

    other = Browser(place, HELGA)
    assert other.goes(f"{back.path}?{back.query}").status == 404
    assert "Ga vanuit de app terug" in screen.reloads().text

    screen.goes(f"{back.path}?bewijs=geraden")
    assert "Ga vanuit de app terug" in screen.text
    assert screen.goes(f"{back.path}?{back.query}").h1 == SHOWN
    assert screen.presses("Ja, delen").h1 == RECEIPT


def test_a_result_that_comes_after_another_way_was_chosen_counts_for_nothing(screen, hers, place):
    scanned = scans(hers, at_wallet(screen, way="this_device"))
    answers(hers, scanned)
    back = urlsplit(scanned.return_url)
    screen.follows("Kies een andere manier").presses("Verder", way="other_device")
    screen.goes(f"{back.path}?{back.query}")
    assert screen.h1 == "Scan de code met uw Yivi-app"
    assert kept(place) == (0, 1)


def test_looking_again_after_the_yes_makes_no_second_grant_or_entry(screen, hers, place):
    gives(screen, hers)
    stand = screen.address.replace("controle", "stand")
    assert screen.client.get(stand).json()["stand"] == "proven"
    screen.presses("Ja, delen")
    assert screen.client.get(stand).json()["stand"] == "proven"
    with acting_for(place), transaction.atomic():
        assert ActRecord.objects.count() == 1


def test_a_no_after_the_wallet_keeps_nothing(screen, hers, place):
    gives(screen, hers).presses("Nee, niet delen")
    assert screen.h1 == "Er is niets gedeeld"
    assert kept(place) == (0, 0)


def test_a_no_while_the_app_is_open_ends_it_there_too(screen, hers):
    scanned = scans(hers, at_wallet(screen))
    screen.presses("Nee, niet delen")
    assert screen.h1 == "Er is niets gedeeld"
    assert hers.wait(scanned, lambda state: state.final, PATIENCE) is State.FAILED


def test_a_server_that_was_started_again_is_told_and_one_may_begin_anew(screen, hers, restarted_afterwards):
    at_wallet(screen)
    restarted_afterwards.server.stop()
    assert "De verbinding met de app werkt nu niet." in screen.reloads().text
    assert AGAIN in screen.page.links
    restarted_afterwards.server.start()
    assert "De verbinding met de app is weg." in until(screen, FAILED).text
    screen.presses("Probeer het opnieuw met de app")
    scanned = scans(hers, pointer(screen))
    pairs(screen, hers, scanned)
    answers(hers, scanned)
    until(screen, SHOWN)


def test_when_the_server_cannot_be_reached_the_page_names_another_way(screen, restarted_afterwards):
    restarted_afterwards.server.stop()
    screen.goes(MESSAGE).presses("Verder").presses("Verder", way="other_device")
    assert (screen.status, screen.h1) == (200, FAILED)
    screen.follows("Kies een andere manier").presses("Verder", way="typed")
    assert screen.h1 == "Vul in wat u wilt delen"


def test_a_server_that_is_taken_away_while_an_app_is_waited_for_is_one_that_cannot_be_reached(screen, place):
    at_wallet(screen)
    with acting_for(place), transaction.atomic():
        ConnectionRow.objects.filter(kind="irma").delete()
    assert "De verbinding met de app werkt nu niet." in screen.reloads().text
    assert (screen.status, AGAIN in screen.page.links) == (200, True)
    assert screen.follows("Kies een andere manier").presses("Verder", way="this_device").h1 == FAILED


def test_who_sees_a_qr_and_has_the_app_on_this_device_goes_on_there(screen, hers):
    first = at_wallet(screen)
    screen.presses("De app staat op dit apparaat")
    assert screen.h1 == "Open de Yivi-app op dit apparaat"
    scanned = scans(hers, pointer(screen))
    assert not scanned.pairing_code
    answers(hers, scanned)
    back = urlsplit(scanned.return_url)
    assert screen.goes(f"{back.path}?{back.query}").h1 == SHOWN
    assert scans(hers, first).state is State.FAILED


def test_nothing_reloads_under_the_fingers_of_who_has_no_script(screen, hers):
    scans(hers, at_wallet(screen))
    pages = [screen.page, until(screen, "Vul de code uit de app in").page]
    assert [AGAIN in page.links for page in pages] == [True, False]
    for page in pages:
        # What the frame of Mijn adds leads to the warning before a session's end, and nowhere else.
        reloads = re.findall(r'http-equiv="refresh" content="([^"]*)"', page.html)
        assert all("/mijn/sessie/" in to for to in reloads)


def test_waiting_does_not_keep_the_session_alive(screen, place):
    at_wallet(screen)
    with acting_for(place), transaction.atomic():
        earlier = timezone.now() - timedelta(minutes=10)
        ResidentSession.objects.update(last_active=earlier)
    screen.client.get(screen.address.split("wallet/")[0] + "stand/", headers={"X-Automatic": "1"})
    screen.client.get(f"{screen.address}?wacht=1")
    with acting_for(place), transaction.atomic():
        assert ResidentSession.objects.get().last_active == earlier


def test_the_link_for_a_presenter_is_there_in_the_demo_only(screen, settings):
    at_wallet(screen)
    assert "Open de demo-wallet (nieuw tabblad)" in screen.page.links
    settings.DEMO_WALLET_URL = ""
    assert "Open de demo-wallet (nieuw tabblad)" not in screen.reloads().page.links
    assert '<svg class="qr"' in screen.page.html
