"""Registers to ask: the demo's, over HTTP on ports of their own."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from demo.registers import brp as demo_brp
from demo.registers import zaken as demo_zaken
from demo.registers.faults import SLOW
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from portal.registers.answers import Found
from portal.registers.caller import Caller
from portal.registers.gather import Question, ask_one

KEY, SECRET = "a key of the tests", "a secret of the tests, long enough for HS256"
DAY = date(2026, 11, 24)
Ask = Callable[[Connection, Callable[[Caller], Awaitable[Any]]], Any]


@pytest.fixture(scope="session")
def brp_register() -> Iterator[Register]:
    with demo_brp.demo_register(KEY, demo_brp.residents(DAY)) as register:
        yield register


@pytest.fixture(scope="session")
def zaken_register() -> Iterator[Register]:
    clients = {f"mijn-{code}": SECRET for code in ("9901", "9902", "9903")}
    with demo_zaken.demo_register(clients, DAY) as register:
        yield register


@pytest.fixture
def brp_fake(brp_register: Register) -> Iterator[Register]:
    brp_register.calls.clear()
    yield brp_register
    brp_register.misbehave("none")


@pytest.fixture
def zaken_fake(zaken_register: Register) -> Iterator[Register]:
    zaken_register.calls.clear()
    yield zaken_register
    zaken_register.misbehave("none")


@contextmanager
def failing(register: Register, fault: str, seconds: float = 60) -> Iterator[None]:
    """For the block. Who is too late is waited for shortly; one who answers wrongly has all the time that a
    busy machine needs.
    """
    register.misbehave(fault, seconds)
    with pytest.MonkeyPatch.context() as changed:
        if fault in SLOW:
            changed.setattr("portal.registers.caller.LIMIT", 0.4)
        yield
    register.misbehave("none")


@pytest.fixture
def brp(brp_fake: Register) -> Connection:
    return brp_connection(brp_fake.url)


@pytest.fixture
def zaken(zaken_fake: Register) -> Connection:
    return zaken_connection(zaken_fake.url)


@pytest.fixture
def here(zandmeer: Municipality) -> Iterator[Municipality]:
    """Zandmeer is in force, in one transaction, as in a view."""
    from django.db import transaction

    with acting_for(zandmeer), transaction.atomic():
        yield zandmeer


@pytest.fixture
def ask(here: Municipality) -> Ask:
    """Ask one question and give what was found; fails when nothing was."""

    def found(connection: Connection, question: Callable[[Caller], Awaitable[Any]]) -> Any:
        answer = ask_one(Question(connection, question))
        assert isinstance(answer, Found), answer
        return answer.value

    return found


def brp_connection(url: str, **credentials: str) -> Connection:
    return Connection(
        id=uuid4(),
        municipality_id=UUID(int=1),
        kind="brp",
        name="BRP",
        base_url=f"{url}/haalcentraal/api/brp/",
        credentials={"api_key": KEY, **credentials},
        parameters={
            "doelbinding": "BRPACT-Totaal",
            "verwerking": "Mijn",
            "gebruiker": "BurgerZelf",
            "oin": "00000001990000000000",
        },
    )


def zaken_connection(
    url: str, code: str = "9901", back_end: str = "openzaak", **credentials: str
) -> Connection:
    return Connection(
        id=uuid4(),
        municipality_id=UUID(int=1),
        kind="zaken",
        name="Zaaksysteem",
        base_url=f"{url}/zaken/api/v1/",
        credentials={"client_id": f"mijn-{code}", "secret": SECRET, **credentials},
        parameters={
            "catalogi_url": f"{url}/catalogi/api/v1/",
            "max_confidentiality": "zaakvertrouwelijk",
            "phone": "(0999) 12 34 56",
            "documenten_url": f"{url}/documenten/api/v1/",
            "besluiten_url": f"{url}/besluiten/api/v1/",
            "back_end": back_end,
        },
    )
