"""What a resident may see of contacts: a sentence for each case."""

from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from portal.municipalities.bsn import BSN
from portal.registers.klantinteracties.records import Contact, Part
from portal.registers.klantinteracties.visible import about_case, is_own, moments

HELGA = BSN("999970458")
MINE = Part("klant", True, ["999970458"])
CASE = UUID(int=7)
CONTACT = Contact(
    id=UUID(int=1),
    number="123",
    channel="contactformulier",
    subject="Afvalpas",
    text="Waar is mijn pas?",
    answer="",
    at=datetime(2026, 11, 20, tzinfo=UTC),
    confidential=False,
    teams=[],
    parts=[MINE],
    cases=[CASE],
    answers=[],
)


@pytest.mark.parametrize(
    ("why", "contact", "seen"),
    [
        ("it was theirs", CONTACT, True),
        ("it is confidential", replace(CONTACT, confidential=True), False),
        ("nobody is named in it", replace(CONTACT, parts=[]), False),
        ("it was somebody else's", replace(CONTACT, parts=[Part("klant", True, ["999990329"])]), False),
        ("they spoke for somebody", replace(CONTACT, parts=[replace(MINE, role="vertegenwoordiger")]), False),
        ("who it was is not told", replace(CONTACT, parts=[Part("klant", True, [])]), False),
        (
            "somebody spoke for them",
            replace(CONTACT, parts=[MINE, Part("vertegenwoordiger", True, ["999990329"])]),
            True,
        ),
    ],
)
def test_who_sees_a_contact(why: str, contact: Contact, seen: bool) -> None:
    assert is_own(contact, HELGA) is seen, why


@pytest.mark.parametrize("said", [None, True, "nee"])
def test_any_doubt_about_confidentiality_means_confidential(said: object) -> None:
    answer = {
        "uuid": str(uuid4()),
        "kanaal": "telefoon",
        "onderwerp": "x",
        "plaatsgevondenOp": "2026-11-20T10:00:00Z",
        "vertrouwelijk": said,
    }
    assert Contact.of(answer).confidential
    assert not Contact.of({**answer, "vertrouwelijk": False}).confidential


def test_a_question_waits_until_there_is_an_answer() -> None:
    (waiting,) = moments([CONTACT], {})
    (answered,) = moments([replace(CONTACT, answer="Bij de balie.")], {})

    assert waiting.is_open
    assert not answered.is_open
    assert answered.answer == "Bij de balie."


def test_a_later_contact_of_the_municipality_answers_and_stands_with_the_question() -> None:
    later = replace(
        CONTACT,
        id=UUID(int=2),
        channel="telefoon",
        text="Hij ligt klaar.",
        parts=[replace(MINE, initiator=False)],
        answers=[CONTACT.id],
        teams=["Team Afval"],
        at=datetime(2026, 11, 22, tzinfo=UTC),
    )

    (question,) = moments([later, CONTACT], {})

    assert (question.answer, question.team, question.answered) == ("Hij ligt klaar.", "Team Afval", later.at)


def test_the_residents_own_second_question_is_no_answer_to_the_first() -> None:
    again = replace(CONTACT, id=UUID(int=2), text="Is er al nieuws?", answers=[CONTACT.id])

    assert [one.is_open for one in moments([again, CONTACT], {})] == [True, True]


def test_a_channel_of_the_municipalitys_own_list_is_a_form_too() -> None:
    (question,) = moments([replace(CONTACT, channel="Portaal")], {"channel": "portaal"})

    assert question.is_open
    assert question.text == "Waar is mijn pas?"


def test_a_call_waits_for_nothing() -> None:
    (call,) = moments([replace(CONTACT, channel="telefoon")], {})

    assert not call.is_question


@pytest.mark.parametrize(
    ("channel", "initiator", "parameters", "text"),
    [
        ("contactformulier", True, {}, "Waar is mijn pas?"),
        ("E-mail", True, {}, "Waar is mijn pas?"),
        ("telefoon", True, {}, ""),
        ("e-mail", False, {}, ""),
        ("telefoon", True, {"notes": "shown"}, "Waar is mijn pas?"),
    ],
)
def test_an_employees_note_shows_only_where_the_municipality_says_so(
    channel: str, initiator: bool, parameters: dict[str, str], text: str
) -> None:
    contact = replace(CONTACT, channel=channel, parts=[replace(MINE, initiator=initiator)])

    assert moments([contact], parameters)[0].text == text


def test_of_a_case_only_its_own_contacts_show() -> None:
    found = moments([CONTACT, replace(CONTACT, id=UUID(int=2), cases=[])], {})

    assert [one.id for one in about_case(found, CASE)] == [CONTACT.id]
