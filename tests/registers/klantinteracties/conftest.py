"""The demo's Klantinteracties over HTTP, fresh for each test since it is written to."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.test import Client

from demo.registers import klantinteracties as demo_klant
from demo.registers.serving import Register
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from tests.mijn.conftest import connected, signed_in
from tests.registers.conftest import DAY, zaken_connection

HELGA, AYSE, HANS = (BSN(one) for one in ("999970458", "999991747", "999970446"))
"""Hans is somebody whom Klantinteracties has never met."""
TOKENS = {f"token of {code}": code for code in ("9901", "9902", "9903")}


@pytest.fixture
def klant_fake() -> Iterator[Register]:
    with demo_klant.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture
def klant(klant_fake: Register) -> Connection:
    return klant_connection(klant_fake.url)


def klant_connection(url: str, code: str = "9901", **parameters: str) -> Connection:
    return Connection(
        id=uuid4(),
        municipality_id=UUID(int=1),
        kind="klantinteracties",
        name="Klantinteracties",
        base_url=f"{url}/klantinteracties/api/v1/",
        credentials={"token": f"token of {code}"},
        parameters={"notes": "shown", **parameters},
    )


def addresses(register: Register, code: str = "9901") -> dict[str, dict[str, object]]:
    """What the register holds of addresses, by the address itself."""
    store = register.respond.stores[f"token of {code}"]  # type: ignore[attr-defined]  # ours
    return {one["adres"]: one for one in store.all("digitaleadressen")}


def contacts_held(register: Register, code: str = "9901") -> list[dict[str, object]]:
    """What the register holds of contacts, the newest first."""
    store = register.respond.stores[f"token of {code}"]  # type: ignore[attr-defined]  # ours
    held: list[dict[str, object]] = store.all("klantcontacten")
    return held


@pytest.fixture
def reachable(zandmeer: Municipality, klant: Connection) -> Municipality:
    """Zandmeer with Klantinteracties."""
    connected(zandmeer, klant)
    return zandmeer


@pytest.fixture
def with_cases(reachable: Municipality, zaken_fake: Register) -> Municipality:
    """And with a case system."""
    connected(reachable, zaken_connection(zaken_fake.url))
    return reachable


@pytest.fixture
def helga(reachable: Municipality) -> Client:
    return signed_in(reachable, HELGA)


@pytest.fixture
def hans(reachable: Municipality) -> Client:
    return signed_in(reachable, HANS)
