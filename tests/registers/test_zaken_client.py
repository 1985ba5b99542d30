"""The client of Zaken and Catalogi against the demo's case system, over HTTP."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from demo.content.residents import ABDELLAH, HELGA, KEES, ROBBERT
from demo.registers.serving import Register
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken, Found, Refused
from portal.registers.gather import Question, ask_one
from portal.registers.zaken.client import Several, case, every
from portal.registers.zaken.records import Case

from .conftest import Ask, zaken_connection
from .crowds import case_system, many


def numbers(found: Several) -> list[str]:
    return [one.zaak.number for one in found.cases]


def id_of(ask: Ask, zaken: Connection, bsn: str, number: str) -> UUID:
    found: Several = ask(zaken, lambda caller: every(caller, BSN(bsn)))
    return next(one.zaak.id for one in found.cases if one.zaak.number == number)


def test_a_resident_sees_the_own_cases_newest_first(ask: Ask, zaken: Connection) -> None:
    found: Several = ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn)))

    assert numbers(found) == ["ZM-0530", "ZM-0507", "ZM-0411"]
    assert found.cases[1].zaaktype.title == "Omgevingsvergunning dakkapel"
    assert found.cases[1].status_text == "Wij beoordelen uw plan. Wij bellen als iets niet past."


def test_internal_secret_and_statusless_cases_stay_out_though_the_register_gives_them(
    ask: Ask, zaken_fake: Register
) -> None:
    wide = zaken_connection(zaken_fake.url)
    found: Several = ask(wide, lambda caller: every(caller, BSN(HELGA.bsn)))

    assert {"ZM-0999", "ZM-0998", "ZM-0997"}.isdisjoint(numbers(found))


def test_somebody_without_cases_has_an_empty_list(ask: Ask, zaken_fake: Register) -> None:
    oeverstad = zaken_connection(zaken_fake.url, "9903")

    assert ask(oeverstad, lambda caller: every(caller, BSN(ROBBERT.bsn))).cases == []


def test_the_number_goes_in_the_body_and_the_list_costs_two_calls(
    ask: Ask, zaken: Connection, zaken_fake: Register
) -> None:
    ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn)))  # types are asked for once
    zaken_fake.calls.clear()

    ask(zaken, lambda caller: every(caller, BSN(HELGA.bsn)))

    assert zaken_fake.calls == ["POST /zaken/api/v1/zaken/_zoek"] * 2


def test_a_case_is_shown_with_its_steps_team_and_result(
    ask: Ask, zaken: Connection, zaken_fake: Register
) -> None:
    zaak = id_of(ask, zaken, HELGA.bsn, "ZM-0411")

    found: Case = ask(zaken, lambda caller: case(caller, BSN(HELGA.bsn), zaak))

    assert found.result == "Verwerkt"
    assert len(found.statuses) == len(found.statustypes) == 3
    assert [rol.team for rol in found.roles if rol.team] == ["Team Burgerzaken"]


def test_a_case_costs_at_most_four_calls_once_its_types_are_known(
    ask: Ask, zaken: Connection, zaken_fake: Register
) -> None:
    zaak = id_of(ask, zaken, HELGA.bsn, "ZM-0411")
    ask(zaken, lambda caller: case(caller, BSN(HELGA.bsn), zaak))
    zaken_fake.calls.clear()

    ask(zaken, lambda caller: case(caller, BSN(HELGA.bsn), zaak))

    assert len(zaken_fake.calls) == 4


def test_somebody_elses_case_answers_just_as_one_that_is_not_there(ask: Ask, zaken_fake: Register) -> None:
    veldrecht = zaken_connection(zaken_fake.url, "9902")
    of_kees = id_of(ask, veldrecht, KEES.bsn, "VR-0118")

    assert ask(veldrecht, lambda caller: case(caller, BSN(HELGA.bsn), of_kees)) is None
    assert ask(veldrecht, lambda caller: case(caller, BSN(HELGA.bsn), uuid4())) is None


def test_another_municipalitys_case_is_not_there(ask: Ask, zaken: Connection, zaken_fake: Register) -> None:
    of_kees = id_of(ask, zaken_connection(zaken_fake.url, "9902"), KEES.bsn, "VR-0118")

    assert ask(zaken, lambda caller: case(caller, BSN(KEES.bsn), of_kees)) is None


def test_nobodys_cases_are_never_asked(here, zaken: Connection, zaken_fake: Register) -> None:
    for nobody in (None, ""):
        answer = ask_one(Question(zaken, lambda caller, who=nobody: every(caller, who)))
        assert isinstance(answer, Broken)
        answer = ask_one(Question(zaken, lambda caller, who=nobody: case(caller, who, uuid4())))
        assert isinstance(answer, Broken)
    assert zaken_fake.calls == []


def test_a_wrong_secret_is_told_apart_from_no_answer(here, zaken_fake: Register) -> None:
    wrong = zaken_connection(zaken_fake.url, secret="not the secret of this client at all")

    assert ask_one(Question(wrong, lambda caller: every(caller, BSN(HELGA.bsn)))) == Refused()


@pytest.mark.parametrize("kind", ["500", "404", "broken"])
def test_a_broken_register_is_never_an_empty_list(
    here, zaken: Connection, zaken_fake: Register, kind: str
) -> None:
    zaken_fake.misbehave(kind)

    assert isinstance(ask_one(Question(zaken, lambda caller: every(caller, BSN(HELGA.bsn)))), Broken)


def test_all_pages_are_read_and_a_smuggled_case_stays_out(ask: Ask) -> None:
    stories = [*many(ABDELLAH, 250), replace(many(ABDELLAH, 1)[0], resident=ROBBERT, number="OS-9999")]
    with case_system(stories) as crowded:
        crowded.misbehave("foreign")  # it hands him those of others too
        connection = zaken_connection(crowded.url, "9903", back_end="standard")
        found: Several = ask(connection, lambda caller: every(caller, BSN(ABDELLAH.bsn)))

        assert len(found.cases) == 250
        assert "OS-9999" not in numbers(found)
        assert found.unread == 0
        assert len([call for call in crowded.calls if "_zoek" in call]) == 6, "a hundred a page, asked twice"
        assert len([call for call in crowded.calls if "typen" in call]) == 2, "all types at once"


def test_no_record_shows_a_number_when_printed(ask: Ask, zaken: Connection) -> None:
    zaak = id_of(ask, zaken, HELGA.bsn, "ZM-0411")
    answer = ask_one(Question(zaken, lambda caller: case(caller, BSN(HELGA.bsn), zaak)))

    assert isinstance(answer, Found)
    assert HELGA.bsn not in repr(answer)
