"""Kees of Veldrecht and Helga of Zandmeer fill in forms; behind Mijn stand the demo's BRP and case system."""

import io
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pypdf
import pytest
from django.db import transaction
from django.test import Client

from demo.registers import zaken as demo_zaken
from demo.registers.serving import Register
from demo.registers.zgw_records import RSIN, Words
from demo.registers.zgw_store import Store
from portal.applications.models import Application
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.registers.case_types import CHOICES
from tests.mijn.conftest import HELGA, body_of, connected, signed_in
from tests.registers import conftest as registers

brp_register, brp_fake = registers.brp_register, registers.brp_fake

TEAM = "Team Belastingen"
"""Who handles remission, as the municipality chose."""
ANSWERS: dict[str, dict[str, str | list[str]]] = {
    "wie": {"phone": "0612345678"},
    "huishouden": {"living": "partner", "children": "3"},
    "inkomen": {
        "sources": ["loon", "uwv"],
        "income": "1.450,50",
        "allowances": "123",
        "housing": "600",
        "health": "140",
    },
    "bezit": {"savings": "€ 812,-", "car": "ja", "car_value": "900", "house": "nee"},
    "rekening": {"iban": "nl91 abna 0417 1643 00"},
}
"""What Helga answers, step by step."""


@pytest.fixture
def zaken_fake() -> Iterator[Register]:
    """A case system of this test's own: what is written stays in it."""
    with demo_zaken.demo_register({"mijn-9901": registers.SECRET}, registers.DAY) as register:
        yield register


@pytest.fixture
def store(zaken_fake: Register) -> Store:
    """What the case system holds of Zandmeer."""
    return zaken_fake.respond.stores["mijn-9901"]  # type: ignore[attr-defined]  # the demo's Zaken


def taking_connection(url: str) -> registers.Connection:
    """A case system that takes applications."""
    known = registers.zaken_connection(url)
    catalogue = Words("", registers.DAY, "9901").id("catalogussen")
    more = {
        "documenten_url": f"{url}/documenten/api/v1/",
        "rsin": RSIN,
        "team": "Klantcontact",
        CHOICES: {f"{catalogue} kwijtschelding": {"team": TEAM}},
        "applications": {"kwijtschelding": "kwijtschelding", "verbetering": "verbetering"},
    }
    return replace(known, parameters={**known.parameters, **more})


@pytest.fixture
def zaken_id(zandmeer: Municipality, zaken_fake: Register) -> UUID:
    return connected(zandmeer, taking_connection(zaken_fake.url))


@pytest.fixture
def brp_id(zandmeer: Municipality, brp_fake: Register) -> UUID:
    return connected(zandmeer, registers.brp_connection(brp_fake.url))


@pytest.fixture
def mijn(zandmeer: Municipality, brp_id: UUID, zaken_id: UUID) -> Municipality:
    """Zandmeer with both registers."""
    return zandmeer


@pytest.fixture
def helga(mijn: Municipality) -> Client:
    return signed_in(mijn, HELGA)


def begin(browser: Client, kind: str = "kwijtschelding") -> str:
    """Press the button on the first page; gives the address of the form, with a slash at its end."""
    answer = browser.post(f"/mijn/aanvragen/{kind}/")
    assert answer.status_code == 302, answer
    return str(answer["Location"])


def fill(browser: Client, form: str, step: str, kind: str = "kwijtschelding", **changed: object):  # type: ignore[no-untyped-def]
    """Send one step, with Helga's answers unless others are given; gives what comes back."""
    given = {**ANSWERS.get(step, {}), **changed}
    sent = {f"{step}-{name}": value for name, value in given.items() if name not in BUTTONS}
    sent |= {name: value for name, value in given.items() if name in BUTTONS}
    return browser.post(f"{form}{step}/", {f"{kind}-current_step": step, **sent})


def not_right(browser: Client, form: str, step: str, **changed: object) -> str:
    """The page that says so. It has an address of its own, so that "back" never leads to what a POST gave."""
    answer = fill(browser, form, step, **changed)
    assert answer.status_code == 302
    assert answer["Location"] == f"{form}{step}/?fout=1"
    return body_of(browser.get(answer["Location"]))


BUTTONS = {"later", "wizard_goto_step"}


def filled_in(browser: Client, kind: str = "kwijtschelding") -> str:
    """A form of which every step is right, not yet sent."""
    form = begin(browser, kind)
    browser.get(f"{form}wie/")
    for step in ANSWERS:
        answer = fill(browser, form, step)
        assert answer.status_code == 302, (step, answer.content.decode()[:3000])
    return form


def send(browser: Client, form: str):  # type: ignore[no-untyped-def]
    """Tick the promise and press the last button."""
    return fill(browser, form, "controle", true="on")


def applications(here: Municipality) -> list[Application]:
    """All applications of a municipality."""
    with acting_for(here), transaction.atomic():
        return list(Application.objects.order_by("begun"))


def text_of_pdf(content: bytes) -> str:
    """What can be read in a PDF, with its lines made one."""
    read = pypdf.PdfReader(io.BytesIO(content))
    return " ".join("".join(page.extract_text() for page in read.pages).split())
