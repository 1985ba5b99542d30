"""The client of Klantinteracties against the demo's, over HTTP."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest

from demo.content.residents import ABDELLAH, HELGA, KEES
from demo.registers.serving import Asked, Register, Reply
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken, Late, Refused
from portal.registers.gather import Question, ask_one
from portal.registers.klantinteracties.client import contact_with_number, contacts, partij
from portal.registers.klantinteracties.records import NO_MARK, AddressKind, Contact, Partij, mark_of
from portal.registers.klantinteracties.writing import Change, NewQuestion, Outcome, ask, prefer, write_address
from tests.registers.conftest import Ask, failing

from .conftest import HANS, addresses, contacts_held, klant_connection

BSN_HELGA = BSN(HELGA.bsn)


def known(ask_: Ask, klant: Connection, bsn: BSN = BSN_HELGA) -> Partij | None:
    found: Partij | None = ask_(klant, lambda caller: partij(caller, bsn))
    return found


def email_of(ask_: Ask, klant: Connection, bsn: BSN = BSN_HELGA) -> str:
    whose = known(ask_, klant, bsn)
    address = whose.address("email") if whose else None
    return address.text if address else ""


def test_a_resident_is_found_with_addresses_in_one_call(
    ask: Ask, klant: Connection, klant_fake: Register
) -> None:
    found = known(ask, klant)

    assert found is not None
    assert {one.kind: one.text for one in found.addresses} == {
        "email": HELGA.email,
        "telefoonnummer": HELGA.mobile,
    }
    assert klant_fake.calls == ["GET /klantinteracties/api/v1/partijen"]


def test_whom_the_register_never_met_is_nobody_yet(ask: Ask, klant: Connection) -> None:
    assert known(ask, klant, HANS) is None


def test_another_municipality_knows_its_own_residents_only(ask: Ask, klant_fake: Register) -> None:
    veldrecht = klant_connection(klant_fake.url, "9902")

    assert known(ask, veldrecht) is None
    assert known(ask, veldrecht, BSN(KEES.bsn)) is not None


def test_contacts_come_newest_first_and_confidential_ones_stay_out(ask: Ask, klant: Connection) -> None:
    found: list[Contact] = ask(klant, lambda caller: contacts(caller, BSN_HELGA))

    assert [one.subject for one in found] == [
        "Vraag over zaak ZM-0507",
        "Vraag over zaak ZM-0507",
        "Vraag over afvalpas",
    ]
    assert [one.at for one in found] == sorted((one.at for one in found), reverse=True)


def test_a_team_is_kept_and_an_employee_is_not(ask: Ask, klant: Connection) -> None:
    found: list[Contact] = ask(klant, lambda caller: contacts(caller, BSN_HELGA))

    assert [one.teams for one in found][-1] == ["Team Klantcontact"]
    assert "Visser" not in repr(found)


def test_all_pages_are_read_and_a_smuggled_contact_stays_out(
    ask: Ask, klant_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register's filter is broken: it gives everybody's."""
    oeverstad = klant_connection(klant_fake.url, "9903")
    store: Any = klant_fake.respond.stores["token of 9903"]  # type: ignore[attr-defined]
    mine = next(one["uuid"] for one in store.all("partijen") if ABDELLAH.bsn in str(one))
    other = next(one["uuid"] for one in store.all("partijen") if ABDELLAH.bsn not in str(one))
    told = {"kanaal": "telefoon", "onderwerp": "x", "taal": "nld", "vertrouwelijk": False}
    told |= {"plaatsgevondenOp": "2026-11-01T10:00:00Z", "betrokkene": {"rol": "klant", "initiator": True}}
    for _number in range(150):
        store.new_contact(told, mine, None)
    store.new_contact({**told, "onderwerp": "van een ander"}, other, None)
    monkeypatch.setattr("demo.registers.klantinteracties_looking._of_person", lambda test: lambda *_: True)
    monkeypatch.setattr("demo.registers.klantinteracties.found", lambda kind, query, held: held.all(kind))

    found: list[Contact] = ask(oeverstad, lambda caller: contacts(caller, BSN(ABDELLAH.bsn)))

    assert len(found) == 151
    assert "van een ander" not in [one.subject for one in found]
    assert len(klant_fake.calls) == 2


@pytest.mark.parametrize("question", [partij, contacts])
def test_nobody_is_never_asked_for(here: Any, klant: Connection, klant_fake: Register, question: Any) -> None:
    for nobody in (None, "", "999970458"):
        assert isinstance(ask_one(Question(klant, lambda caller, who=nobody: question(caller, who))), Broken)
    assert klant_fake.calls == []


@pytest.mark.parametrize("question", [partij, contacts])
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("500", Broken),
        ("404", Broken),
        ("page", Broken),
        ("401", Refused),
        ("broken", Broken),
        ("schema", Broken),
        ("huge", Broken),
        ("truncated", Broken),
        ("hang", Late),
        ("drip", Late),
    ],
)
def test_a_register_that_fails_is_never_empty(
    here: Any,
    klant: Connection,
    klant_fake: Register,
    question: Any,
    fault: str,
    expected: type,
) -> None:
    with failing(klant_fake, fault):
        answer = ask_one(Question(klant, lambda caller: question(caller, BSN_HELGA)))

    assert isinstance(answer, expected)


NONSENSE = {
    "no list": {"count": 0, "next": None, "results": None},
    "no results": {"count": 0},
    "an error": {"detail": "x"},
    "a bare list": [],
    "words in place of records": {"count": 1, "next": None, "results": ["x"]},
    "records without their keys": {"count": 1, "next": None, "results": [{"uuid": "1"}]},
    "nothing": None,
    "more pages than there are": {"count": 1, "next": "http://elsewhere.example/?page=2", "results": []},
}


ONE_PERSON = [said for said in NONSENSE if "pages" not in said]
"""One person is never on a second page."""


@pytest.mark.parametrize(
    ("question", "said"), [*((partij, said) for said in ONE_PERSON), *((contacts, said) for said in NONSENSE)]
)
def test_nonsense_is_broken_and_never_empty(
    here: Any,
    klant: Connection,
    klant_fake: Register,
    monkeypatch: pytest.MonkeyPatch,
    question: Any,
    said: str,
) -> None:
    respond = klant_fake.respond

    def nonsense(asked: Asked) -> Reply:
        second = asked.query.get("page") == ["2"]
        return respond(asked) if second else Reply(200, NONSENSE[said])

    monkeypatch.setattr(klant_fake, "respond", nonsense)

    assert isinstance(ask_one(Question(klant, lambda caller: question(caller, BSN_HELGA))), Broken)
    assert {call.partition("?")[0].split("/api/v1/")[1] for call in klant_fake.calls} == {
        "partijen" if question is partij else "klantcontacten"
    }


def test_a_wrong_token_is_told_apart_from_no_answer(here: Any, klant_fake: Register) -> None:
    wrong = klant_connection(klant_fake.url, "9999")

    assert ask_one(Question(wrong, lambda caller: partij(caller, BSN_HELGA))) == Refused()


def test_somebody_elses_partij_is_nonsense(
    here: Any, klant: Connection, klant_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    honest = klant_fake.respond

    def mistaken(asked: Asked) -> Reply:
        return honest(Asked(asked.method, asked.path, {"expand": ["digitaleAdressen"]}, asked.headers, None))

    monkeypatch.setattr(klant_fake, "respond", mistaken)

    assert isinstance(ask_one(Question(klant, lambda caller: partij(caller, HANS))), Broken)


class TestAddresses:
    def change(self, text: str, was: str, kind: AddressKind = AddressKind.EMAIL) -> Change:
        return Change(kind, text, was, date(2026, 11, 24) if kind is AddressKind.EMAIL else None)

    def mark(self, ask: Ask, klant: Connection, kind: str = "email") -> str:
        whose = known(ask, klant)
        return mark_of(whose.address(kind) if whose else None)

    def test_an_address_is_changed_and_carries_the_day_it_was_proven(
        self, ask: Ask, klant: Connection, klant_fake: Register
    ) -> None:
        change = self.change("nieuw@voorbeeld.example", self.mark(ask, klant))

        assert ask(klant, lambda caller: write_address(caller, BSN_HELGA, change)) is Outcome.WRITTEN

        held = addresses(klant_fake)["nieuw@voorbeeld.example"]
        assert held["verificatieDatum"] == "2026-11-24"
        assert held["isStandaardAdres"] is True
        assert HELGA.email not in addresses(klant_fake)

    def test_who_is_not_known_yet_is_made_known_once(
        self, ask: Ask, klant: Connection, klant_fake: Register
    ) -> None:
        first = Change(AddressKind.PHONE, "0612345678", NO_MARK)
        second = Change(AddressKind.EMAIL, "hans@voorbeeld.example", NO_MARK)
        for change in (first, second):
            done = ask(klant, lambda caller, change=change: write_address(caller, HANS, change))
            assert done is Outcome.WRITTEN

        assert email_of(ask, klant, HANS) == "hans@voorbeeld.example"
        assert klant_fake.calls.count("POST /klantinteracties/api/v1/partijen") == 1

    def test_when_two_tabs_make_the_same_person_known_there_is_one(
        self, ask: Ask, klant: Connection, klant_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other tab is first just after we looked."""
        honest, done = klant_fake.respond, []

        def other_tab_first(asked: Asked) -> Reply:
            if asked.method == "POST" and asked.path.endswith("/partijen") and not done:
                done.append(honest(asked))
            return honest(asked)

        monkeypatch.setattr(klant_fake, "respond", other_tab_first)
        change = Change(AddressKind.EMAIL, "hans@voorbeeld.example", NO_MARK)

        assert ask(klant, lambda caller: write_address(caller, HANS, change)) is Outcome.WRITTEN
        assert email_of(ask, klant, HANS) == "hans@voorbeeld.example"

    def test_what_was_changed_in_another_tab_is_not_overwritten(
        self, ask: Ask, klant: Connection, klant_fake: Register
    ) -> None:
        was = self.mark(ask, klant)
        first, second = self.change("een@voorbeeld.example", was), self.change("twee@voorbeeld.example", was)
        ask(klant, lambda caller: write_address(caller, BSN_HELGA, first))

        late = ask(klant, lambda caller: write_address(caller, BSN_HELGA, second))

        assert late is Outcome.CHANGED_MEANWHILE
        assert email_of(ask, klant) == "een@voorbeeld.example"

    def test_an_address_that_the_register_does_not_accept_is_told_so(
        self, ask: Ask, klant: Connection
    ) -> None:
        change = self.change("geen adres", self.mark(ask, klant))

        assert ask(klant, lambda caller: write_address(caller, BSN_HELGA, change)) is Outcome.NOT_ACCEPTED
        assert email_of(ask, klant) == HELGA.email

    def test_an_address_is_taken_away_and_with_it_that_it_was_preferred(
        self, ask: Ask, klant: Connection, klant_fake: Register
    ) -> None:
        ask(klant, lambda caller: prefer(caller, BSN_HELGA, AddressKind.EMAIL))
        gone = self.change("", self.mark(ask, klant))

        assert ask(klant, lambda caller: write_address(caller, BSN_HELGA, gone)) is Outcome.WRITTEN

        found = known(ask, klant)
        assert found is not None
        assert (found.address("email"), found.preferred) == (None, None)

    def test_a_preference_is_kept_and_given_up_again(self, ask: Ask, klant: Connection) -> None:
        ask(klant, lambda caller: prefer(caller, BSN_HELGA, AddressKind.PHONE))
        found = known(ask, klant)
        assert found is not None
        assert found.preferred == next(one.id for one in found.addresses if one.kind == "telefoonnummer")

        ask(klant, lambda caller: prefer(caller, BSN_HELGA, None))
        found = known(ask, klant)
        assert found is not None
        assert found.preferred is None

    def test_an_address_that_is_not_there_cannot_be_preferred(self, ask: Ask, klant: Connection) -> None:
        done = ask(klant, lambda caller: prefer(caller, HANS, AddressKind.EMAIL))

        assert done is Outcome.CHANGED_MEANWHILE


class TestQuestions:
    def question(self, number: str = "1234567890") -> NewQuestion:
        return NewQuestion(
            number, "Afvalpas", "Waar is mijn pas?", datetime(2026, 11, 24, tzinfo=UTC), "nld", uuid4()
        )

    def test_a_question_is_asked_about_a_case_and_found_back_by_its_number(
        self, ask: Ask, klant: Connection
    ) -> None:
        question = self.question()
        assert ask(klant, lambda caller: self.send(caller, question)) is True

        found: Contact = ask(klant, lambda caller: contact_with_number(caller, BSN_HELGA, question.number))

        assert (found.subject, found.text) == ("Afvalpas", "Waar is mijn pas?")
        assert found.cases == [question.case]

    async def send(self, caller: Any, question: NewQuestion, bsn: BSN = BSN_HELGA) -> bool:
        return await ask(caller, bsn, question)

    def test_asking_twice_asks_once(self, ask: Ask, klant: Connection, klant_fake: Register) -> None:
        question, before = self.question(), len(contacts_held(klant_fake))
        for _twice in range(2):
            assert ask(klant, lambda caller: self.send(caller, question)) is True

        assert len(contacts_held(klant_fake)) == before + 1

    def test_asking_twice_at_once_asks_once(
        self, ask: Ask, klant: Connection, klant_fake: Register, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The other click is first just after we looked."""
        honest, done = klant_fake.respond, []
        before = len(contacts_held(klant_fake))
        held = klant_fake.respond.stores  # type: ignore[attr-defined]

        def other_click_first(asked: Asked) -> Reply:
            if asked.path.endswith("maak-klantcontact") and not done:
                done.append(honest(asked))
            return honest(asked)

        monkeypatch.setattr(klant_fake, "respond", other_click_first)

        assert ask(klant, lambda caller: self.send(caller, self.question())) is True
        assert len(held["token of 9901"].all("klantcontacten")) == before + 1

    def test_a_number_that_is_somebody_elses_asks_nothing(
        self, ask: Ask, klant: Connection, klant_fake: Register
    ) -> None:
        ask(klant, lambda caller: self.send(caller, self.question()))
        before = len(contacts_held(klant_fake))

        assert ask(klant, lambda caller: self.send(caller, self.question(), HANS)) is False
        assert len(contacts_held(klant_fake)) == before

    def test_somebody_elses_question_answers_just_as_one_that_is_not_there(
        self, ask: Ask, klant: Connection
    ) -> None:
        question = self.question()
        ask(klant, lambda caller: self.send(caller, question))

        assert ask(klant, lambda caller: contact_with_number(caller, HANS, question.number)) is None
        assert ask(klant, lambda caller: contact_with_number(caller, BSN_HELGA, "999")) is None


def test_no_record_shows_a_number_an_address_or_words_when_printed(ask: Ask, klant: Connection) -> None:
    found = known(ask, klant)
    had = ask(klant, lambda caller: contacts(caller, BSN_HELGA))

    for hidden in (HELGA.bsn, HELGA.email, HELGA.mobile, "afvalpas", "achterkant"):
        assert hidden not in repr(found) + repr(had)
