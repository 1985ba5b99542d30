"""Own data: each fact with its source, and an address that hides until it is asked for."""

import pytest
from django.test import Client

from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality

from .conftest import AYSE, body_of, signed_in


def test_each_fact_has_its_source(helga: Client) -> None:
    page = body_of(helga.get("/mijn/gegevens/"))

    assert "Duinroosstraat 12, 1996 AB Zandmeer" in page
    assert "Harold Hamersma, geboren 18 november 2023" in page
    assert page.count("<dt>") == page.count("Bron: Basisregistratie Personen (BRP)")


def test_a_wrong_fact_can_be_told_to_somebody(helga: Client) -> None:
    wrong = body_of(helga.get("/mijn/gegevens/")).split("Klopt er iets niet?")[1]

    assert "(0999) 12 34 56" in wrong
    assert 'Kom langs: <span lang="nl">Gemeentehuis, Plein 1' in wrong


def test_a_secret_address_shows_after_a_click_only(mijn: Municipality) -> None:
    ayse = signed_in(mijn, AYSE)
    hidden = body_of(ayse.get("/mijn/gegevens/"))
    answer = ayse.post("/mijn/gegevens/adres/")
    shown = body_of(answer)

    assert "Zeewindhof" not in hidden
    assert "Toon mijn adres" in hidden
    assert "Zeewindhof 31" in shown
    assert "Zeewindhof" not in shown.split("</title>")[0]
    assert answer["Cache-Control"] == "no-store"
    assert "Verberg mijn adres" in shown


def test_no_link_or_history_shows_a_secret_address(mijn: Municipality) -> None:
    answer = signed_in(mijn, AYSE).get("/mijn/gegevens/adres/")

    assert answer.status_code == 302
    assert answer["Location"] == "/mijn/gegevens/"


def test_an_incomplete_date_stays_as_the_register_words_it(mijn: Municipality) -> None:
    page = body_of(signed_in(mijn, BSN("999970811")).get("/mijn/gegevens/"))

    assert '<bdi lang="nl">juli 1975</bdi>' in page
    assert "1 juli 1975" not in page


def test_a_fact_in_doubt_says_so(helga: Client, brp_fake: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    honest = brp_fake.respond

    def doubtful(asked: Asked) -> Reply:
        reply = honest(asked)
        reply.body["personen"][0]["geboorte"]["inOnderzoek"] = {"datum": True}
        return reply

    monkeypatch.setattr(brp_fake, "respond", doubtful)
    page = body_of(helga.get("/mijn/gegevens/"))

    assert "In onderzoek</span>" in page.split("<dt>Geboortedatum</dt>")[1].split("</dd>")[0]
    assert "In onderzoek</span>" not in page.split("<dt>Naam</dt>")[1].split("</dd>")[0]


def test_a_broken_brp_says_so_and_shows_nothing(helga: Client, brp_fake: Register) -> None:
    brp_fake.misbehave("500")
    page = body_of(helga.get("/mijn/gegevens/"))

    assert "Uw gegevens zijn nu niet te zien." in page
    assert "(0999) 12 34 56" in page
    assert "<dt>" not in page


def test_whom_the_brp_does_not_know_reads_that_this_should_not_be(mijn: Municipality) -> None:
    page = body_of(signed_in(mijn, BSN("999993653")).get("/mijn/gegevens/"))

    assert "De BRP geeft geen gegevens van u" in page
    assert "(0999) 12 34 56" in page
