"""Own data out of other registers than the BRP: beside it, each with its own source, and its own trouble."""

import pytest
from django.db import transaction
from django.test import Client

from demo.content.residents import AYSE as AYSE_OF_THE_STORY
from demo.registers.faults import FAULTS, SLOW
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers import caller
from portal.registers.models import Breaker
from tests.registers.own_registers import (
    papers_connection,
    papers_fake,
    papers_register,
    woz_connection,
    woz_fake,
    woz_register,
)

from .conftest import AYSE, HENDRIK, body_of, connected, signed_in

__all__ = ["papers_fake", "papers_register", "woz_fake", "woz_register"]
PATH = "/mijn/gegevens/"
TOLD = {"reisdocumenten": "NX45F0127", "woz": "€\N{NO-BREAK SPACE}418.000"}
EMPTY = {
    "reisdocumenten": "U heeft geen paspoort of identiteitskaart die in de BRP staat.",
    "woz": "Op uw naam en adres staat geen WOZ-waarde.",
}


@pytest.fixture
def whole(mijn: Municipality, papers_fake: Register, woz_fake: Register) -> Municipality:
    """Zandmeer with all of them."""
    connected(mijn, papers_connection(papers_fake.url))
    connected(mijn, woz_connection(woz_fake.url))
    return mijn


@pytest.fixture
def helga(whole: Municipality) -> Client:
    return signed_in(whole)


def part(page: str, kind: str) -> str:
    """One part, as it came in its slot."""
    assert page.count(f'<div slot="{kind}">') == 1
    return page.split(f'<div slot="{kind}">')[1].split("</section>")[0]


def test_each_register_tells_its_own_with_source_and_day(helga: Client) -> None:
    page = body_of(helga.get(PATH))

    for kind, told in TOLD.items():
        assert told in part(page, kind)
        assert part(page, kind).count("<dt>") == part(page, kind).count("Bron: ")
    assert "Bron: Waardering onroerende zaken (WOZ), " in " ".join(part(page, "woz").split())
    assert "U bent" in part(page, "woz")
    assert page.index('<slot name="reisdocumenten">') < page.index('<slot name="woz">')


def test_who_has_nothing_there_reads_just_that(whole: Municipality) -> None:
    page = body_of(signed_in(whole, HENDRIK).get(PATH))

    for kind, words in EMPTY.items():
        assert words in part(page, kind)


def test_a_register_that_is_not_connected_has_no_part(mijn: Municipality) -> None:
    page = body_of(signed_in(mijn).get(PATH))

    assert all(f'id="{kind}"' not in page and f'slot="{kind}"' not in page for kind in TOLD)


@pytest.mark.parametrize("fault", [one for one in FAULTS if one not in {"none", "delay"}])
def test_whatever_a_register_does_costs_its_own_part_only(
    helga: Client, papers_fake: Register, woz_fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault in SLOW:
        monkeypatch.setattr(caller, "LIMIT", 1.5)  # the other registers have it too
    for register in (papers_fake, woz_fake):
        register.misbehave(fault)
    answer = helga.get(PATH)
    page = body_of(answer)

    assert answer.status_code == 200
    assert "Duinroosstraat 12" in page
    for kind, told in TOLD.items():
        if told not in part(page, kind):
            assert "is nu niet te zien" in part(page, kind)
            assert "(0999) 12 34 56" in part(page, kind)
            assert EMPTY[kind] not in part(page, kind)
    for foreign in ("NV52D8830", "287.000", "IP73K2219"):
        assert foreign not in page


@pytest.mark.parametrize("fault", [one for one in FAULTS if one not in {"none", "delay"}])
def test_whatever_the_brp_does_it_is_never_said_that_it_knows_nobody(
    helga: Client, brp_fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if fault in SLOW:
        monkeypatch.setattr(caller, "LIMIT", 1.5)  # the other registers have it too
    brp_fake.misbehave(fault)
    answer = helga.get(PATH)
    person = part(body_of(answer), "brp")

    assert answer.status_code == 200
    assert "kent u niet" not in person
    if "20 december 1987" not in person:
        assert "nu niet te zien" in person
        assert "(0999) 12 34 56" in person


def test_what_they_told_before_stands_there_with_its_age(
    helga: Client, papers_fake: Register, woz_fake: Register
) -> None:
    body_of(helga.get(PATH))
    for register in (papers_fake, woz_fake):
        register.misbehave("500")
    page = body_of(helga.get(PATH))

    for kind, told in TOLD.items():
        assert "Dit is wat wij om " in part(page, kind)
        assert told in part(page, kind)


def test_while_the_brp_does_not_tell_the_house_its_value_is_not_called_absent(
    helga: Client, whole: Municipality, brp_fake: Register, woz_fake: Register
) -> None:
    brp_fake.misbehave("500")
    page = body_of(helga.get(PATH))

    assert "is nu niet te zien" in part(page, "woz")
    assert EMPTY["woz"] not in page
    assert TOLD["reisdocumenten"] in part(page, "reisdocumenten")
    assert woz_fake.calls == []


def test_of_a_postal_address_no_house_is_asked(
    helga: Client, brp_fake: Register, woz_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = brp_fake.respond

    def postal(asked: Asked) -> Reply:
        reply = honest(asked)
        reply.body["personen"][0]["verblijfplaats"]["functieAdres"] = {"code": "B"}
        return reply

    monkeypatch.setattr(brp_fake, "respond", postal)
    assert EMPTY["woz"] in part(body_of(helga.get(PATH)), "woz")
    assert woz_fake.calls == []


def test_the_value_of_a_secret_house_shows_no_place_and_is_never_kept(
    whole: Municipality, woz_fake: Register
) -> None:
    ayse = signed_in(whole, AYSE)
    page = body_of(ayse.get(PATH))
    assert "€\N{NO-BREAK SPACE}287.000" in part(page, "woz")
    assert "Maak dan op tijd bezwaar" in part(page, "woz"), "the form for the BRP is not the way"
    assert AYSE_OF_THE_STORY.street not in page
    assert AYSE_OF_THE_STORY.postcode not in page

    woz_fake.misbehave("500")
    with acting_for(whole), transaction.atomic():
        Breaker.objects.all().delete()
    page = part(body_of(ayse.get(PATH)), "woz")
    assert "€\N{NO-BREAK SPACE}287.000" not in page
    assert "is nu niet te zien" in page
