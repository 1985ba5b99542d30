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
from demo.registers.serving import Register
from portal.accounts.standing import Standing
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connect
from portal.municipalities.models import Municipality
from portal.registers.brp.sign_in import standing_at_sign_in

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
        (RABAH, Standing.NOT_RESIDENT),
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


@pytest.mark.parametrize("fault", ["500", "404", "broken"])
def test_nobody_goes_in_on_a_guess(here: Municipality, brp_fake: Register, fault: str) -> None:
    connected(brp_fake)
    brp_fake.misbehave(fault)

    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN


def test_a_municipality_without_a_brp_lets_nobody_in(here: Municipality) -> None:
    assert standing_at_sign_in(BSN(HELGA.bsn)) is Standing.UNKNOWN
