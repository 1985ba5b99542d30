"""The client of messages against the demo's, over HTTP, and both against the API text."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from openapi_core.testing import MockRequest

from demo.content.residents import HELGA, KEES, PETRI
from demo.registers.berichten import ROOT
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken, Late, Refused
from portal.registers.berichten.client import Several, message, messages, own_attachment, read
from portal.registers.gather import Question, ask_one
from tests.registers.conftest import Ask, failing
from tests.registers.specs import lifted
from tests.registers.test_contracts import check, check_answer

from .conftest import BSN_HELGA, NOW, berichten_connection, changed, held

TEXT = "openvtb/berichten"
LIST = f"GET {ROOT}/berichten"
COMPLETE = "Uw aanvraag voor de dakkapel is compleet"
ASKS = "Wij hebben een vraag over uw dakkapel"


def all_of(ask: Ask, berichten: Connection, bsn: BSN = BSN_HELGA, *, only_new: bool = False) -> Several:
    found: Several = ask(berichten, lambda caller: messages(caller, bsn, only_new=only_new))
    return found


def id_of(register: Register, subject: str) -> UUID:
    return UUID(held(register)[subject]["uuid"])


def test_a_residents_messages_come_in_one_call(ask: Ask, berichten: Connection, fake: Register) -> None:
    found = all_of(ask, berichten)

    assert {one.subject for one in found.messages} == {
        "Uw verhuizing is verwerkt", COMPLETE, ASKS, "Betaal uw parkeervergunning",
    }  # fmt: skip
    assert fake.calls == [LIST]


def test_only_what_is_new_is_asked_where_no_more_is_shown(
    ask: Ask, berichten: Connection, fake: Register
) -> None:
    found = all_of(ask, berichten, only_new=True)

    assert {one.subject for one in found.messages} == {ASKS, "Betaal uw parkeervergunning"}
    assert fake.calls == [LIST]


def test_a_text_that_no_page_can_show_is_a_message_that_cannot_be_read(
    ask: Ask, berichten: Connection, fake: Register
) -> None:
    changed(fake, COMPLETE, berichtTekst="a\n" * 20_000)
    found, id = all_of(ask, berichten), id_of(fake, COMPLETE)

    assert found.unread == 1
    assert COMPLETE not in {one.subject for one in found.messages}
    answer = ask_one(Question(berichten, lambda caller: message(caller, BSN_HELGA, id)))
    assert answer == Broken("not understood: ValueError")


def test_a_long_history_is_read_whole(ask: Ask, berichten: Connection, fake: Register) -> None:
    store = fake.respond.stores["token of 9901"]  # type: ignore[attr-defined]
    one = held(fake)[COMPLETE]
    for _number in range(150):
        uuid = str(uuid4())
        store.records[uuid] = {**one, "uuid": uuid}

    assert len(all_of(ask, berichten).messages) == 154
    assert len(fake.calls) == 2


def test_nobody_sees_a_message_to_somebody_else(ask: Ask, berichten: Connection, fake: Register) -> None:
    id = id_of(fake, COMPLETE)
    for stranger in (BSN(KEES.bsn), BSN(PETRI.bsn)):
        assert all_of(ask, berichten, stranger).messages == []
        assert ask(berichten, lambda caller, bsn=stranger: message(caller, bsn, id)) is None
        assert ask(berichten, lambda caller, bsn=stranger: read(caller, bsn, id, NOW)) is None
    assert not [call for call in fake.calls if call.startswith("PATCH")]


def test_what_the_register_smuggles_in_stays_out(ask: Ask, berichten: Connection, fake: Register) -> None:
    fake.misbehave("foreign")

    assert "Uw adres blijft geheim" not in {one.subject for one in all_of(ask, berichten).messages}


def test_what_was_read_is_not_new_whatever_the_filter_says(
    ask: Ask, berichten: Connection, fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demo.registers.berichten._not_opened", lambda *_: True)
    monkeypatch.setitem(
        __import__("demo.registers.berichten", fromlist=["FILTERS"]).FILTERS,
        "geopendOp__isnull",
        lambda *_: True,
    )

    assert all(one.opened is None for one in all_of(ask, berichten, only_new=True).messages)


def test_another_municipality_has_its_own_messages_only(ask: Ask, fake: Register) -> None:
    elsewhere = berichten_connection(fake, code="9902")

    assert all_of(ask, elsewhere).messages == []
    assert ask(elsewhere, lambda caller: message(caller, BSN_HELGA, id_of(fake, COMPLETE))) is None


@pytest.mark.parametrize("nobody", [None, "", "999970458"])
def test_nobody_is_never_asked_for(here: Any, berichten: Connection, fake: Register, nobody: Any) -> None:
    for question in (
        lambda caller: messages(caller, nobody),
        lambda caller: message(caller, nobody, uuid4()),
        lambda caller: own_attachment(caller, nobody, uuid4(), uuid4()),
    ):
        assert isinstance(ask_one(Question(berichten, question)), Broken)
    assert fake.calls == []


FAULTS: Mapping[str, type] = {
    "500": Broken,
    "404": Broken,
    "page": Broken,
    "401": Refused,
    "broken": Broken,
    "schema": Broken,
    "huge": Broken,
    "truncated": Broken,
    "elsewhere": Broken,
    "hang": Late,
    "drip": Late,
}


@pytest.mark.parametrize(("fault", "expected"), FAULTS.items())
def test_a_register_that_fails_is_never_empty(
    here: Any,
    berichten: Connection,
    fake: Register,
    fault: str,
    expected: type,
) -> None:
    with failing(fake, fault):
        answer = ask_one(Question(berichten, lambda caller: messages(caller, BSN_HELGA)))

    assert isinstance(answer, expected)


def test_a_message_that_cannot_be_read_is_counted_and_costs_itself_only(
    ask: Ask, berichten: Connection, fake: Register
) -> None:
    changed(fake, COMPLETE, publicatiedatum="ooit")
    found = all_of(ask, berichten)

    assert (len(found.messages), found.unread) == (3, 1)


def test_a_last_day_that_is_the_last_there_is_costs_nothing(
    ask: Ask, berichten: Connection, fake: Register
) -> None:
    changed(fake, COMPLETE, einddatumHandelingsTermijn="9999-12-31T23:59:59Z")
    found = all_of(ask, berichten)

    assert (len(found.messages), found.unread) == (4, 0)


class TestReading:
    def test_the_first_time_is_written_down_and_a_later_one_is_not(
        self, ask: Ask, berichten: Connection, fake: Register
    ) -> None:
        id = id_of(fake, ASKS)
        for _time in range(2):
            assert ask(berichten, lambda caller: read(caller, BSN_HELGA, id, NOW)) is not None

        assert held(fake)[ASKS]["geopendOp"] == NOW.isoformat()
        assert len([call for call in fake.calls if call.startswith("PATCH")]) == 1

    def test_who_does_not_look_reads_nothing(self, ask: Ask, berichten: Connection, fake: Register) -> None:
        id = id_of(fake, ASKS)
        ask(berichten, lambda caller: read(caller, BSN_HELGA, id, None))

        assert held(fake)[ASKS]["geopendOp"] is None

    @pytest.mark.parametrize("fault", ["500", "401", "hang"])
    def test_that_it_cannot_be_written_down_loses_nothing(
        self, ask: Ask, berichten: Connection, fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("portal.registers.berichten.client.MARKING", 0.3)
        id, respond = id_of(fake, ASKS), fake.respond

        def fails_on_writing(asked: Asked) -> Reply:
            if asked.method == "PATCH":
                fake.misbehave(fault)
                return Reply(500, None)
            return respond(asked)

        monkeypatch.setattr(fake, "respond", fails_on_writing)
        found = ask(berichten, lambda caller: read(caller, BSN_HELGA, id, NOW))

        assert found.subject == ASKS


class TestAttachments:
    def test_one_of_an_own_message_is_found_by_its_senders_name(
        self, ask: Ask, berichten: Connection, fake: Register
    ) -> None:
        id, document = self.known(ask, berichten, fake)
        told, title = ask(berichten, lambda caller: own_attachment(caller, BSN_HELGA, id, document))

        assert (told.id, title) == (document, "Ontvangstbevestiging")

    def test_any_other_document_and_anybody_else_get_nothing(
        self, ask: Ask, berichten: Connection, fake: Register
    ) -> None:
        id, document = self.known(ask, berichten, fake)
        other = id_of(fake, "Uw verhuizing is verwerkt")
        for bsn, which, what in (
            (BSN(KEES.bsn), id, document),
            (BSN_HELGA, other, document),
            (BSN_HELGA, id, uuid4()),
            (BSN_HELGA, uuid4(), document),
        ):
            asked = ask(berichten, lambda caller, a=bsn, b=which, c=what: own_attachment(caller, a, b, c))
            assert asked is None

    @pytest.mark.parametrize("title", ["Concept van het besluit", "Advies van de adviseur"])
    def test_a_draft_and_a_confidential_one_are_not_handed_on(
        self, ask: Ask, berichten: Connection, fake: Register, title: str
    ) -> None:
        from demo.registers.zgw_records import Words
        from tests.registers.conftest import DAY

        document = Words("", DAY, "9901").id("enkelvoudiginformatieobjecten", "ZM-0507", title)
        urn = f"urn:nld:gemeentezandmeer:informatieobject:uuid:{document}"
        changed(fake, COMPLETE, bijlagen=[{"informatieObject": urn, "omschrijving": title}])
        id = id_of(fake, COMPLETE)

        assert ask(berichten, lambda caller: message(caller, BSN_HELGA, id)).attachments
        assert ask(berichten, lambda caller: own_attachment(caller, BSN_HELGA, id, UUID(document))) is None

    def test_without_a_limit_only_what_is_public_is_handed_on(
        self, ask: Ask, fake: Register, zaken_fake: Register
    ) -> None:
        strict = berichten_connection(fake, zaken_fake, max_confidentiality="openbaar")
        id, document = self.known(ask, strict, fake)

        assert ask(strict, lambda caller: own_attachment(caller, BSN_HELGA, id, document)) is None

    @staticmethod
    def known(ask: Ask, berichten: Connection, fake: Register) -> tuple[UUID, UUID]:
        id = id_of(fake, COMPLETE)
        (one,) = ask(berichten, lambda caller: message(caller, BSN_HELGA, id)).attachments
        return id, one.document


def get(register: Register, path: str, method: str = "GET", **more: Any) -> httpx.Response:
    headers = {"Authorization": "Token token of 9901"}
    return httpx.request(method, register.url + path, headers=headers, **more)


class TestTheText:
    def test_our_questions_and_the_answers_keep_to_it(
        self, ask: Ask, berichten: Connection, fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard: list[tuple[Asked, Reply]] = []
        respond = fake.respond

        def note(asked: Asked) -> Reply:
            reply = respond(asked)
            heard.append((asked, replace(reply, body=json.loads(json.dumps(reply.body)))))
            return reply

        ids = [id_of(fake, one) for one in (ASKS, COMPLETE)]
        monkeypatch.setattr(fake, "respond", note)
        api = lifted(TEXT, fake.url + ROOT)
        for only_new in (True, False):
            all_of(ask, berichten, only_new=only_new)
        for id in ids:
            ask(berichten, lambda caller, id=id: read(caller, BSN_HELGA, id, NOW))

        assert [asked.method for asked, _reply in heard].count("PATCH") == 1
        for asked, reply in heard:
            check(api, fake.url, asked, reply)

    def test_every_list_and_record_keeps_to_it(self, fake: Register) -> None:
        api = lifted(TEXT, fake.url + ROOT)
        path = f"{ROOT}/berichten"
        uuid = get(fake, path).json()["results"][0]["uuid"]
        for address in (path, f"{path}/{uuid}"):
            check_answer(api, MockRequest(fake.url, "get", address), get(fake, address))

    def test_the_demo_refuses_what_a_real_one_does(self, fake: Register) -> None:
        path = f"{ROOT}/berichten"
        uuid = held(fake)[ASKS]["uuid"]

        assert httpx.get(fake.url + path).status_code == 401
        assert get(fake, f"{path}?onbekend=1").status_code == 400
        assert get(fake, f"{path}?page=99").status_code == 404
        assert get(fake, f"{path}/{uuid}", "PATCH", json={"geopendOp": "ooit"}).status_code == 400
        assert get(fake, f"{path}/{uuid}", "PATCH", json={"onderwerp": "anders"}).status_code == 200
        assert held(fake)[ASKS]["onderwerp"] == ASKS
        assert HELGA.bsn not in str(fake.calls)
