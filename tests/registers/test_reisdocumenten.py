"""Travel documents: the question against the demo and the official text, and what is read of them."""

from datetime import date
from typing import Any

import httpx
import pytest
from openapi_core.testing import MockRequest

from demo.content.residents import HELGA, RESIDENTS
from demo.registers.reisdocumenten import PATH, ROOT
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.registers.answers import Broken, Refused
from portal.registers.errors import NoPerson
from portal.registers.gather import Question, ask_one
from portal.registers.reisdocumenten.client import documents
from portal.registers.reisdocumenten.records import TravelDocument
from portal.registers.reisdocumenten.visible import groups

from .conftest import DAY, KEY, Ask
from .own_registers import papers_connection, papers_fake, papers_register
from .specs import lifted
from .test_contracts import check, check_answer

__all__ = ["papers_fake", "papers_register"]
TEXT = "haalcentraal/reisdocumenten-2.0.0"
ANSWER: dict[str, Any] = {
    "reisdocumentnummer": "NX45F0127",
    "soort": {"code": "PN", "omschrijving": "Nationaal paspoort"},
    "datumEindeGeldigheid": {"type": "Datum", "datum": "2030-11-23", "langFormaat": "23 november 2030"},
    "houder": {"burgerservicenummer": HELGA.bsn},
}


def worded(**other: Any) -> str:
    (group,) = groups([TravelDocument.of({**ANSWER, **other})], DAY)
    return group.facts[0].value


def day(text: str) -> dict[str, Any]:
    return {"type": "Datum", "datum": date.fromisoformat(text).isoformat(), "langFormaat": "x"}


MISSED = day("2026-08-19")


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({}, "Nummer NX45F0127, geldig tot en met 23 november 2030"),
        (
            {"datumEindeGeldigheid": day("2026-11-24")},
            "Nummer NX45F0127, geldig tot en met 24 november 2026",
        ),
        ({"datumEindeGeldigheid": day("2026-11-23")}, "Nummer NX45F0127, verlopen sinds 23 november 2026"),
        (
            {"datumEindeGeldigheid": {"type": "JaarDatum", "jaar": 2028, "langFormaat": "2028"}},
            "Nummer NX45F0127, geldig tot en met 2028",
        ),
        ({"datumEindeGeldigheid": None, "reisdocumentnummer": None}, ""),
        (
            {
                "inhoudingOfVermissing": {
                    "aanduiding": {"omschrijving": "Vermist"},
                    "datum": day("2026-08-19"),
                }
            },
            "Nummer NX45F0127, vermist sinds 19 augustus 2026",
        ),
        (
            {"inhoudingOfVermissing": {"datum": {"type": "DatumOnbekend", "langFormaat": "onbekend"}}},
            "Nummer NX45F0127, niet meer in gebruik sinds onbekend",
        ),
    ],
)
def test_a_document_is_worded_for_its_holder(other: dict[str, Any], says: str) -> None:
    assert worded(**other) == says


def test_who_has_none_has_no_group() -> None:
    assert groups([], DAY) == []


@pytest.mark.parametrize(
    "doubted",
    [{"inOnderzoek": {"soort": True}}, {"inhoudingOfVermissing": {"inOnderzoek": {"datum": True}}}],
)
def test_a_document_in_doubt_says_so(doubted: dict[str, Any]) -> None:
    (group,) = groups([TravelDocument.of({**ANSWER, **doubted})], DAY)
    assert group.facts[0].in_doubt


def test_our_questions_and_the_answers_keep_to_the_text(
    ask: Ask, papers_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[Asked, Reply]] = []
    respond = papers_fake.respond

    def note(asked: Asked) -> Reply:
        heard.append((asked, respond(asked)))
        return heard[-1][1]

    monkeypatch.setattr(papers_fake, "respond", note)
    connection = papers_connection(papers_fake.url)
    found = [ask(connection, lambda caller, bsn=one.bsn: documents(caller, BSN(bsn))) for one in RESIDENTS]

    assert sum(map(len, found)) >= 8
    for asked, reply in heard:
        check(lifted(TEXT, papers_fake.url + ROOT), papers_fake.url, asked, reply)


@pytest.mark.parametrize(
    "body",
    [
        {"type": "RaadpleegMetReisdocumentnummer", "reisdocumentnummer": ["NX45F0127"], "fields": ["soort"]},
        {"type": "ZoekMetBurgerservicenummer", "burgerservicenummer": HELGA.bsn, "fields": ["anders"]},
        {"type": "ZoekMetBurgerservicenummer", "burgerservicenummer": "1", "fields": ["soort"]},
        {"type": "Anders"},
        {"type": ["x"], "fields": {}},
        {"type": "RaadpleegMetReisdocumentnummer", "reisdocumentnummer": 1, "fields": ["soort"]},
        [],
    ],
)
def test_every_answer_of_the_demo_keeps_to_the_text(papers_fake: Register, body: Any) -> None:
    answer = httpx.post(papers_fake.url + PATH, json=body, headers={"X-Api-Key": KEY})

    request = MockRequest(papers_fake.url, "post", PATH)
    check_answer(lifted(TEXT, papers_fake.url + ROOT), request, answer)


def test_somebody_else_s_document_among_them_breaks_the_answer(here: object, papers_fake: Register) -> None:
    papers_fake.misbehave("foreign")
    question = Question(papers_connection(papers_fake.url), lambda one: documents(one, BSN(HELGA.bsn)))

    assert isinstance(ask_one(question), Broken)


def test_another_key_is_refused(here: object, papers_fake: Register) -> None:
    connection = papers_connection(papers_fake.url, "another")

    assert ask_one(Question(connection, lambda one: documents(one, BSN(HELGA.bsn)))) == Refused()


def test_without_a_person_nothing_is_asked(here: object, papers_fake: Register) -> None:
    question = Question(papers_connection(papers_fake.url), lambda one: documents(one, ""))  # type: ignore[arg-type]
    answer = ask_one(question)

    assert answer == Broken(NoPerson.__name__)
    assert papers_fake.calls == []
