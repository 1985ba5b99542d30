"""The official test persons, as odd as life, from the demo's BRP through our client to a resident's eyes.

They lie beside the repository, in ../shared/data, and are never copied into it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import httpx
import pytest
from openapi_core.testing import MockRequest

from demo.content.residents import RESIDENTS
from demo.registers.brp import FIELDS, PATH, demo_register
from demo.registers.serving import Register
from portal.accounts.standing import Standing
from portal.municipalities.bsn import BSN
from portal.registers.brp.client import person
from portal.registers.brp.records import Person
from portal.registers.brp.visible import own_data, standing

from .conftest import KEY, Ask, brp_connection
from .specs import FOLDER, lifted, needed
from .test_contracts import NOT_IN_THE_TEXT, check_answer

Raw = Mapping[str, Any]
BRP = "haalcentraal/brp-personen-2.7.0"


@pytest.fixture(scope="module")
def official() -> list[Raw]:
    persons: list[Raw] = json.loads((needed(FOLDER.parent / "data") / "brp-test-persons.json").read_text())
    return persons


@pytest.fixture(scope="module")
def register(official: list[Raw]) -> Iterator[Register]:
    with demo_register(KEY, official) as brp:
        yield brp


def valid(persons: list[Raw]) -> list[Raw]:
    """Those with a number that passes the eleven-test; the set holds others too."""

    def passes(digits: str) -> bool:
        try:
            BSN(digits)
        except ValueError:
            return False
        return True

    return [one for one in persons if passes(one["burgerservicenummer"])]


def test_all_of_them_go_through_without_error(ask: Ask, official: list[Raw], register: Register) -> None:
    brp = brp_connection(register.url)
    seen = 0
    for raw in valid(official):
        bsn = BSN(raw["burgerservicenummer"])
        found: Person = ask(brp, lambda caller, bsn=bsn: person(caller, bsn))
        shown = str([fact.value for group in own_data(found, show_address=True) for fact in group.facts])

        assert raw["naam"]["geslachtsnaam"] in found.name
        assert found.born
        assert bsn.reveal() not in shown
        for relative in [*raw["partners"], *raw["kinderen"], *raw["ouders"]]:
            assert relative.get("burgerservicenummer", "no number") not in shown
        assert standing(found, raw["gemeenteVanInschrijving"]["code"], date(2026, 11, 24)) in Standing
        seen += 1
    assert seen >= 100


def test_who_died_or_left_does_not_get_in(ask: Ask, official: list[Raw], register: Register) -> None:
    brp = brp_connection(register.url)
    for raw in valid(official):
        if stopped := raw.get("opschortingBijhouding"):
            bsn = BSN(raw["burgerservicenummer"])
            found: Person = ask(brp, lambda caller, bsn=bsn: person(caller, bsn))
            expected = {"O": Standing.DECEASED, "E": Standing.MOVED_AWAY}
            reason = stopped["reden"]["code"]
            own = raw["gemeenteVanInschrijving"]["code"]
            assert standing(found, own, date(2026, 11, 24)) is expected.get(reason, Standing.NOT_RESIDENT)


def test_the_demos_residents_are_as_odd_as_the_official_ones(official: list[Raw]) -> None:
    by_number = {one["burgerservicenummer"]: one for one in official}
    for resident in RESIDENTS:
        real = by_number[resident.bsn]
        assert resident.first_names == real["naam"]["voornamen"]
        assert resident.surname == real["naam"]["geslachtsnaam"]
        assert resident.prefix == real["naam"].get("voorvoegsel", "")
        assert resident.born == real["geboorte"]["datum"]
        assert {child.born for child in resident.children} <= {
            child["geboorte"]["datum"] for child in real["kinderen"]
        }


def test_the_brp_words_every_one_of_them_as_the_text_says(
    here, official: list[Raw], register: Register
) -> None:
    """All fields that the demo's BRP knows, each date, place and nationality as its own kind."""
    api = lifted(BRP, f"{register.url}/haalcentraal/api/brp")
    headers = {"X-Api-Key": KEY, **dict.fromkeys(NOT_IN_THE_TEXT, "x")}
    kinds = set()
    for start in range(0, len(official), 20):
        asked = {
            "type": "RaadpleegMetBurgerservicenummer",
            "burgerservicenummer": [raw["burgerservicenummer"] for raw in official[start : start + 20]],
            "fields": sorted(FIELDS),
        }
        answer = httpx.post(f"{register.url}{PATH}", json=asked, headers=headers)
        request = MockRequest(register.url, "post", PATH)
        check_answer(api, request, answer, odd_names=True)
        kinds |= {one["type"] for one in _within(answer.json()) if "type" in one}

    assert kinds >= {"Datum", "JaarDatum", "JaarMaandDatum", "DatumOnbekend"}
    assert kinds >= {"Adres", "VerblijfplaatsBuitenland", "Nationaliteit", "NationaliteitOnbekend"}


def _within(record: Any) -> Iterator[dict[str, Any]]:
    if isinstance(record, dict):
        yield record
    for value in record.values() if isinstance(record, dict) else record if isinstance(record, list) else ():
        yield from _within(value)
