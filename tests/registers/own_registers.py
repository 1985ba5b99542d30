"""The registers beside the BRP that tell of a resident's own data, over HTTP."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest

from demo.registers import kvk as demo_kvk
from demo.registers import reisdocumenten as demo_reisdocumenten
from demo.registers import woz as demo_woz
from demo.registers.serving import Register
from portal.municipalities.connections import Connection

from .conftest import DAY, KEY

KEYS = {f"key of {code}": code for code in ("9901", "9902", "9903")}


@pytest.fixture(scope="module")
def papers_register() -> Iterator[Register]:
    with demo_reisdocumenten.demo_register(KEY, DAY) as register:
        yield register


@pytest.fixture
def papers_fake(papers_register: Register) -> Iterator[Register]:
    papers_register.calls.clear()
    yield papers_register
    papers_register.misbehave("none")


@pytest.fixture(scope="module")
def woz_register() -> Iterator[Register]:
    with demo_woz.demo_register(KEYS, DAY, slow={}) as register:
        yield register


@pytest.fixture
def woz_fake(woz_register: Register) -> Iterator[Register]:
    woz_register.calls.clear()
    yield woz_register
    woz_register.misbehave("none")


@pytest.fixture(scope="module")
def kvk_register() -> Iterator[Register]:
    with demo_kvk.demo_register(KEY) as register:
        yield register


@pytest.fixture
def kvk_fake(kvk_register: Register) -> Iterator[Register]:
    kvk_register.calls.clear()
    yield kvk_register
    kvk_register.misbehave("none")


def papers_connection(url: str, key: str = KEY) -> Connection:
    return _connection("reisdocumenten", f"{url}/haalcentraal/api/reisdocumenten/", key)


def woz_connection(url: str, code: str = "9901") -> Connection:
    return _connection("woz", f"{url}/woz/api/v1/", f"key of {code}")


def kvk_connection(url: str) -> Connection:
    return _connection("kvk", f"{url}/api/", KEY)


def _connection(kind: str, address: str, key: str) -> Connection:
    return Connection(
        id=uuid4(),
        municipality_id=UUID(int=1),
        kind=kind,
        name=kind,
        base_url=address,
        credentials={"api_key": key},
        parameters={},
    )
