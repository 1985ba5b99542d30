"""The page of somebody with many cases: a table with search, choices and pages, out of several systems."""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection as database
from django.db.models.sql.compiler import SQLCompiler
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from demo.content.residents import AYSE as AYSE_HERSELF
from demo.content.residents import HELGA as HELGA_HERSELF
from demo.registers.serving import Register
from portal.municipalities.models import Municipality
from tests.registers.conftest import zaken_connection
from tests.registers.crowds import case_system, many

from .conftest import body_of, connected, signed_in


@pytest.fixture
def busy() -> Iterator[Register]:
    """A case system with forty cases of Helga's, and ten of Ayse's."""
    with case_system(many(HELGA_HERSELF, 40) + many(AYSE_HERSELF, 10, "XX")) as register:
        yield register


@pytest.fixture
def helga(zandmeer: Municipality, busy: Register) -> Client:
    connected(zandmeer, zaken_connection(busy.url))
    return signed_in(zandmeer)


def page(browser: Client, query: str = "") -> str:
    answer = browser.get(f"/mijn/zaken/{query}")
    assert answer.status_code == 200
    return body_of(answer)


def numbers(shown: str) -> list[str]:
    """The cases in the table, in its order."""
    return [row.split("</bdi>")[0] for row in shown.split("<td><bdi>")[1:]]


def test_the_newest_ten_stand_in_a_table_and_the_others_on_further_pages(helga: Client) -> None:
    first, second = page(helga), page(helga, "?bladzijde=2")

    assert "<caption>Zaak 1 tot en met 10 van 40</caption>" in first
    assert numbers(first) == [f"NR-{number:04}" for number in range(10)]
    assert numbers(second) == [f"NR-{number:04}" for number in range(10, 20)]
    assert "Bladzijde 1 van 4" in first
    assert 'href="?bladzijde=2"' in first
    assert "Nieuwere zaken" not in first


def test_all_pages_together_are_all_cases(helga: Client) -> None:
    seen = [number for one in range(1, 5) for number in numbers(page(helga, f"?bladzijde={one}"))]

    assert sorted(seen) == sorted({f"NR-{number:04}" for number in range(40)})


def test_a_page_costs_two_calls_once_types_are_known_and_only_what_it_shows_is_asked_in_full(
    helga: Client, busy: Register
) -> None:
    page(helga)
    busy.calls.clear()
    page(helga, "?bladzijde=3")

    assert busy.calls == ["POST /zaken/api/v1/zaken/_zoek"] * 2


@pytest.mark.parametrize(
    ("back_end", "cold", "warm"), [("openzaak", 4, 2), ("esuite", 14, 12), ("old-1.0", 14, 12)]
)
def test_the_whole_page_costs_few_calls_with_every_kind_of_back_end(
    zandmeer: Municipality, back_end: str, cold: int, warm: int
) -> None:
    with case_system(many(HELGA_HERSELF, 40), back_end) as register:
        connected(zandmeer, zaken_connection(register.url, back_end=back_end))
        browser = signed_in(zandmeer)
        for most in (cold, warm):
            register.calls.clear()
            shown = page(browser)

            assert "Bezwaar" in kinds_to_choose(shown)
            assert len(register.calls) == most, register.calls


def test_a_warm_page_asks_the_database_six_things_in_three_transactions(helga: Client) -> None:
    page(helga)
    with CaptureQueriesContext(database) as seen:
        page(helga)

    said = [one["sql"] for one in seen if "set_config" not in one["sql"]]
    asked = [one.split()[0] for one in said if "SAVEPOINT" not in one]
    assert asked == ["SELECT", "UPDATE", *["SELECT"] * 4], said
    assert len([one for one in said if one.startswith("SAVEPOINT")]) == 3


def test_for_a_warm_page_django_words_no_query_anew(helga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page(helga)
    worded: list[str] = []
    honest = SQLCompiler.as_sql
    monkeypatch.setattr(
        SQLCompiler,
        "as_sql",
        lambda it, *a, **b: (worded.append(str(it.query.model)), honest(it, *a, **b))[1],
    )
    page(helga)

    assert worded == []


def test_a_warm_page_draws_few_templates_however_much_there_is_to_choose(
    helga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page(helga)
    drawn: list[str] = []
    honest = Template.render
    monkeypatch.setattr(
        Template, "render", lambda it, context: (drawn.append(it.name), honest(it, context))[1]
    )
    page(helga)

    assert len(drawn) <= 35, drawn


def kinds_to_choose(shown: str) -> str:
    return shown.split('name="soort"')[1].split("</select>")[0]


@pytest.mark.parametrize(
    "query", ["?bladzijde=99", "?bladzijde=0", "?bladzijde=x", "?bladzijde=-1", "?jaar=²²²²"]
)
def test_whatever_the_address_says_there_is_a_page(helga: Client, query: str) -> None:
    assert "Bladzijde" in page(helga, f"?{query}") or "geen zaak" in page(helga, f"?{query}")


def test_a_word_a_number_a_state_a_kind_and_a_year_each_choose(helga: Client) -> None:
    assert numbers(page(helga, "?zoek=nr-0007")) == ["NR-0007"]
    assert all("verhui" in row.lower() for row in page(helga, "?zoek=VERHUIZING").split("<tr>")[2:])
    assert "Loopt nog" not in page(helga, "?toon=afgerond").split("<tbody>")[1]
    assert page(helga, "?toon=lopend").split("<tbody>")[1].count("Loopt nog") == 10
    assert set(kinds(page(helga, "?soort=bezwaar"))) == {"Bezwaar"}
    assert numbers(page(helga, "?jaar=2026"))


def kinds(shown: str) -> list[str]:
    return [row.split("</a>")[0].rpartition(">")[2] for row in shown.split('<th scope="row"')[1:]]


def test_what_was_chosen_stands_in_the_form_and_goes_along_to_the_next_page(helga: Client) -> None:
    shown = page(helga, "?toon=lopend&zoek=e")

    assert '<option value="lopend" selected>' in shown
    assert 'value="e"' in shown
    assert 'href="?zoek=e&amp;toon=lopend&amp;bladzijde=2"' in shown


def test_a_choice_without_cases_says_so_and_leads_back(helga: Client) -> None:
    shown = page(helga, "?zoek=bestaat-niet")

    assert "In deze keuze staat geen zaak." in shown
    assert 'href="/mijn/zaken/"' in shown


def test_a_bsn_is_not_looked_for_and_not_repeated(helga: Client) -> None:
    shown = page(helga, "?zoek=999970458")

    assert "Vul hier geen BSN in. Wij hebben er niet op gezocht." in shown
    assert "999970458" not in shown
    assert len(numbers(shown)) == 10
    assert "999970458" not in page(helga, "?zoek=mijn+9999.70.458")


def test_a_register_that_forgets_to_filter_gives_nothing_of_others_away(
    helga: Client, busy: Register
) -> None:
    only_his = {one.kind for one in many(AYSE_HERSELF, 10, "XX")}
    assert only_his
    busy.misbehave("foreign")
    shown = [page(helga, f"?bladzijde={one}") for one in range(1, 6)]

    seen = [number for one in shown for number in numbers(one)]
    assert sorted(set(seen)) == [f"NR-{number:04}" for number in range(40)]


def test_of_kinds_and_years_only_the_own_are_offered(zandmeer: Municipality) -> None:
    own = [one for one in many(HELGA_HERSELF, 40) if one.kind == "parkeren"]
    own = [replace(own[0], number=f"NR-1{number:03}", started=-number) for number in range(12)]
    hers = [one for one in many(AYSE_HERSELF, 20, "XX") if one.kind == "bijstand"]
    hers = [replace(one, started=-800, reached=[-800]) for one in hers]
    with case_system(own + hers) as register:
        register.misbehave("foreign")
        connected(zandmeer, zaken_connection(register.url))
        shown = page(signed_in(zandmeer))

    assert '<option value="parkeren">' in shown
    assert "bijstand" not in shown.lower()
    assert "2024" not in shown


class TestSeveralSystems:
    @pytest.fixture
    def second(self, zandmeer: Municipality, helga: Client) -> Iterator[Register]:
        """Another system that has two of the same cases, and one newer of its own."""
        same = many(HELGA_HERSELF, 2)
        own = replace(many(HELGA_HERSELF, 1)[0], number="PK-0001", about="Alleen hier")
        with case_system([*same, own], "old-1.0") as register:
            connected(zandmeer, zaken_connection(register.url, back_end="old-1.0"), "Parkeren")
            yield register

    def test_a_case_that_two_systems_hold_stands_there_once(self, helga: Client, second: Register) -> None:
        shown = page(helga)

        assert "van 41</caption>" in shown
        assert numbers(shown)[:3] == ["PK-0001", "NR-0000", "NR-0001"]

    def test_a_system_that_breaks_says_so_and_the_other_is_shown(
        self, helga: Client, second: Register
    ) -> None:
        second.misbehave("500")
        shown = page(helga)

        assert "Een deel van uw zaken is nu niet te zien." in shown
        assert len(numbers(shown)) == 10

    def test_a_system_that_breaks_between_list_and_details_says_so(
        self, helga: Client, second: Register, busy: Register
    ) -> None:
        page(helga)
        honest, asked = busy.respond, []

        def once(question):  # type: ignore[no-untyped-def]
            asked.append(question)
            busy.misbehave("500" if len(asked) >= 2 else "none")
            return honest(question)

        busy.respond = once
        answer = helga.get("/mijn/zaken/")

        assert "Een deel van uw zaken is nu niet te zien." in body_of(answer)
        assert "PK-0001" in body_of(answer)


def test_statuses_that_do_not_come_are_marked_and_can_be_asked_again(
    zandmeer: Municipality, brp_id: UUID
) -> None:
    with case_system(many(HELGA_HERSELF, 20), "old-1.0") as register:
        connected(zandmeer, zaken_connection(register.url, back_end="old-1.0"))
        browser = signed_in(zandmeer)
        page(browser)
        hanging = [call.rpartition("/")[2] for call in register.calls if "/statussen/" in call][:3]
        register.misbehave("hang", where="|".join(hanging))
        shown = page(browser)

        assert shown.split("<tbody>")[1].count("Nog niet binnen") == 3
        assert len(numbers(shown)) == 10
        assert "Haal ze nog een keer op" in shown
        assert 'data-again="/mijn/zaken/' in shown, "the script fills them in by itself"
        assert "Wij weten nu van al deze zaken hoe het staat." in shown, "and says so"

        register.misbehave("none")
        assert "Nog niet binnen" not in page(browser)


def test_on_the_overview_they_are_asked_again_too(zandmeer: Municipality, brp_id: UUID) -> None:
    with case_system(many(HELGA_HERSELF, 4), "old-1.0") as register:
        connected(zandmeer, zaken_connection(register.url, back_end="old-1.0"))
        browser = signed_in(zandmeer)
        body_of(browser.get("/mijn/"))
        (hanging, *_more) = [call.rpartition("/")[2] for call in register.calls if "/statussen/" in call]
        register.misbehave("hang", where=hanging)
        shown = body_of(browser.get("/mijn/")).split('<div slot="zaken">')[1].split("</section>")[0]

        assert shown.count("Nog niet binnen</span>") == 1
        assert 'data-again="/mijn/onderdeel/zaken/"' in shown
