"""The value of a house: asked by the house, never by BSN; only what names this resident is shown."""

from dataclasses import replace
from typing import Any

import httpx
import pytest
from openapi_core.testing import MockRequest

from demo.content.residents import ABDELLAH, HELGA, KEES, TINA, Resident
from demo.registers.serving import Asked, Register, Reply
from demo.registers.woz import ROOT
from portal.municipalities.bsn import BSN
from portal.registers.answers import Broken
from portal.registers.gather import Question, ask_one
from portal.registers.own_data import Home
from portal.registers.woz.client import objects
from portal.registers.woz.records import WozObject
from portal.registers.woz.visible import groups, is_about, owns_home

from .conftest import Ask
from .own_registers import woz_connection, woz_fake, woz_register
from .specs import lifted
from .test_contracts import check, check_answer

__all__ = ["woz_fake", "woz_register"]
TEXT = "haalcentraal/woz-1.0.0"
HOME = Home("1996AB", 12, "", "", "")
ME = BSN(HELGA.bsn)
ANSWER: dict[str, Any] = {
    "identificatie": "990100000112",
    "aanduiding": {"postcode": "1996AB", "huisnummer": 12},
    "adresseerbaarObjectIdentificaties": ["9901010000000012"],
    "belanghebbendeEigenaar": {"burgerservicenummer": HELGA.bsn, "naam": "H. Huisman"},
    "grondoppervlakte": 164,
    "waarden": [
        {"vastgesteldeWaarde": 402000, "waardepeildatum": "2024-01-01"},
        {"vastgesteldeWaarde": 418000, "waardepeildatum": "2025-01-01", "indicatieBezwaarBeroep": False},
    ],
}

MINE, THEIRS = ({"burgerservicenummer": one.bsn} for one in (HELGA, KEES))
LETTERED = {"postcode": "1996AB", "huisnummer": 12, "huisletter": "a"}


def home_of(one: Resident) -> Home:
    return Home(one.postcode, int(one.number), "", one.addition, "")


@pytest.mark.parametrize(
    ("sentence", "answer", "home", "shown"),
    [
        ("at this house, and mine", ANSWER, HOME, True),
        (
            "I use it",
            {
                **ANSWER,
                "belanghebbendeEigenaar": {},
                "belanghebbendeGebruiker": {"burgerservicenummer": HELGA.bsn},
            },
            HOME,
            True,
        ),
        (
            "of somebody else",
            {**ANSWER, "belanghebbendeEigenaar": {"burgerservicenummer": KEES.bsn}},
            HOME,
            False,
        ),
        ("of nobody named", {**ANSWER, "belanghebbendeEigenaar": None}, HOME, False),
        ("of the neighbours upstairs", ANSWER, replace(HOME, addition="2"), False),
        ("next door", ANSWER, replace(HOME, number=14), False),
        (
            "another letter",
            {**ANSWER, "aanduiding": LETTERED},
            HOME,
            False,
        ),
        ("by the BAG's number", ANSWER, replace(HOME, object_id="9901010000000012"), True),
        ("another number of the BAG", ANSWER, replace(HOME, object_id="9901010000000013"), False),
    ],
)
def test_only_what_stands_at_the_own_house_and_names_the_resident_is_shown(
    sentence: str, answer: dict[str, Any], home: Home, shown: bool
) -> None:
    assert is_about(answer, ME, home) is shown, sentence


def test_the_newest_value_comes_first_with_its_day() -> None:
    (group,) = groups([WozObject.of(ANSWER, ME)])

    assert [(fact.label, fact.value) for fact in group.facts] == [
        ("Waarde op 1 januari 2025", "€\N{NO-BREAK SPACE}418.000"),
        ("Waarde op 1 januari 2024", "€\N{NO-BREAK SPACE}402.000"),
        ("U bent", "eigenaar"),
        ("Grond", "164 m²"),
    ]


@pytest.mark.parametrize(
    "contested",
    [
        {"indicatieBezwaarBeroep": True},
        {"beschikkingsStatussen": ["beschikking_genomen", "beroep_aangetekend"]},
    ],
)
def test_a_value_that_is_contested_says_so(contested: dict[str, Any]) -> None:
    answer = {**ANSWER, "waarden": [{**ANSWER["waarden"][1], **contested}]}
    (group,) = groups([WozObject.of(answer, ME)])

    assert group.facts[0].in_doubt
    assert "bezwaar of beroep" in group.facts[0].value


def test_where_it_stands_and_who_else_has_a_part_in_it_is_never_told() -> None:
    said = str(groups([WozObject.of(ANSWER, ME)]))

    for secret in ("1996", "990100000112", "Huisman", HELGA.bsn):
        assert secret not in said


@pytest.fixture
def heard(woz_fake: Register, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Asked, Reply]]:
    calls: list[tuple[Asked, Reply]] = []
    respond = woz_fake.respond

    def note(asked: Asked) -> Reply:
        calls.append((asked, respond(asked)))
        return calls[-1][1]

    monkeypatch.setattr(woz_fake, "respond", note)
    return calls


@pytest.mark.parametrize(("who", "values"), [(HELGA, 3), (ABDELLAH, 2), (TINA, 2)])
def test_our_questions_and_the_answers_keep_to_the_text_and_hold_no_bsn(
    ask: Ask, woz_fake: Register, heard: list[tuple[Asked, Reply]], who: Resident, values: int
) -> None:
    code = {"zandmeer": "9901", "oeverstad": "9903"}[who.municipality]
    connection = woz_connection(woz_fake.url, code)
    (found,) = ask(connection, lambda caller: objects(caller, BSN(who.bsn), home_of(who)))

    assert len(found.values) == values
    for asked, reply in heard:
        check(lifted(TEXT, woz_fake.url + ROOT), woz_fake.url, asked, reply)
        assert who.bsn not in f"{asked.path} {asked.query} {asked.headers}"


def in_a_building(woz_fake: Register, monkeypatch: pytest.MonkeyPatch, *, bare: bool, pages: bool) -> None:
    """Before the own house stand the neighbours', all of one number."""
    respond = woz_fake.respond

    def crowded(asked: Asked) -> Reply:
        reply = respond(asked)
        if beside := reply.body.get("_embedded"):
            (own,) = beside["wozObjecten"]
            others = [{**own, "identificatie": f"99010000{n:04}", "belanghebbendeEigenaar": None,
                       "belanghebbendeGebruiker": None} for n in range(8)]  # fmt: skip
            rows = [*others, own]
            if bare:
                rows = [{name: told for name, told in one.items() if name != "waarden"} for one in rows]
            if pages:
                reply.body["_links"]["next"] = {"href": "/wozobjecten?page=2"}
            beside["wozObjecten"] = rows
        return reply

    monkeypatch.setattr(woz_fake, "respond", crowded)


def test_in_a_building_with_one_number_the_own_house_is_found(
    ask: Ask, woz_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_a_building(woz_fake, monkeypatch, bare=False, pages=False)
    found = ask(woz_connection(woz_fake.url), lambda caller: objects(caller, ME, HOME))

    assert [len(one.values) for one in found] == [3]


@pytest.mark.parametrize(("bare", "pages"), [(True, False), (False, True)])
def test_what_may_hide_the_own_house_is_not_called_empty(
    here: Any, woz_fake: Register, monkeypatch: pytest.MonkeyPatch, bare: bool, pages: bool
) -> None:
    in_a_building(woz_fake, monkeypatch, bare=bare, pages=pages)
    asked = Question(woz_connection(woz_fake.url), lambda caller: objects(caller, ME, HOME))

    assert isinstance(ask_one(asked), Broken)
    assert len(woz_fake.calls) == 1


def test_whose_it_is_is_looked_at_again_though_the_register_filtered(ask: Ask, woz_fake: Register) -> None:
    woz_fake.misbehave("foreign")
    connection = woz_connection(woz_fake.url)
    found = ask(connection, lambda caller: objects(caller, ME, HOME))

    assert len(found) == 1


def test_another_municipality_s_houses_are_not_found(ask: Ask, woz_fake: Register) -> None:
    assert ask(woz_connection(woz_fake.url, "9902"), lambda caller: objects(caller, ME, HOME)) == []


def test_values_that_the_list_leaves_out_are_asked_of_the_object(
    ask: Ask, woz_fake: Register, heard: list[tuple[Asked, Reply]], monkeypatch: pytest.MonkeyPatch
) -> None:
    respond = woz_fake.respond

    def short(asked: Asked) -> Reply:
        reply = respond(asked)
        for row in reply.body.get("_embedded", {}).get("wozObjecten", []):
            del row["waarden"]
        return reply

    monkeypatch.setattr(woz_fake, "respond", short)
    (found,) = ask(woz_connection(woz_fake.url), lambda caller: objects(caller, ME, HOME))

    assert len(found.values) == 3
    assert len(heard) == 2


@pytest.mark.parametrize(
    "path",
    ["", "?postcode=1996AB&huisnummer=12", "?postcode=1", "?a=b", "/990100000112", "/990100000999", "/1"],
)
def test_every_answer_of_the_demo_keeps_to_the_text(woz_fake: Register, path: str) -> None:
    url = f"{ROOT}/wozobjecten{path}"
    answer = httpx.get(woz_fake.url + url, headers={"X-Api-Key": "key of 9901"})

    request = MockRequest(woz_fake.url, "get", url.partition("?")[0])
    check_answer(lifted(TEXT, woz_fake.url + ROOT), request, answer)


LANDLORD = {"type": "niet_natuurlijk_persoon", "naam": "Woonstichting De Duinrand"}
NEIGHBOUR = {"type": "natuurlijk_persoon", **THEIRS}
USED = {**ANSWER, "belanghebbendeGebruiker": MINE}


@pytest.mark.parametrize(
    ("sentence", "answers", "owns"),
    [
        ("it is mine", [ANSWER], True),
        (
            "mine, and I rent the garage",
            [{**USED, "belanghebbendeEigenaar": LANDLORD}, ANSWER],
            True,
        ),
        ("an organisation lets it", [{**USED, "belanghebbendeEigenaar": LANDLORD}], False),
        ("of another person, who may be my partner", [{**USED, "belanghebbendeEigenaar": NEIGHBOUR}], None),
        ("nobody says whose it is", [{**USED, "belanghebbendeEigenaar": {}}], None),
        ("nothing stands here on my name", [], None),
    ],
)
def test_whose_a_house_is(sentence: str, answers: list[dict[str, Any]], owns: bool | None) -> None:
    assert owns_home([WozObject.of(one, ME) for one in answers]) is owns, sentence
