"""The pages of cases: one's own and nobody else's."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.content.residents import HELGA as HELGA_OF_THE_STORY
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.models import Municipality
from portal.registers.zaken.plain_words import PlainWords, StepText
from tests.registers.conftest import zaken_connection
from tests.registers.crowds import case_system, many

from .conftest import AYSE, KEES, body_of, connected, signed_in

UNKNOWN = "Deze zaak vinden wij niet"


def address_of(browser: Client, number: str) -> str:
    """The page of a case, as the list links to it."""
    page = body_of(browser.get("/mijn/zaken/"))
    card = next(one for one in page.split("<article")[1:] if number in one)
    return card.split('href="')[1].split('"')[0]


def test_running_and_closed_cases_stand_apart(helga: Client) -> None:
    running, closed = body_of(helga.get("/mijn/zaken/")).split("Afgeronde zaken", 1)

    assert "ZM-0507" in running
    assert "ZM-0530" in running
    assert "ZM-0411" in closed


def test_a_case_tells_what_it_is_how_far_it_is_and_whom_to_call(helga: Client) -> None:
    answer = helga.get(address_of(helga, "ZM-0507"))
    page = body_of(answer)

    assert answer.status_code == 200
    assert '<h1 lang="nl">Omgevingsvergunning dakkapel</h1>' in page
    assert 'aria-current="step"' in page
    assert (
        page.index("Aanvraag ontvangen")
        < page.index("Wij nemen een besluit")
        < page.index("Besluit verstuurd")
    )
    assert "(Komt nog)" in page
    assert '<span lang="nl">Team Vergunningen</span> behandelt uw zaak.' in page
    assert "(0999) 12 34 56" in page
    assert "ZM-0507" in page


def test_the_page_s_title_names_the_case_and_never_says_what_it_is_about(helga: Client) -> None:
    title = body_of(helga.get(address_of(helga, "ZM-0507"))).split("</title>")[0]

    assert "Zaak ZM-0507 – Mijn Zandmeer" in title
    assert "dakkapel" not in title.lower()


def test_a_case_that_stands_still_says_why(helga: Client) -> None:
    page = body_of(helga.get(address_of(helga, "ZM-0530")))

    assert "Wij wachten op u. De termijn staat stil." in page.split('aria-current="step"')[1]
    assert 'De reden: <span lang="nl">Wij wachten op uw betaling</span>.' in page


def test_a_closed_case_tells_its_result(helga: Client) -> None:
    page = body_of(helga.get(address_of(helga, "ZM-0411")))

    assert "Afgerond op " in page
    assert 'De uitkomst: <span lang="nl">Verwerkt</span>.' in page


def test_somebody_else_s_case_looks_as_if_it_does_not_exist(helga: Client, mijn: Municipality) -> None:
    hers = address_of(helga, "ZM-0507")
    ayse = signed_in(mijn, AYSE)
    foreign, never = ayse.get(hers), ayse.get(f"{hers.rsplit('/', 2)[0]}/{uuid4()}/")

    assert foreign.status_code == never.status_code == 404
    assert UNKNOWN in body_of(foreign)
    assert UNKNOWN in body_of(never)
    assert "dakkapel" not in body_of(foreign).lower()


def test_a_case_that_the_register_smuggles_in_is_never_shown(
    mijn: Municipality, zaken_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = zaken_fake.respond

    def everybody_s(asked: Asked) -> Reply:
        """A register that forgets to filter: as if everything asked were about Helga."""
        if asked.path.endswith("/_zoek"):
            body = dict(asked.body)
            body["rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"] = "999970458"
            asked = Asked(asked.method, asked.path, asked.query, asked.headers, body)
        return honest(asked)

    monkeypatch.setattr(zaken_fake, "respond", everybody_s)
    ayse = signed_in(mijn, AYSE)

    for path in ("/mijn/", "/mijn/zaken/"):
        page = body_of(ayse.get(path))
        assert "dakkapel" not in page.lower()
        assert "ZM-0507" not in page
    assert UNKNOWN not in page


def test_a_connection_of_another_municipality_leads_nowhere(
    helga: Client, veldrecht: Municipality, zaken_fake: Register
) -> None:
    theirs = connected(veldrecht, zaken_connection(zaken_fake.url, "9902"))
    kees = signed_in(veldrecht, KEES)
    address = address_of(kees, "VR-0118")
    assert str(theirs) in address
    asked = len(zaken_fake.calls)

    answer = helga.get(address)

    assert answer.status_code == 404
    assert UNKNOWN in body_of(answer)
    assert len(zaken_fake.calls) == asked


@pytest.mark.parametrize("fault", ["500", "broken"])
def test_a_case_whose_register_fails_says_so(helga: Client, zaken_fake: Register, fault: str) -> None:
    address = address_of(helga, "ZM-0507")
    zaken_fake.misbehave(fault)
    answer = helga.get(address)

    assert answer.status_code == 503
    assert "Uw zaak is nu niet te zien." in body_of(answer)
    assert "(0999) 12 34 56" in body_of(answer)
    assert f'href="{address}"' in body_of(answer)


def test_when_no_system_answers_the_list_is_never_empty(helga: Client, zaken_fake: Register) -> None:
    zaken_fake.misbehave("500")
    answer = helga.get("/mijn/zaken/")

    assert answer.status_code == 503
    assert "Uw zaken zijn nu niet te zien." in body_of(answer)
    assert "geen lopende zaken" not in body_of(answer)


@pytest.mark.parametrize("number", ["", "ZM-0507"])
def test_a_page_of_cases_needs_few_queries(helga: Client, number: str) -> None:
    path = address_of(helga, number) if number else "/mijn/zaken/"
    body_of(helga.get(path))
    with CaptureQueriesContext(database) as asked:
        helga.get(path)
    real = [one["sql"] for one in asked if "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"]]

    assert len(real) <= 12, "\n".join(real)


@pytest.mark.parametrize("back_end", ["openzaak", "old-1.0"])
def test_who_did_not_sign_in_surely_enough_sees_nothing_of_a_case_and_reads_why(
    zandmeer: Municipality, monkeypatch: pytest.MonkeyPatch, back_end: str
) -> None:
    with case_system(many(HELGA_OF_THE_STORY, 2), back_end) as zaken:
        connected(zandmeer, zaken_connection(zaken.url, back_end=back_end))
        helga = signed_in(zandmeer)
        pages = [address_of(helga, "NR-0000"), "/mijn/zaken/", "/mijn/"]
        honest = zaken.respond

        def began_at_the_highest_level(asked: Asked) -> Reply:
            reply = honest(asked)
            _raise_level(reply.body)
            return reply

        monkeypatch.setattr(zaken, "respond", began_at_the_highest_level)
        assert helga.get(pages[0]).status_code == 404
        for page in map(body_of, map(helga.get, pages[1:])):
            assert "NR-000" not in page
            assert "op een veiligere manier inloggen" in page
            assert "U hoeft niets te doen" not in page


def _raise_level(answered: Any) -> None:
    """Every person's part in a case, however deep in an answer."""
    for one in answered.values() if isinstance(answered, dict) else answered:
        if isinstance(one, dict | list):
            _raise_level(one)
    if isinstance(answered, dict) and answered.get("betrokkeneType") == "natuurlijk_persoon":
        level = "urn:oasis:names:tc:SAML:2.0:ac:classes:SmartcardPKI"
        answered["authenticatieContext"] = {"source": "digid", "levelOfAssurance": level}


def test_a_product_on_the_site_asks_for_the_own_running_case_of_its_kind_and_gets_no_other(
    helga: Client,
) -> None:
    by_itself = {"X-Automatic": "1"}
    cards = body_of(helga.get("/mijn/zaken/lopend/?soort=dakkapel", headers=by_itself))

    assert "ZM-0507" in cards
    assert "ZM-0530" not in cards
    assert helga.get("/mijn/zaken/lopend/?soort=verhuizing", headers=by_itself).status_code == 204  # it ended
    assert helga.get("/mijn/zaken/lopend/?soort=dakkapel")["Location"] == "/mijn/zaken/"
    helga.cookies.clear()
    assert helga.get("/mijn/zaken/lopend/?soort=dakkapel", headers=by_itself).status_code == 204


def test_a_step_has_one_name_wherever_it_stands(helga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """The site's, where it has one: else a case stood otherwise in the list than on its own page."""
    said = PlainWords("Dakkapel", "", {3: StepText("Leg uw tekening klaar.", "", "Wij bekijken uw plan")})
    monkeypatch.setattr("portal.registers.zaken.plain_words._provider", lambda: {"dakkapel": said})
    pages = [body_of(helga.get(path)) for path in ("/mijn/", "/mijn/zaken/", address_of(helga, "ZM-0507"))]

    assert all("Wij bekijken uw plan" in page for page in pages)
    assert all("Leg uw tekening klaar." in page for page in pages)
    assert not any("Wij beoordelen uw plan" in page for page in pages)
