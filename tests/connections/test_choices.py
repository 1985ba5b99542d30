"""What a back end says of itself, and what is chosen for a kind of case."""

import pytest

from demo.registers import zaken as demo_zaken
from demo.registers.serving import Register
from demo.registers.zgw_profiles import PROFILES
from portal.municipalities.models import Municipality
from portal.registers.answers import Found
from portal.registers.case_types import CHOICES, NO_CHOICE, CaseTypeChoice, choice_of, key_of
from portal.registers.gather import Question, ask_one
from portal.registers.zaken.capabilities import capabilities_of
from portal.registers.zaken.connecting import find_out
from tests.registers.conftest import DAY, SECRET, zaken_connection

KEY = key_of("https://catalogi.example/api/v1/catalogussen/6a8d", "dakkapel")


@pytest.mark.django_db
@pytest.mark.parametrize("profile", ["old-1.0", "esuite"])
def test_one_that_cannot_search_is_found_out_to_be_old(here: Municipality, profile: str) -> None:
    clients = {"mijn-9901": SECRET}
    with demo_zaken.demo_register(clients, DAY, profile=PROFILES[profile]) as register:
        known = zaken_connection(register.url, back_end="")
        found = ask_one(Question(known, find_out)).value  # type: ignore[union-attr]  # it was found
    assert found == {"back_end": "old-1.0", "capabilities": {}}
    assert not capabilities_of({"found": found}).search
    assert capabilities_of(
        {"found": found, "back_end": "openzaak"}
    ).search  # who names a product knows better


@pytest.mark.django_db
@pytest.mark.parametrize("fault", ["500", "broken", "truncated", "401"])
def test_one_that_fails_now_is_not_taken_for_an_old_one_that_wants_the_bsn_in_its_address(
    here: Municipality, zaken_fake: Register, fault: str
) -> None:
    zaken_fake.misbehave(fault)

    assert not isinstance(ask_one(Question(zaken_connection(zaken_fake.url, back_end=""), find_out)), Found)


@pytest.mark.parametrize(
    ("made", "choice", "why"),
    [
        ({}, NO_CHOICE, "nothing is chosen: shown, and takes no documents"),
        ({KEY: {"shown": False}}, CaseTypeChoice(shown=False), "not shown"),
        ({KEY: {"upload": True}}, CaseTypeChoice(upload=True), "documents are taken"),
        ({"other dakkapel": {"shown": False}}, NO_CHOICE, "the same identification in another catalogue"),
        ({KEY: {"anders": 1}}, CaseTypeChoice(shown=False), "not understood: any doubt means no"),
        ("nonsense", CaseTypeChoice(shown=False), "not understood at all"),
    ],
)
def test_a_choice_is_by_catalogue_and_identification(made: object, choice: CaseTypeChoice, why: str) -> None:
    assert choice_of({CHOICES: made}, KEY) == choice, why
