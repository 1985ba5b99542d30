"""What a resident sees of the BRP, and how somebody stands to a municipality: tables of cases."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from portal.accounts.standing import Standing
from portal.registers.brp.records import Person
from portal.registers.brp.visible import address_is_hidden, own_data, standing
from portal.registers.dates import WordedDate

TODAY = date(2026, 11, 24)
ANSWER: dict[str, Any] = {
    "burgerservicenummer": "999970458",
    "naam": {"volledigeNaam": "Helga Huisman"},
    "adressering": {"aanschrijfwijze": {"naam": "H. Huisman"}},
    "geboorte": {
        "datum": {"type": "Datum", "datum": "1987-12-20", "langFormaat": "20 december 1987"},
        "plaats": {"omschrijving": "'s-Gravenhage"},
        "land": {"omschrijving": "Nederland"},
    },
    "verblijfplaats": {
        "type": "Adres",
        "verblijfadres": {
            "korteStraatnaam": "Duinroosstraat",
            "huisnummer": 12,
            "huisletter": "a",
            "huisnummertoevoeging": "2",
            "postcode": "1996AB",
            "woonplaats": "Zandmeer",
        },
        "datumVan": {"type": "JaarDatum", "jaar": 2020, "langFormaat": "2020"},
    },
    "nationaliteiten": [{"type": "Nationaliteit", "nationaliteit": {"omschrijving": "Nederlandse"}}],
    "partners": [
        {
            "burgerservicenummer": "999970446",
            "naam": {"voornamen": "Hans", "geslachtsnaam": "Hamersma"},
            "ontbindingHuwelijkPartnerschap": {
                "datum": {"type": "Datum", "datum": "2020-01-02", "langFormaat": "2 januari 2020"}
            },
        }
    ],
    "kinderen": [{"naam": {"voornamen": "Harm", "voorvoegsel": "van", "geslachtsnaam": "Huisman"}}],
    "gemeenteVanInschrijving": {"code": "9901", "omschrijving": "Zandmeer"},
}


def born(text: str, latest: date | None) -> WordedDate:
    return WordedDate(text, latest, latest)


def doubted(part: str) -> dict[str, Any]:
    return {part: {**ANSWER[part], "inOnderzoek": {"type": True}}}


def shown(person: Person, *, show_address: bool = True) -> dict[str, str]:
    return {
        fact.label: fact.value
        for group in own_data(person, show_address=show_address)
        for fact in group.facts
    }


def test_every_fact_has_a_value_and_says_where_it_comes_from() -> None:
    facts = [fact for group in own_data(Person.of(ANSWER), show_address=True) for fact in group.facts]

    assert all(fact.value and fact.source == "Basisregistratie Personen (BRP)" for fact in facts)


def test_facts_are_worded_for_a_resident() -> None:
    assert shown(Person.of(ANSWER)) == {
        "Naam": "Helga Huisman",
        "Zo schrijven wij u aan": "H. Huisman",
        "Geboortedatum": "20 december 1987",
        "Geboorteplaats": "'s-Gravenhage, Nederland",
        "Nationaliteit": "Nederlandse",
        "Gemeente waar u staat ingeschreven": "Zandmeer",
        "Adres": "Duinroosstraat 12a-2, 1996 AB Zandmeer",
        "U woont hier sinds": "2020",
        "Partner tot 2 januari 2020": "Hans Hamersma",
        "Kind": "Harm van Huisman",
    }


def test_with_geheimhouding_the_address_is_there_only_when_asked_for() -> None:
    secret = Person.of({**ANSWER, "geheimhoudingPersoonsgegevens": True})

    assert address_is_hidden(secret, show_address=False)
    assert "Duinroosstraat" not in str(shown(secret, show_address=False))
    assert not address_is_hidden(secret, show_address=True)
    assert "Adres" in shown(secret, show_address=True)


@pytest.mark.parametrize(
    ("part", "labels"),
    [
        (doubted("naam"), {"Naam", "Zo schrijven wij u aan"}),
        (doubted("geboorte"), {"Geboortedatum", "Geboorteplaats"}),
        (doubted("verblijfplaats"), {"Adres", "U woont hier sinds"}),
        ({"inOnderzoek": {"gemeenteVanInschrijving": True}}, {"Gemeente waar u staat ingeschreven"}),
        ({}, set()),
    ],
    ids=["name", "birth", "address", "municipality", "nothing"],
)
def test_what_is_under_investigation_says_so(part: dict[str, Any], labels: set[str]) -> None:
    groups = own_data(Person.of({**ANSWER, **part}), show_address=True)

    assert {fact.label for group in groups for fact in group.facts if fact.in_doubt} == labels


def test_an_empty_registration_shows_nothing_and_breaks_nothing() -> None:
    assert own_data(Person.of({}), show_address=True) == []


@pytest.mark.parametrize(
    "place",
    [
        {"type": "VerblijfplaatsOnbekend"},
        {"type": "Locatie", "verblijfadres": {}},
        {"type": "SomethingNew", "verblijfadres": {"korteStraatnaam": "Nergens"}},
    ],
    ids=["unknown", "empty", "new kind"],
)
def test_a_place_without_words_is_no_address(place: dict[str, Any]) -> None:
    assert Person.of({**ANSWER, "verblijfplaats": place}).address == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, Standing.OK),
        ({"suspended": "O"}, Standing.DECEASED),
        ({"suspended": "E"}, Standing.MOVED_AWAY),
        ({"suspended": "M"}, Standing.MOVED_AWAY),
        ({"suspended": "R"}, Standing.NOT_RESIDENT),
        ({"suspended": "X"}, Standing.NOT_RESIDENT),
        ({"municipality_code": "9902"}, Standing.NOT_RESIDENT),
        ({"municipality_code": ""}, Standing.NOT_RESIDENT),
        ({"curatele": True}, Standing.CURATELE),
        ({"suspended": "O", "curatele": True, "municipality_code": "9902"}, Standing.DECEASED),
        ({"born": born("", date(2008, 11, 24))}, Standing.OK),
        ({"born": born("", date(2008, 11, 25))}, Standing.MINOR),
        ({"born": born("", date(2008, 2, 29))}, Standing.OK),
        ({"born": WordedDate("november 2008", None, date(2008, 11, 30))}, Standing.MINOR),
        ({"born": WordedDate("2008", None, date(2008, 12, 31))}, Standing.MINOR),
        ({"born": WordedDate("1951", None, date(1951, 12, 31))}, Standing.OK),
        ({"born": WordedDate("onbekend", None, None)}, Standing.OK),
        ({"born": None}, Standing.OK),
    ],
)
def test_standing(change: dict[str, Any], expected: Standing) -> None:
    person = replace(Person.of(ANSWER), **change)

    assert standing(person, "9901", TODAY) is expected


def test_nobody_and_no_municipality_are_no_residents() -> None:
    assert standing(None, "9901", TODAY) is Standing.NOT_RESIDENT
    nowhere = replace(Person.of(ANSWER), municipality_code="")
    assert standing(nowhere, "", TODAY) is Standing.NOT_RESIDENT


@pytest.mark.parametrize("flag", ["geheimhoudingPersoonsgegevens", "indicatieCurateleRegister"])
@pytest.mark.parametrize("value", [True, "1", None, "ja"])
def test_a_flag_that_protects_counts_unless_it_is_clearly_off(flag: str, value: Any) -> None:
    person = Person.of({**ANSWER, flag: value})

    assert person.secret or person.curatele


def test_a_flag_that_is_off_is_off() -> None:
    person = Person.of({**ANSWER, "geheimhoudingPersoonsgegevens": False, "indicatieCurateleRegister": False})

    assert not person.secret
    assert not person.curatele


@pytest.mark.parametrize(
    "answer",
    [
        {"geboorte": {"datum": {"type": "Datum", "datum": "gisteren", "langFormaat": "x"}}},
        {"geboorte": {"datum": {"langFormaat": "x"}}},
        {"nationaliteiten": [{}]},
        {"opschortingBijhouding": {"datum": {}}},
    ],
)
def test_what_the_api_does_not_promise_is_refused(answer: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError)):
        Person.of({**ANSWER, **answer})
