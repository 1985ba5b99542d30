"""Businesses: only those that stand beside the resident in a case of theirs, and never an address."""

from typing import Any

import httpx
import pytest
from django.test import Client
from openapi_core.testing import MockRequest

from demo.content.own_registers import TRADES
from demo.content.residents import KEES, PETRI
from demo.registers.faults import FAULTS, SLOW
from demo.registers.kvk import ROOT
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.registers import caller
from portal.registers.answers import Broken
from portal.registers.gather import Question, ask_one
from portal.registers.kvk.client import businesses
from portal.registers.kvk.records import Business
from portal.registers.kvk.visible import groups
from portal.registers.zaken.records import Rol, Zaak
from portal.registers.zaken.visible import businesses_beside
from tests.mijn.conftest import body_of, connected, signed_in

from .conftest import KEY, Ask, brp_connection, zaken_connection
from .own_registers import kvk_connection, kvk_fake, kvk_register
from .specs import lifted
from .test_contracts import check, check_answer

__all__ = ["kvk_fake", "kvk_register"]
TEXT = "kvk/basisprofiel-1.3"
DE_HOOP, OTHER = TRADES
ZAAK_URL = "http://zaken.example/zaken/1"


def part_of(role: str = "mede_initiator", kind: str = "vestiging", **who: Any) -> Rol:
    return Rol.of(
        {
            "zaak": ZAAK_URL,
            "betrokkeneType": kind,
            "omschrijvingGeneriek": role,
            "betrokkeneIdentificatie": {"kvkNummer": DE_HOOP, **who},
        }
    )


@pytest.mark.parametrize(
    ("sentence", "rol", "found"),
    [
        ("it asked together with the resident", part_of(), [DE_HOOP]),
        ("it asked itself", part_of("initiator", "niet_natuurlijk_persoon"), [DE_HOOP]),
        ("it is an interested party only", part_of("belanghebbende"), []),
        ("it is a person", part_of(kind="natuurlijk_persoon"), []),
        ("its number is none", part_of(kvkNummer="../../v2"), []),
        ("its number is too long", part_of(kvkNummer=DE_HOOP + "1"), []),
        ("it has none", part_of(kvkNummer=""), []),
    ],
)
def test_a_case_proves_a_business_only_where_it_asked(sentence: str, rol: Rol, found: list[str]) -> None:
    zaak = Zaak.__new__(Zaak)
    object.__setattr__(zaak, "url", ZAAK_URL)

    assert businesses_beside(zaak, [rol]) == found, sentence


def test_of_another_case_nothing_is_proven() -> None:
    zaak = Zaak.__new__(Zaak)
    object.__setattr__(zaak, "url", "http://zaken.example/zaken/2")

    assert businesses_beside(zaak, [part_of()]) == []


@pytest.fixture
def heard(kvk_fake: Register, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Asked, Reply]]:
    calls: list[tuple[Asked, Reply]] = []
    respond = kvk_fake.respond

    def note(asked: Asked) -> Reply:
        calls.append((asked, respond(asked)))
        return calls[-1][1]

    monkeypatch.setattr(kvk_fake, "respond", note)
    return calls


def test_our_questions_and_the_answers_keep_to_the_text(
    ask: Ask, kvk_fake: Register, heard: list[tuple[Asked, Reply]]
) -> None:
    found = ask(
        kvk_connection(kvk_fake.url), lambda register: businesses(register, [DE_HOOP, "90009999", OTHER])
    )

    assert [one.name for one in found if one.is_known] == ["Timmerbedrijf De Hoop", "Atelier Tubbergen"]
    assert [one.number for one in found if not one.is_known] == ["90009999"], "never silently left out"
    for asked, reply in heard:
        if reply.status == 200:  # the text promises a profile for whatever else too
            check(lifted(TEXT, kvk_fake.url + ROOT), kvk_fake.url, asked, reply)


def test_the_demo_s_answer_keeps_to_the_text(kvk_fake: Register) -> None:
    path = f"{ROOT}/v1/basisprofielen/{OTHER}"
    answer = httpx.get(kvk_fake.url + path, headers={"apikey": KEY})

    check_answer(lifted(TEXT, kvk_fake.url + ROOT), MockRequest(kvk_fake.url, "get", path), answer)


def test_a_business_is_worded_without_its_address(ask: Ask, kvk_fake: Register) -> None:
    found: list[Business] = ask(
        kvk_connection(kvk_fake.url), lambda register: businesses(register, [DE_HOOP, OTHER])
    )
    first, second = groups(found)

    assert [(fact.label, fact.value) for fact in first.facts] == [
        ("KVK-nummer", DE_HOOP),
        ("Andere namen", "De Hoop Kozijnen"),
        ("Rechtsvorm", "Eenmanszaak"),
        ("Wat de onderneming doet", "Bouwtimmeren"),
        ("Begonnen op", "1 april 1998"),
    ]
    assert [fact.value for fact in second.facts if fact.label == "Begonnen op"] == ["2019"]
    assert KEES.street not in str(found)


def test_another_business_than_asked_breaks_the_answer(here: object, kvk_fake: Register) -> None:
    kvk_fake.misbehave("foreign")
    question = Question(kvk_connection(kvk_fake.url), lambda register: businesses(register, [DE_HOOP]))

    assert isinstance(ask_one(question), Broken)


class TestOnThePage:
    @pytest.fixture
    def whole(
        self, veldrecht: Municipality, brp_fake: Register, zaken_fake: Register, kvk_fake: Register
    ) -> Municipality:
        connected(veldrecht, brp_connection(brp_fake.url))
        connected(veldrecht, zaken_connection(zaken_fake.url, "9902"))
        connected(veldrecht, kvk_connection(kvk_fake.url))
        return veldrecht

    @pytest.fixture
    def kees(self, whole: Municipality) -> Client:
        return signed_in(whole, BSN(KEES.bsn))

    def test_a_business_in_a_case_is_there_and_it_is_said_what_that_proves(self, kees: Client) -> None:
        page = body_of(kees.get("/mijn/gegevens/")).split('<div slot="kvk">')[1].split("</section>")[0]

        assert "Timmerbedrijf De Hoop" in page
        assert "Of zij van u is, zegt het Handelsregister ons niet." in page
        assert KEES.street not in page

    def test_who_has_none_reads_nothing_of_it_and_nothing_is_asked(
        self, whole: Municipality, kvk_fake: Register
    ) -> None:
        page = body_of(signed_in(whole, BSN(PETRI.bsn)).get("/mijn/gegevens/"))

        assert 'id="kvk"' not in page
        assert kvk_fake.calls == []

    def test_while_the_cases_are_not_there_it_is_not_called_absent(
        self, kees: Client, zaken_fake: Register
    ) -> None:
        zaken_fake.misbehave("500")
        page = body_of(kees.get("/mijn/gegevens/")).split('<div slot="kvk">')[1].split("</section>")[0]

        assert "is nu niet te zien" in page

    @pytest.mark.parametrize("fault", [one for one in FAULTS if one not in {"none", "delay"}])
    def test_whatever_the_register_does_costs_its_own_part_only(
        self, kees: Client, kvk_fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if fault in SLOW:
            monkeypatch.setattr(caller, "LIMIT", 1.5)
        kvk_fake.misbehave(fault)
        answer = kees.get("/mijn/gegevens/")
        page = body_of(answer)
        part = page.split('<div slot="kvk">')[1].split("</section>")[0]

        assert answer.status_code == 200
        assert KEES.street in page
        assert "Atelier Tubbergen" not in page, "somebody else's"
        if fault == "404":
            assert "Het Handelsregister kent dit nummer nu niet." in part
        elif "Timmerbedrijf De Hoop" not in part:
            assert "is nu niet te zien" in part
            assert "tel:" in part, "and whom to call"
