"""The demo's messages over HTTP, fresh for each test; documents are the case system's."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from django.test import Client

from demo.content.residents import HELGA
from demo.registers import berichten as demo_berichten
from demo.registers.klantinteracties_records import Record
from demo.registers.serving import Register
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from tests.mijn.conftest import connected, signed_in
from tests.registers.conftest import DAY, SECRET

TOKENS = {f"token of {code}": code for code in ("9901", "9902", "9903")}
BSN_HELGA = BSN(HELGA.bsn)
NOW = datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=UTC)


def berichten_connection(
    register: Register, documents: Register | None = None, code: str = "9901", **parameters: str
) -> Connection:
    url = f"{documents.url}/documenten/api/v1/" if documents else ""
    return Connection(
        id=uuid4(),
        municipality_id=UUID(int=1),
        kind="berichten",
        name="Berichten",
        base_url=f"{register.url}/berichten/api/v1/",
        credentials={"token": f"token of {code}", "client_id": f"mijn-{code}", "secret": SECRET},
        parameters={"documenten_url": url, "max_confidentiality": "zaakvertrouwelijk", **parameters},
    )


@pytest.fixture
def fake() -> Iterator[Register]:
    with demo_berichten.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture
def berichten(fake: Register, zaken_fake: Register) -> Connection:
    return berichten_connection(fake, zaken_fake)


@pytest.fixture
def helga(zandmeer: Municipality, berichten: Connection) -> Client:
    connected(zandmeer, berichten)
    return signed_in(zandmeer, BSN_HELGA)


@pytest.fixture(autouse=True)
def at_that_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Now is the day of which the demo's records tell."""
    monkeypatch.setattr("portal.registers.berichten.client.timezone.now", lambda: NOW)


def held(register: Register, code: str = "9901") -> dict[str, Record]:
    """What the register holds, by subject."""
    store = register.respond.stores[f"token of {code}"]  # type: ignore[attr-defined]  # ours
    return {one["onderwerp"]: one for one in store.records.values()}


def changed(register: Register, subject: str, **change: object) -> None:
    """Another makes a message different."""
    store = register.respond.stores["token of 9901"]  # type: ignore[attr-defined]  # ours
    uuid = held(register)[subject]["uuid"]
    store.records[uuid] = {**store.records[uuid], **change}
