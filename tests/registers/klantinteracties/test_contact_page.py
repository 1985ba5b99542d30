"""The page of contacts, and its part of the overview and of a case: what is there, and what if it is not."""

from uuid import UUID

import pytest
from django.test import Client

from demo.registers.faults import FAULTS as EVERY_FAULT
from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from tests.mijn.conftest import body_of, connected, signed_in
from tests.registers.conftest import failing

from .conftest import AYSE, HELGA, klant_connection

PHONE = "(0999) 12 34 56"
FAULT = "Uw contact met de gemeente is nu niet te zien."
FAULTS = [("500", "Er is een storing"), ("broken", "Er is een storing"), ("hang", "niet snel genoeg")]


def part(page: str, kind: str = "klantinteracties") -> str:
    return page.split(f'<div slot="{kind}">')[1].split("</section></div>")[0]


def test_open_questions_stand_above_the_rest_with_channel_and_team(helga: Client) -> None:
    page = body_of(helga.get("/mijn/contact/"))
    waiting, earlier = page.split("Eerder contact")

    assert "Mag de aannemer al beginnen met opruimen?" in waiting
    assert "Wij zoeken het antwoord" in waiting
    assert earlier.index("achterkant") < earlier.index("afvalpas")
    assert "Telefoon" in earlier
    assert "Team Klantcontact" in earlier


def test_no_employee_and_nothing_confidential_is_there(helga: Client) -> None:
    page = body_of(helga.get("/mijn/contact/"))

    for hidden in ("Visser", "de Boer", "Nooit aan een inwoner", "Interne afstemming"):
        assert hidden not in page


def test_who_had_no_contact_reads_what_would_come_here(hans: Client) -> None:
    page = body_of(hans.get("/mijn/contact/"))

    assert "Er staat hier nog geen eerder contact." in page
    assert "Stel een vraag" in page


def test_a_long_history_comes_in_pages(helga: Client, klant_fake: Register) -> None:
    store = klant_fake.respond.stores["token of 9901"]  # type: ignore[attr-defined]
    mine = next(one["uuid"] for one in store.all("partijen") if HELGA.reveal() in str(one))
    told = {"kanaal": "balie", "taal": "nld", "vertrouwelijk": False}
    told |= {"plaatsgevondenOp": "2020-01-01T10:00:00Z", "betrokkene": {"rol": "klant", "initiator": True}}
    for number in range(25):
        store.new_contact({**told, "onderwerp": f"Bezoek {number}"}, mine, None)

    first, second = (body_of(helga.get(f"/mijn/contact/?bladzijde={page}")) for page in (1, 2))

    assert "Bladzijde 1 van 2" in first
    assert 'href="/mijn/contact/?bladzijde=2"' in first
    assert first.count("Bezoek ") + second.count("Bezoek ") == 25
    assert "Mag de aannemer" in first
    assert "Mag de aannemer" not in second


@pytest.mark.parametrize(("fault", "says"), FAULTS)
@pytest.mark.parametrize("path", ["/mijn/contact/", "/mijn/contact/gegevens/", "/mijn/contact/vragen/1/"])
def test_a_page_whose_register_fails_says_so_and_whom_to_call(
    helga: Client, klant_fake: Register, path: str, fault: str, says: str
) -> None:
    with failing(klant_fake, fault):
        answer = helga.get(path)
    page = body_of(answer)

    assert answer.status_code == 503
    assert says in page
    assert PHONE in page
    assert "nog geen eerder contact" not in page
    assert "Wij hebben geen e-mailadres van u." not in page


@pytest.mark.parametrize("fault", [one for one in EVERY_FAULT if one != "none"])
@pytest.mark.parametrize("path", ["/mijn/contact/", "/mijn/contact/gegevens/"])
def test_whatever_the_register_does_nothing_worse_comes_of_it(
    helga: Client, klant_fake: Register, path: str, fault: str
) -> None:
    """Never an answer that is no page of ours, a word about somebody else, or broken shown as empty."""
    with failing(klant_fake, fault, 0.1):
        answer = helga.get(path)
    page = body_of(answer)

    assert answer.status_code in {200, 503}
    assert "ayse" not in page.casefold()
    if answer.status_code == 200:
        assert "Mag de aannemer al beginnen" in page or "helga.huisman@" in page
    else:
        assert "nu niet te" in page
        assert PHONE in page


def test_the_overview_shows_questions_and_their_answers(helga: Client) -> None:
    shown = part(body_of(helga.get("/mijn/")))

    assert shown.count("Vraag over zaak ZM-0507") == 2
    assert shown.index("Wij zoeken het antwoord") < shown.index("Beantwoord")
    assert "Vraag over afvalpas" not in shown


def test_the_overview_asks_the_register_once(helga: Client, klant_fake: Register) -> None:
    body_of(helga.get("/mijn/"))

    assert klant_fake.calls == ["GET /klantinteracties/api/v1/klantcontacten"]


def test_the_overviews_part_that_fails_is_told_apart_from_no_questions(
    helga: Client, klant_fake: Register
) -> None:
    klant_fake.misbehave("500")
    shown = part(body_of(helga.get("/mijn/")))

    assert FAULT in shown
    assert "U heeft nu geen vragen aan ons" not in shown


def test_where_nothing_is_connected_the_pages_say_so(zandmeer: Municipality) -> None:
    answer = signed_in(zandmeer).get("/mijn/contact/")

    assert answer.status_code == 503
    assert "Uw gemeente laat dit nog niet op deze site zien." in body_of(answer)


def test_another_municipalitys_contacts_are_not_there(
    zandmeer: Municipality, klant_fake: Register, veldrecht: Municipality
) -> None:
    """The same person, known in both; each has its own token."""
    connected(veldrecht, klant_connection(klant_fake.url, "9902"))

    assert "aannemer" not in body_of(signed_in(veldrecht, HELGA).get("/mijn/contact/"))


def case_of(browser: Client, number: str) -> str:
    page = body_of(browser.get("/mijn/zaken/"))
    card = next(one for one in page.split("<article")[1:] if number in one)
    return card.split('href="')[1].split('"')[0]


def test_a_cases_page_shows_its_questions_and_offers_to_ask(with_cases: Municipality) -> None:
    helga = signed_in(with_cases, HELGA)
    address = case_of(helga, "ZM-0507")
    page = body_of(helga.get(address))
    connection, zaak = (UUID(one) for one in address.strip("/").split("/")[-2:])

    assert "Mag de aannemer al beginnen met opruimen?" in page
    assert "Nee, dat hoeft niet." in page
    assert "afvalpas" not in page
    assert f"/mijn/contact/vraag/{connection}/{zaak}/" in page


def test_a_cases_page_is_whole_when_klantinteracties_fails(
    with_cases: Municipality, klant_fake: Register
) -> None:
    helga = signed_in(with_cases, HELGA)
    address = case_of(helga, "ZM-0507")
    klant_fake.misbehave("500")
    answer = helga.get(address)

    assert answer.status_code == 200
    assert "Uw vragen over deze zaak zijn nu niet te zien." in body_of(answer)
    assert "Hoe staat het ervoor?" in body_of(answer)


def test_the_menu_leads_to_contact(helga: Client) -> None:
    assert 'href="/mijn/contact/"' in body_of(helga.get("/mijn/contact/gegevens/"))


def test_somebody_without_a_question_reads_that_they_may_ask(reachable: Municipality) -> None:
    shown = part(body_of(signed_in(reachable, AYSE).get("/mijn/")))

    assert "U heeft nu geen vragen aan ons." in shown
    assert 'href="/mijn/contact/vraag/"' in shown
