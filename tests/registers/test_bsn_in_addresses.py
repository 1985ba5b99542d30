"""Design rule 2: a BSN stands in an outgoing address only for calls on the named list."""

import logging
from typing import Any
from uuid import uuid4

import pytest

from demo.registers.serving import Register, Reply
from portal.municipalities.connections import Connection
from portal.registers.answers import Broken, Found
from portal.registers.bsn_in_addresses import ALLOWED, BsnInAddress, refuse_others
from portal.registers.gather import Question, ask_one

HELGA = "999970458"


@pytest.mark.parametrize(
    ("kind", "path", "params"),
    [
        ("zaken", "zaken", {"rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": HELGA}),
        ("zaken", f"zaken/{HELGA}", None),
        ("zaken", f"zaken?bsn={HELGA}", None),
        (
            "taken objecten",
            "objects",
            {"data_attrs": f"status__exact__open,identificatie__value__exact__{HELGA}"},
        ),
        ("taken objecten", "externetaken", {"isToegewezenAan": f"urn:nld:brp:bsn:{HELGA}"}),
        ("berichten", f"berichten/urn:nld:brp:bsn:{HELGA}", None),
        ("klantinteracties", "betrokkenen", {"objectId": HELGA}),
        ("brp", "partijen", {"partijIdentificator__objectId": HELGA}),
    ],
)
def test_any_other_call_is_refused_and_the_number_is_in_no_message(
    kind: str, path: str, params: dict[str, str] | None
) -> None:
    with pytest.raises(BsnInAddress) as refused:
        refuse_others(kind, path, params)
    assert HELGA not in str(refused.value)


@pytest.mark.parametrize(("kind", "path"), ALLOWED)
def test_a_call_on_the_list_goes_through(kind: str, path: str) -> None:
    refuse_others(kind, path, {"objectId": HELGA})


@pytest.mark.parametrize(
    "harmless",
    [
        "123456789",
        "12",
        "5a9249a1-84e1-41a5-97ef-a276fac67c68",
        "2026-11-24",
        "9999704581",
        "ZAAK-2026-000000012",
    ],
)
def test_what_is_no_bsn_goes_through(harmless: str) -> None:
    refuse_others("zaken", f"zaken/{harmless}", {"page": harmless})


def test_the_number_of_an_organisation_goes_through_though_its_digits_pass_the_same_test() -> None:
    refuse_others("zaken", "zaken", {"identificatie": "ZM-1", "bronorganisatie": "999993653"})


def test_it_is_refused_before_it_is_sent_and_is_in_no_log(
    here: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with Register("any", lambda _asked: Reply(200, {})) as register:
        connection = Connection(uuid4(), uuid4(), "zaken", "x", f"{register.url}/", {}, {})

        async def careless(caller: Any) -> Any:
            return await caller.get("zaken", {}, {"bsn": HELGA})

        async def careful(caller: Any) -> Any:
            return await caller.get("zaken", {}, {"page": "1"})

        assert isinstance(ask_one(Question(connection, careless)), Broken)
        assert register.calls == []
        assert isinstance(ask_one(Question(connection, careful)), Found)
    assert not [one for one in caplog.records if HELGA in one.getMessage()]
