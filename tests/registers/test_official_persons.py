"""The official test persons, as odd as life, from the demo's BRP through our client to a resident's eyes.

They lie beside the repository, in ../shared/data, and are never copied into it.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from html import unescape
from typing import Any

import httpx
import pytest
from openapi_core.testing import MockRequest

from demo.content.residents import RESIDENTS
from demo.registers.brp import FIELDS, PATH, demo_register
from demo.registers.brp_records import person as worded
from demo.registers.serving import Register
from portal.accounts.standing import Standing
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers.brp.client import person
from portal.registers.brp.records import Person
from portal.registers.brp.visible import own_data, standing
from tests.mijn.conftest import body_of, connected, signed_in

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


def test_each_of_them_reads_every_name_and_date_as_the_register_words_it(
    ask: Ask, official: list[Raw], register: Register
) -> None:
    brp = brp_connection(register.url)
    numbers = [one for raw in official for one in numbers_in(raw)]
    seen = 0
    for raw in valid(official):
        bsn = BSN(raw["burgerservicenummer"])
        found: Person = ask(brp, lambda caller, bsn=bsn: person(caller, bsn))
        for secret in {False, found.secret}:
            groups = own_data(found, show_address=not secret)
            shown = " ".join(f"{fact.label} {fact.value}" for group in groups for fact in group.facts)
            check(raw, shown, show_address=not secret)
            assert not any(number in shown for number in numbers)
        assert standing(found, raw["gemeenteVanInschrijving"]["code"], date(2026, 11, 24)) in Standing
        seen += 1
    assert seen >= 100


def test_their_pages_say_just_that(zandmeer: Municipality, official: list[Raw], register: Register) -> None:
    """Of every tenth, since a page takes its time; and of all who keep their address secret."""
    connected(zandmeer, brp_connection(register.url))
    own = valid(official)
    for raw in {id(one): one for one in (*own[::10], *filter(is_secret, own))}.values():
        answer = signed_in(zandmeer, BSN(raw["burgerservicenummer"])).get("/mijn/gegevens/")
        page = unescape(body_of(answer))

        assert answer.status_code == 200
        check(raw, page, show_address=not is_secret(raw))
        assert not any(number in page for number in numbers_in(raw))


def is_secret(raw: Raw) -> bool:
    return bool(raw.get("geheimhoudingPersoonsgegevens", "0") != "0")


def numbers_in(raw: Raw) -> list[str]:
    relatives = [one.get("burgerservicenummer") for kind in TIES for one in raw[kind]]
    return [raw["burgerservicenummer"], *filter(None, relatives)]


def check(raw: Raw, shown: str, *, show_address: bool) -> None:
    """All that the register words of a person stands there, and no secret address."""
    for words in expected(worded(raw), show_address=show_address):
        assert words in shown, (raw["burgerservicenummer"], words)
    if not show_address and (street := raw["verblijfplaats"].get("straat")):
        assert street not in shown, raw["burgerservicenummer"]


TIES = ("partners", "kinderen", "ouders")


def expected(one: Mapping[str, Any], *, show_address: bool) -> Iterator[str]:
    """What the page must hold of a person, in the register's own words."""
    yield one["naam"]["volledigeNaam"]
    yield one["geboorte"]["datum"]["langFormaat"]
    for what in ("plaats", "land"):
        yield one["geboorte"].get(what, {}).get("omschrijving", "")
    for nationality in one.get("nationaliteiten", []):
        yield nationality.get("nationaliteit", {}).get("omschrijving", "")
    place = one.get("verblijfplaats", {})
    if show_address and "datumVan" in place and place["type"] == "Adres":
        yield place["datumVan"]["langFormaat"]
        yield place["verblijfadres"].get("officieleStraatnaam", "")
        yield place["verblijfadres"].get("woonplaats", "")
    for relative in (relative for kind in TIES for relative in one.get(kind, [])):
        parts = (relative.get("naam", {}).get(part) for part in ("voornamen", "voorvoegsel", "geslachtsnaam"))
        if name := " ".join(part for part in parts if part):
            yield name
            yield relative.get("geboorte", {}).get("datum", {}).get("langFormaat", "")
            ended = relative.get("ontbindingHuwelijkPartnerschap", {})
            yield ended.get("datum", {}).get("langFormaat", "")


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
