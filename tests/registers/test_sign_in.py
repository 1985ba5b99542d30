"""What the BRP says at the door, for everyone of the demo."""

import pytest

from demo.content.residents import (
    ABDELLAH,
    AYSE,
    FREDERIKA,
    HANS,
    HELGA,
    HENDRIK,
    RABAH,
    TRUDY,
    Resident,
)
from demo.registers.serving import Register, Reply
from portal.accounts.standing import Standing
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.models import ConnectionRow, Municipality
from portal.registers import caller
from portal.registers.brp.sign_in import standing_at_sign_in
from portal.registers.errors import NotUnderstood, RegisterUnavailable
from portal.registers.models import Breaker

from .conftest import brp_connection


def connected(register: Register) -> None:
    known = brp_connection(register.url)
    connect("brp", "BRP", known.base_url, known.credentials, known.parameters)


@pytest.mark.parametrize(
    ("resident", "expected"),
    [
        (HELGA, Standing.OK),
        (AYSE, Standing.OK),
        (HANS, Standing.OK),
        (HENDRIK, Standing.CURATELE),
        (TRUDY, Standing.DECEASED),
        (FREDERIKA, Standing.MOVED_AWAY),
        (ABDELLAH, Standing.NOT_RESIDENT),
        (RABAH, Standing.DEPENDENT_ELSEWHERE),
    ],
    ids=lambda value: value.first_names if isinstance(value, Resident) else value,
)
def test_at_the_door_of_zandmeer(
    here: Municipality, brp_fake: Register, resident: Resident, expected: Standing
) -> None:
    connected(brp_fake)

    assert standing_at_sign_in(BSN(resident.bsn)) is expected


def test_a_number_that_the_brp_does_not_know_is_no_resident(here: Municipality, brp_fake: Register) -> None:
    connected(brp_fake)

    assert standing_at_sign_in(BSN("999993653")) is Standing.NOT_RESIDENT


@pytest.mark.parametrize(
    ("status", "answered"), [(400, True), (409, True), (422, True), (408, False), (429, False), (500, False)]
)
def test_a_question_that_it_finds_wrong_is_no_silence(status: int, answered: bool) -> None:
    with pytest.raises(RegisterUnavailable) as fault:
        caller._read(status, b"{}")

    assert isinstance(fault.value, NotUnderstood) is answered


@pytest.mark.parametrize(
    "fault", ["500", "404", "page", "broken", "truncated", "huge", "hang", "drip", "401"]
)
def test_what_says_nothing_of_anybody_is_silence(
    here: Municipality, brp_fake: Register, fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "LIMIT", 0.5)
    connected(brp_fake)
    brp_fake.misbehave(fault)

    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.SILENT


def test_so_is_a_breaker_that_is_open_and_an_address_where_nobody_listens(
    here: Municipality, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caller, "LIMIT", 0.5)
    connected(brp_fake)
    brp_fake.misbehave("hang")
    standing_at_sign_in(BSN(HELGA.bsn))
    brp_fake.misbehave("none")
    brp_fake.calls.clear()
    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.SILENT
    assert brp_fake.calls == []

    Breaker.objects.all().delete()
    ConnectionRow.objects.update(base_url="http://127.0.0.1:9/")
    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.SILENT


def test_an_answer_in_another_shape_or_about_somebody_else_is_no_silence(
    here: Municipality, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    connected(brp_fake)
    brp_fake.misbehave("schema")
    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN

    brp_fake.misbehave("none")
    monkeypatch.setattr(
        brp_fake, "respond", lambda _asked: Reply(200, {"personen": [{"burgerservicenummer": AYSE.bsn}]})
    )
    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN


def test_that_we_may_not_ask_this_may_be_about_this_person(
    here: Municipality, brp_fake: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The BRP lets a municipality ask more of its own inhabitants than of others."""
    connected(brp_fake)
    monkeypatch.setattr(brp_fake, "respond", lambda _asked: Reply(403, {"title": "niet toegestaan"}))

    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN


def test_a_brp_that_is_switched_off_is_not_asked_and_so_not_silent(
    here: Municipality, brp_fake: Register
) -> None:
    connected(brp_fake)
    ConnectionRow.objects.update(switched_off=True)

    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN
    assert brp_fake.calls == []


def test_a_municipality_without_a_brp_lets_nobody_in(here: Municipality) -> None:
    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN
