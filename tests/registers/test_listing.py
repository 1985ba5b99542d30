"""One list out of several systems, what an address can ask of it, and small pure parts of the cases' room."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from portal.municipalities.connections import Connection
from portal.registers.zaken.calendar import last_day_file
from portal.registers.zaken.capabilities import capabilities_of
from portal.registers.zaken.described import described
from portal.registers.zaken.listing import Row, Wanted, merged, page_of, samples, suits
from portal.registers.zaken.objecting import Way
from portal.registers.zaken.plain_words import StepText
from portal.registers.zaken.records import Sketch

from .conftest import zaken_connection
from .test_zaken_visible import KIND, ZAAK

ONE = zaken_connection("http://one.example")
TWO = zaken_connection("http://two.example")


def row(
    number: str, started: int = 0, system: Connection = ONE, organisation: str = "1", registered: int = 0
) -> Row:
    zaak = replace(
        ZAAK,
        url=f"{system.base_url}{number}",
        number=number,
        organisation=organisation,
        started=date(2026, 6, 1) + timedelta(days=started),
        registered=date(2026, 6, 1) + timedelta(days=registered),
    )
    return Row(system, Sketch(zaak, KIND, number, None))


def numbers(rows: list[Row]) -> list[str]:
    return [entry.zaak.number for entry in merged(rows)]


def test_the_newest_case_comes_first_whatever_system_has_it() -> None:
    assert numbers([row("A", 1), row("B", 3, TWO), row("C", 2)]) == ["B", "C", "A"]


def test_a_case_in_two_systems_is_one_and_the_system_that_registered_it_last_is_right() -> None:
    (entry,) = merged([row("A", registered=1), row("A", registered=5, system=TWO)])

    assert [one.connection for one in entry.rows] == [TWO, ONE]


def test_the_same_number_of_another_organisation_is_another_case() -> None:
    assert numbers([row("A"), row("A", system=TWO, organisation="2")]) == ["A", "A"]


def test_a_page_is_cut_and_one_beyond_the_end_is_the_last() -> None:
    entries = merged([row(f"{number:02}", number) for number in range(23)])
    page = page_of(entries, 3)

    assert (page.first, page.last, page.pages, page.total) == (21, 23, 3, 23)
    assert page_of(entries, 9) == page
    assert page_of([], 1).pages == 1


def test_a_choice_has_the_newest_case_of_each_kind_and_year_behind_it() -> None:
    entries = merged([row("old", -400), row("older", -410), row("new", 5), row("newer", 9)])

    assert [one.zaak.number for one in samples(entries)] == ["newer", "old"]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [
        ({}, Wanted()),
        ({"zoek": "  dak   kapel "}, Wanted(text="dak kapel")),
        ({"zoek": "x" * 500}, Wanted(text="x" * 60)),
        ({"zoek": "999970458"}, Wanted()),
        ({"toon": "lopend"}, Wanted(state="lopend")),
        ({"toon": "alles"}, Wanted()),
        ({"jaar": "2026"}, Wanted(year="2026")),
        ({"jaar": "²²²²"}, Wanted()),
        ({"bladzijde": "7"}, Wanted(page=7)),
        ({"bladzijde": "-7"}, Wanted()),
        ({"bladzijde": "99999999"}, Wanted()),
    ],
)
def test_whatever_an_address_asks_is_made_into_something_that_can_be_had(
    asked: dict[str, str], wanted: Wanted
) -> None:
    assert Wanted.of(asked) == wanted


@pytest.mark.parametrize(
    ("wanted", "suited"),
    [
        (Wanted(text="DAK zm-1"), True),
        (Wanted(text="dak verhuizing"), False),
        (Wanted(state="lopend"), True),
        (Wanted(state="afgerond"), False),
        (Wanted(kind="dakkapel"), True),
        (Wanted(kind="bezwaar"), False),
        (Wanted(year="2026"), True),
        (Wanted(year="2025"), False),
    ],
)
def test_what_suits(wanted: Wanted, suited: bool) -> None:
    (entry,) = merged([Row(ONE, Sketch(ZAAK, KIND, "ZM-1", None))])

    assert suits(entry, wanted) is suited


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("999970458", ""),
        ("bsn 9999.70.458", ""),
        ("999 970 458", ""),
        ("999-970-458", ""),
        ("123456789", "123456789"),
        ("ZM-0507", "ZM-0507"),
    ],
)
def test_a_bsn_that_is_typed_is_not_looked_for_nor_said_again(text: str, kept: str) -> None:
    assert Wanted.of({"zoek": text}).text == kept


def test_a_back_end_s_facts_can_be_corrected_one_by_one_and_unknown_ones_are_refused() -> None:
    can = capabilities_of({"back_end": "old-1.0", "capabilities": {"order": True}})

    assert (can.search, can.order) == (False, True)
    assert capabilities_of({}).search
    with pytest.raises(LookupError):
        capabilities_of({"back_end": "zaaksysteem-x"})
    with pytest.raises(TypeError):
        capabilities_of({"capabilities": {"telepathy": True}})


@pytest.mark.parametrize(
    ("number", "shown"),
    [("0014ESUITE66392022", "6639-2022"), ("0014ESUITE05072026", "507-2026"), ("ZM-0507", "ZM-0507")],
)
def test_a_number_is_shown_as_residents_know_it(number: str, shown: str) -> None:
    assert capabilities_of({"back_end": "esuite"}).number(number) == shown
    assert capabilities_of({}).number(number) == number


def test_what_a_municipality_says_about_a_kind_is_found_by_its_identification() -> None:
    said = {
        "case_types": {
            "dakkapel": {"steps": {"2": {"do": "Wacht.", "expect": "Wij bellen."}}, "way": "beroep"}
        }
    }
    found = described(said, KIND)

    assert found.steps == {2: StepText("Wacht.", "Wij bellen.")}
    assert found.way is Way.APPEAL


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"case_types": []},
        {"case_types": {"dakkapel": "x"}},
        {"case_types": {"dakkapel": {"steps": {"x": 1}}}},
    ],
)
def test_what_is_not_understood_is_not_said(said: dict[str, object]) -> None:
    assert described(said, KIND).steps == {}
    assert described(said, KIND).way is Way.OBJECTION


def test_against_a_decision_on_an_objection_one_goes_to_the_court() -> None:
    assert described({}, replace(KIND, title="Bezwaar")).way is Way.APPEAL


def test_a_calendar_file_is_folded_and_escaped_as_its_standard_asks() -> None:
    title = "Laatste dag; bezwaar, gemeente Zandmeer" + " en nog veel meer woorden met een ĳ" * 3
    file = last_day_file(UUID(int=5), date(2026, 12, 31), date(2026, 11, 1), title, "Een\nregel")
    lines = file.decode().split("\r\n")

    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines[-1] == ""
    assert r"SUMMARY:Laatste dag\; bezwaar\, gemeente Zandmeer" in file.decode()
    assert "DTEND;VALUE=DATE:20270101" in lines
    assert r"DESCRIPTION:Een\nregel" in lines
    assert file.decode().replace("\r\n ", "").count(title.replace(";", r"\;").replace(",", r"\,")) == 2
