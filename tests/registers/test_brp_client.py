"""The BRP's client against the demo's BRP, over HTTP."""

import pytest

from demo.content.residents import ABDELLAH, AYSE, FARID, HELGA, MEETINA, TRUDY
from demo.registers.serving import Register
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken, Refused
from portal.registers.brp.client import person
from portal.registers.brp.records import Person
from portal.registers.gather import Question, ask_one

from .conftest import Ask, brp_connection


def test_a_resident_is_found_with_name_birth_address_and_family(ask: Ask, brp: Connection) -> None:
    helga: Person = ask(brp, lambda caller: person(caller, BSN(HELGA.bsn)))

    assert helga.name == "Helga Huisman"
    assert helga.born is not None
    assert helga.born.text == "20 december 1987"
    assert helga.address == ["Duinroosstraat 12", "1996 AB Zandmeer"]
    assert helga.municipality_code == "9901"
    assert [(one.tie, one.name) for one in helga.family] == [
        ("kind", "Harold Hamersma"),
        ("kind", "Harm Hamersma"),
        ("kind", "Harry Hamersma"),
        ("ouder", "Halina Helger"),
        ("ouder", "Hannes Huisman"),
    ]


@pytest.mark.parametrize(
    ("resident", "text"), [(ABDELLAH, "juli 1975"), (FARID, "1951")], ids=["no day", "only a year"]
)
def test_a_date_is_never_completed(ask: Ask, brp: Connection, resident, text: str) -> None:
    found: Person = ask(brp, lambda caller: person(caller, BSN(resident.bsn)))

    assert found.born is not None
    assert found.born.text == text
    assert found.born.exact is None


def test_a_partners_name_stands_where_the_person_wants_it(ask: Ask, brp: Connection) -> None:
    meetina: Person = ask(brp, lambda caller: person(caller, BSN(MEETINA.bsn)))

    assert meetina.addressed_as == "M.G. Altena-Kierkegaard"


def test_flags_that_protect_people_are_read(ask: Ask, brp: Connection) -> None:
    ayse: Person = ask(brp, lambda caller: person(caller, BSN(AYSE.bsn)))
    trudy: Person = ask(brp, lambda caller: person(caller, BSN(TRUDY.bsn)))

    assert ayse.secret
    assert trudy.suspended == "O"


def test_an_unknown_number_is_nobody(ask: Ask, brp: Connection) -> None:
    assert ask(brp, lambda caller: person(caller, BSN("999993653"))) is None


def test_a_relatives_number_and_address_are_never_kept(ask: Ask, brp: Connection) -> None:
    helga: Person = ask(brp, lambda caller: person(caller, BSN(HELGA.bsn)))

    fields = {name for one in helga.family for name in one.__slots__}
    assert fields == {"tie", "name", "born", "until", "in_doubt"}


def test_no_record_shows_a_person_when_printed(ask: Ask, brp: Connection) -> None:
    printed = repr(ask(brp, lambda caller: person(caller, BSN(HELGA.bsn))))

    for secret in (HELGA.bsn, "Helga", "Huisman", "1987", "Duinroosstraat", "Hamersma"):
        assert secret not in printed


def test_the_question_goes_in_the_body_and_not_in_the_address(
    ask: Ask, brp: Connection, brp_fake: Register
) -> None:
    ask(brp, lambda caller: person(caller, BSN(HELGA.bsn)))

    assert brp_fake.calls == ["POST /haalcentraal/api/brp/personen"]


def test_nobody_is_asked_when_there_is_no_person(here, brp: Connection, brp_fake: Register) -> None:
    for nobody in (None, "", "000000000"):
        answer = ask_one(Question(brp, lambda caller, who=nobody: person(caller, who)))
        assert isinstance(answer, Broken)
    assert brp_fake.calls == []


def test_a_wrong_key_is_told_apart_from_no_answer(here, brp_fake: Register) -> None:
    wrong = brp_connection(brp_fake.url, api_key="wrong")

    assert ask_one(Question(wrong, lambda caller: person(caller, BSN(HELGA.bsn)))) == Refused()


@pytest.mark.parametrize("kind", ["500", "404", "broken"])
def test_a_broken_register_is_never_nobody(here, brp: Connection, brp_fake: Register, kind: str) -> None:
    brp_fake.misbehave(kind)

    assert isinstance(ask_one(Question(brp, lambda caller: person(caller, BSN(HELGA.bsn)))), Broken)
