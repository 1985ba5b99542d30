"""The demo's tasks over HTTP, in both back ends, fresh for each test since they are written to."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.test import Client

from demo.content.residents import HELGA, KEES
from demo.registers import objecten as demo_objecten
from demo.registers import taken as demo_taken
from demo.registers.serving import Register
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection
from portal.municipalities.models import Municipality
from tests.mijn.conftest import connected, signed_in
from tests.registers.conftest import DAY, zaken_connection

TOKENS = {f"token of {code}": code for code in ("9901", "9902", "9903")}
TITLES = {
    "objecten": {
        "form": "Beantwoord onze vraag over uw dakkapel",
        "payment": "Betaal uw parkeervergunning",
        "link": "Kies een dag voor het ophalen van uw grofvuil",
        "done": "Vertel ons wie er met u meeverhuist",
    },
    "open-vtb": {
        "form": "Vertel ons wanneer u stopt met uw bedrijf",
        "payment": "Betaal de kopie van uw bouwtekening",
        "link": "Stuur ons de jaarcijfers van uw bedrijf",
        "done": "Laat zien hoeveel spaargeld u heeft",
    },
}


@dataclass(frozen=True)
class Place:
    """A back end with a resident who has something to do in it."""

    back_end: str
    register: Register
    connection: Connection
    bsn: BSN

    def title(self, which: str) -> str:
        return TITLES[self.back_end][which]

    @property
    def paths(self) -> tuple[str, str]:
        """Of the call for all tasks, and below which one task is."""
        if self.back_end == "objecten":
            return "POST /api/v2/objects/search", "/api/v2/objects/"
        return "GET /taken/api/v1/externetaken", "/taken/api/v1/externetaken/"


def objecten_connection(register: Register, code: str = "9901", **parameters: object) -> Connection:
    url = f"{register.url}/api/v2/"
    kind = f"{url}objecttypes/{demo_objecten.TASK_TYPE}"
    return _connection(url, code, {"back_end": "objecten", "objecttype": kind, **parameters})


def vtb_connection(register: Register, code: str = "9902", **parameters: object) -> Connection:
    return _connection(f"{register.url}/taken/api/v1/", code, {"back_end": "open-vtb", **parameters})


def _connection(url: str, code: str, parameters: dict[str, object]) -> Connection:
    return Connection(
        id=uuid4(),
        municipality_id=UUID(int=1),
        kind="taken",
        name="Taken",
        base_url=url,
        credentials={"token": f"token of {code}"},
        parameters=parameters,
    )


@pytest.fixture
def objecten() -> Iterator[Register]:
    with demo_objecten.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture
def vtb() -> Iterator[Register]:
    with demo_taken.demo_register(TOKENS, DAY) as register:
        yield register


@pytest.fixture(params=["objecten", "open-vtb"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    """Helga with Objecten, and Kees with Open VTB."""
    with ExitStack() as held:
        if request.param == "objecten":
            register = held.enter_context(demo_objecten.demo_register(TOKENS, DAY))
            yield Place(request.param, register, objecten_connection(register), BSN(HELGA.bsn))
        else:
            register = held.enter_context(demo_taken.demo_register(TOKENS, DAY))
            yield Place(request.param, register, vtb_connection(register), BSN(KEES.bsn))


@pytest.fixture(autouse=True)
def on_that_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Today is the day of which the demo's records tell."""
    for module in ("client", "section", "task_pages"):
        monkeypatch.setattr(f"portal.registers.taken.{module}.timezone.localdate", lambda *_: DAY)


@pytest.fixture
def resident(zandmeer: Municipality, place: Place) -> Client:
    """Who has something to do, signed in where the back end is connected."""
    connected(zandmeer, place.connection)
    return signed_in(zandmeer, place.bsn)


@pytest.fixture
def helga(zandmeer: Municipality, objecten: Register, zaken_fake: Register) -> Client:
    """With cases beside her tasks in Objecten."""
    connected(zandmeer, objecten_connection(objecten))
    connected(zandmeer, zaken_connection(zaken_fake.url))
    return signed_in(zandmeer, BSN(HELGA.bsn))
