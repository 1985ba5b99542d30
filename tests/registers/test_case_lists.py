"""The list of cases in one system: what it costs, for each kind of back end, and who hangs in it."""

from collections.abc import Sequence
from threading import Barrier

import pytest

from demo.content.residents import AYSE, HELGA
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Answer, Broken, Found, Late, Refused
from portal.registers.gather import Question, ask_one
from portal.registers.zaken import catalogue
from portal.registers.zaken import in_time as module
from portal.registers.zaken.client import Several, every, newest
from portal.registers.zaken.outline import Outline, Shown, details, outline
from portal.registers.zaken.records import Sketch

from .conftest import Ask, zaken_connection
from .crowds import case_system, many

WHO = BSN(HELGA.bsn)
BACK_ENDS = ["standard", "openzaak", "esuite", "old-1.0"]


def of(register: Register, back_end: str = "openzaak") -> Connection:
    """A connection of Zandmeer's to it."""
    return zaken_connection(register.url, back_end=back_end)


def plays(back_end: str) -> str:
    """The demo has no profile for what is exactly the standard: Open Zaak can all of it."""
    return "openzaak" if back_end == "standard" else back_end


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_every_kind_of_back_end_tells_all_of_the_resident_s_cases(ask: Ask, back_end: str) -> None:
    stories = many(HELGA, 12) + many(AYSE, 3, "XX")
    with case_system(stories, plays(back_end)) as register:
        found: Several = ask(of(register, back_end), lambda caller: every(caller, WHO))

        assert len(found.cases) == 12
        assert found.unread == 0
        assert all(one.status_came for one in found.cases)
        assert found.cases[0].zaak.started > found.cases[-1].zaak.started


@pytest.mark.parametrize(
    ("back_end", "cold", "warm"),
    [("openzaak", 4, 2), ("standard", 4, 2), ("esuite", 14, 12), ("old-1.0", 14, 12)],
)
def test_a_page_out_of_forty_cases_costs_few_calls(ask: Ask, back_end: str, cold: int, warm: int) -> None:
    with case_system(many(HELGA, 40), plays(back_end)) as register:
        connection = of(register, back_end)
        for most in (cold, warm):
            register.calls.clear()
            known: Outline = ask(connection, lambda caller: outline(caller, WHO))
            shown: Shown = ask(
                connection, lambda caller, some=known.sketches[:10]: details(caller, WHO, some)
            )

            assert (len(known.sketches), len(shown.cases)) == (40, 10)
            assert len(register.calls) == most, register.calls


def test_the_newest_cost_one_round_once_types_are_known(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both questions are on their way before either is answered: a slow register is waited for once."""
    with case_system(many(HELGA, 40)) as register:
        connection = of(register)
        ask(connection, lambda caller: newest(caller, WHO, 4))
        register.calls.clear()
        both, respond = Barrier(2), register.respond

        def together(asked: Asked) -> Reply:
            both.wait(timeout=10)
            return respond(asked)

        monkeypatch.setattr(register, "respond", together)
        found: Several = ask(connection, lambda caller: newest(caller, WHO, 4))

        assert [one.status_came for one in found.cases] == [True] * 4
        assert [one.zaak.ended for one in found.cases] == [None] * 4
        assert register.calls == ["POST /zaken/api/v1/zaken/_zoek"] * 2


def test_how_the_newest_stand_is_asked_while_the_other_pages_come(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An older system costs a call for each status: a round less, and no call more."""
    with case_system(many(HELGA, 150), "old-1.0") as register:
        connection = of(register, "old-1.0")
        together, respond = Barrier(11), register.respond

        def all_at_once(asked: Asked) -> Reply:
            if "/statussen/" in asked.path or (asked.path.endswith("/zaken") and "page" in asked.query):
                together.wait(timeout=10)
            return respond(asked)

        monkeypatch.setattr(register, "respond", all_at_once)
        known: Outline = ask(connection, lambda caller: outline(caller, WHO, 10))
        wanted = sorted(known.sketches, key=lambda one: one.zaak.started, reverse=True)[:10]
        shown: Shown = ask(connection, lambda caller: details(caller, WHO, wanted, known=known.beside))

        assert len(known.sketches) == 150
        assert [one.status_came for one in shown.cases] == [True] * 10
        assert sum("/statussen/" in call for call in register.calls) == 10


@pytest.mark.parametrize("fault", ["500", "schema"])
def test_the_newest_are_whole_where_only_the_question_beside_fails(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    with case_system(many(HELGA, 12)) as register:
        respond = register.respond

        def fails_beside(asked: Asked) -> Reply:
            beside = isinstance(asked.body, dict) and "einddatum__isnull" in asked.body
            broken = Reply(500, {}) if fault == "500" else Reply(200, {"results": [{"url": 7}]})
            return broken if beside else respond(asked)

        monkeypatch.setattr(register, "respond", fails_beside)
        found: Several = ask(of(register), lambda caller: newest(caller, WHO, 4))

        assert [one.status_came for one in found.cases] == [True] * 4


def test_what_comes_beside_of_somebody_else_s_case_shows_nothing(ask: Ask) -> None:
    with case_system(many(HELGA, 12) + many(AYSE, 12, "XX")) as register:
        register.misbehave("foreign")
        found: Several = ask(of(register), lambda caller: newest(caller, WHO, 4))

        assert {one.zaak.number[:2] for one in found.cases} == {"NR"}


def test_a_type_is_looked_up_once_however_many_cases_have_it(
    ask: Ask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with case_system(many(HELGA, 40)) as register:
        connection = of(register)
        ask(connection, lambda caller: outline(caller, WHO))
        looked_up: list[str] = []
        honest = catalogue._recall
        monkeypatch.setattr(
            catalogue, "_recall", lambda zaken, what: (looked_up.append(what), honest(zaken, what))[1]
        )
        known: Outline = ask(connection, lambda caller: outline(caller, WHO))

    kinds = {one.zaaktype.url for one in known.sketches}
    assert len(known.sketches) == 40
    assert sorted(looked_up) == sorted({*kinds, "everything"})


@pytest.mark.parametrize("back_end", ["openzaak", "standard"])
def test_where_it_can_be_searched_for_no_number_is_in_any_address(
    ask: Ask, back_end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with case_system(many(HELGA, 12)) as register:
        seen: list[str] = []
        honest = register.respond
        register.respond = lambda asked: (seen.append(f"{asked.path} {dict(asked.query)}"), honest(asked))[1]
        ask(of(register, back_end), lambda caller: every(caller, WHO))

    assert len(seen) >= 4
    assert not any(HELGA.bsn in address for address in seen)


def test_the_number_of_a_case_is_shown_as_its_resident_knows_it(ask: Ask) -> None:
    with case_system(many(HELGA, 1), "esuite") as register:
        found: Several = ask(of(register, "esuite"), lambda caller: every(caller, WHO))

    assert found.cases[0].zaak.number == "0014ESUITE00002026"
    assert found.cases[0].shown_number == "0-2026"


def test_the_newest_that_run_are_told_and_what_was_left_out_is_counted(ask: Ask, zaken: Connection) -> None:
    found: Several = ask(zaken, lambda caller: newest(caller, WHO, 1))

    assert [one.zaak.number for one in found.cases] == ["ZM-0530"]
    assert found.left_out == 2


def statuses_of(sketches: Sequence[Sketch], count: int) -> str:
    """A pattern of the addresses of the statuses of the first of these cases."""
    return "statussen/(" + "|".join(str(one.zaak.status) for one in sketches[:count]) + ")"


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Others use this machine too; `make bench` shows the times themselves."""
    monkeypatch.setattr(module, "PATIENCE", 4.0)
    monkeypatch.setattr(module, "UTMOST", 30.0)


def test_who_hangs_costs_its_own_row_only_and_is_right_again_at_the_next_visit(
    ask: Ask, patient: None
) -> None:
    with case_system(many(HELGA, 40), "old-1.0") as register:
        connection = of(register, "old-1.0")
        known: Outline = ask(connection, lambda caller: outline(caller, WHO))
        register.misbehave("hang", where=statuses_of(known.sketches, 3))
        shown: Shown = ask(connection, lambda caller: details(caller, WHO, known.sketches))

        assert [one.status_came for one in shown.cases] == [False] * 3 + [True] * 37
        assert shown.unread == 0

        register.misbehave("none")
        again: Shown = ask(connection, lambda caller: details(caller, WHO, known.sketches))
        assert all(one.status_came for one in again.cases)


@pytest.mark.parametrize("fault", ["500", "404", "401", "broken", "schema", "truncated", "huge"])
def test_one_status_that_fails_in_any_way_costs_its_own_row_only(ask: Ask, fault: str) -> None:
    with case_system(many(HELGA, 5), "old-1.0") as register:
        connection = of(register, "old-1.0")
        known: Outline = ask(connection, lambda caller: outline(caller, WHO))
        register.misbehave(fault, where=statuses_of(known.sketches, 1))
        shown: Shown = ask(connection, lambda caller: details(caller, WHO, known.sketches))

        assert [one.status_came for one in shown.cases] == [False, True, True, True, True]


@pytest.mark.parametrize("back_end", ["openzaak", "old-1.0"])
@pytest.mark.parametrize("fault", ["500", "404", "401", "broken", "schema", "truncated", "huge", "elsewhere"])
def test_a_list_that_fails_is_never_empty_or_short(here, back_end: str, fault: str) -> None:
    with case_system(many(HELGA, 5), back_end) as register:
        register.misbehave(fault, where="/zaken/api/")
        answer = ask_one(Question(of(register, back_end), lambda one: every(one, WHO)))

    assert isinstance(answer, Broken | Refused), answer


@pytest.mark.parametrize("fault", ["500", "404", "401", "broken", "schema", "truncated", "huge"])
def test_cases_whose_kind_cannot_be_read_are_never_left_out_in_silence(here, fault: str) -> None:
    with case_system(many(HELGA, 5)) as register:
        register.misbehave(fault, where="/catalogi/")
        answer = ask_one(Question(of(register), lambda caller: every(caller, WHO)))

    assert isinstance(answer, Broken | Refused), answer


def test_a_list_in_a_catalogue_that_hangs_is_late(here) -> None:
    with case_system(many(HELGA, 5)) as register:
        register.misbehave("hang", where="/catalogi/")
        answer: Answer = ask_one(Question(of(register), lambda caller: every(caller, WHO)), 1)

    assert answer == Late()


def test_one_kind_that_cannot_be_read_costs_its_own_cases_only(ask: Ask) -> None:
    with case_system(many(HELGA, 6)) as register:
        connection = of(register)
        known: Outline = ask(connection, lambda caller: outline(caller, WHO))
        kind = known.sketches[0].zaaktype.url.rpartition("/")[2]
        others = [one for one in known.sketches if one.zaaktype.url != known.sketches[0].zaaktype.url]
        register.misbehave("500", where=f"zaaktypen($|/{kind})")
        cold = of(register)
        found: Several = ask(cold, lambda caller: every(caller, WHO))

        assert [one.zaak.id for one in found.cases] == [one.zaak.id for one in others]
        assert found.unread == 6 - len(others) > 0


@pytest.mark.parametrize("back_end", ["openzaak", "old-1.0"])
def test_cases_of_others_that_a_register_hands_us_are_left_behind(ask: Ask, back_end: str) -> None:
    with case_system(many(AYSE, 5, "XX") + many(HELGA, 9)[5:], back_end) as register:
        register.misbehave("foreign")
        connection = of(register, back_end)
        found: Several = ask(connection, lambda caller: newest(caller, WHO, 2))

        assert found.cases
        assert {one.zaak.number for one in found.cases} <= {f"NR-{number:04}" for number in range(5, 9)}


def test_the_answer_of_a_search_is_no_answer_to_the_next(
    ask: Ask, zaken: Connection, zaken_fake: Register
) -> None:
    """Types are remembered; what is a resident's is not."""
    assert isinstance(ask(zaken, lambda caller: every(caller, WHO)), Several)
    zaken_fake.misbehave("500", where="_zoek")

    assert isinstance(ask_one(Question(zaken, lambda caller: every(caller, WHO))), Broken)
    zaken_fake.misbehave("none")
    assert isinstance(ask_one(Question(zaken, lambda caller: every(caller, WHO))), Found)
