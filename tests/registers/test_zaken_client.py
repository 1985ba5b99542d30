"""The client of Zaken and Catalogi against the demo's case system, over HTTP."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from demo.content.cases import CASES, CaseStory
from demo.content.residents import ABDELLAH, HELGA, KEES, ROBBERT
from demo.registers.serving import Register, Reply
from demo.registers.zaken import Zaken
from demo.registers.zgw_store import Store
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken, Found, Refused
from portal.registers.gather import Question, ask_one
from portal.registers.zaken.client import case, cases
from portal.registers.zaken.records import Case, CaseInList

from .conftest import DAY, SECRET, Ask, zaken_connection


def numbers(found: list[CaseInList]) -> list[str]:
    return [one.zaak.number for one in found]


def id_of(ask: Ask, zaken: Connection, bsn: str, number: str) -> UUID:
    found: list[CaseInList] = ask(zaken, lambda caller: cases(caller, BSN(bsn)))
    return next(one.zaak.id for one in found if one.zaak.number == number)


def test_a_resident_sees_the_own_cases_newest_first(ask: Ask, zaken: Connection) -> None:
    found: list[CaseInList] = ask(zaken, lambda caller: cases(caller, BSN(HELGA.bsn)))

    assert numbers(found) == ["ZM-0530", "ZM-0507", "ZM-0411"]
    assert found[1].zaaktype.title == "Omgevingsvergunning dakkapel"
    assert found[1].status_text == "Wij beoordelen uw plan. Wij bellen als iets niet past."


def test_internal_secret_and_statusless_cases_stay_out_though_the_register_gives_them(
    ask: Ask, zaken_fake: Register
) -> None:
    wide = zaken_connection(zaken_fake.url)
    found: list[CaseInList] = ask(wide, lambda caller: cases(caller, BSN(HELGA.bsn)))

    assert {"ZM-0999", "ZM-0998", "ZM-0997"}.isdisjoint(numbers(found))


def test_somebody_without_cases_has_an_empty_list(ask: Ask, zaken_fake: Register) -> None:
    oeverstad = zaken_connection(zaken_fake.url, "9903")

    assert ask(oeverstad, lambda caller: cases(caller, BSN(ROBBERT.bsn))) == []


def test_the_number_goes_in_the_body_and_the_list_costs_one_call(
    ask: Ask, zaken: Connection, zaken_fake: Register
) -> None:
    ask(zaken, lambda caller: cases(caller, BSN(HELGA.bsn)))  # types are asked for once
    zaken_fake.calls.clear()

    ask(zaken, lambda caller: cases(caller, BSN(HELGA.bsn)))

    assert zaken_fake.calls == ["POST /zaken/api/v1/zaken/_zoek"]


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
        answer = ask_one(Question(zaken, lambda caller, who=nobody: cases(caller, who)))
        assert isinstance(answer, Broken)
        answer = ask_one(Question(zaken, lambda caller, who=nobody: case(caller, who, uuid4())))
        assert isinstance(answer, Broken)
    assert zaken_fake.calls == []


def test_a_wrong_secret_is_told_apart_from_no_answer(here, zaken_fake: Register) -> None:
    wrong = zaken_connection(zaken_fake.url, secret="not the secret of this client at all")

    assert ask_one(Question(wrong, lambda caller: cases(caller, BSN(HELGA.bsn)))) == Refused()


@pytest.mark.parametrize("kind", ["500", "404", "broken"])
def test_a_broken_register_is_never_an_empty_list(
    here, zaken: Connection, zaken_fake: Register, kind: str
) -> None:
    zaken_fake.misbehave(kind)

    assert isinstance(ask_one(Question(zaken, lambda caller: cases(caller, BSN(HELGA.bsn)))), Broken)


@pytest.fixture
def crowded(monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """Abdellah has 250 cases, and the register's filter is broken: it hands him those of others too."""
    model = next(story for story in CASES if story.resident is ABDELLAH)
    stories: list[CaseStory] = [replace(model, number=f"OS-{number:04}") for number in range(250)]
    stories += [replace(model, resident=ROBBERT, number="OS-9999")]
    monkeypatch.setattr(Store, "matches", lambda *_: True)
    with Register("crowded", lambda _asked: Reply(503, None)) as register:
        register.respond = Zaken(register.url, {"mijn-9903": SECRET}, DAY, stories)
        yield register


def test_all_pages_are_read_and_a_smuggled_case_stays_out(ask: Ask, crowded: Register) -> None:
    connection = zaken_connection(crowded.url, "9903")

    found: list[CaseInList] = ask(connection, lambda caller: cases(caller, BSN(ABDELLAH.bsn)))

    assert len(found) == 250
    assert "OS-9999" not in numbers(found)
    assert len([call for call in crowded.calls if "_zoek" in call]) == 3
    kinds = {one.zaaktype.url for one in found}
    steps_asked = [call for call in crowded.calls if "statustypen" in call]
    assert len(steps_asked) <= len(kinds) + 1, "each kind is asked once, however long the list"


def test_no_record_shows_a_number_when_printed(ask: Ask, zaken: Connection) -> None:
    zaak = id_of(ask, zaken, HELGA.bsn, "ZM-0411")
    answer = ask_one(Question(zaken, lambda caller: case(caller, BSN(HELGA.bsn), zaak)))

    assert isinstance(answer, Found)
    assert HELGA.bsn not in repr(answer)
