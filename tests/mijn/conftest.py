"""Helga of Zandmeer, signed in, with the demo's registers behind Mijn."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from demo.registers.serving import Register
from portal.accounts import sessions
from portal.accounts.level import Level
from portal.accounts.mandates import Reach, Represented
from portal.accounts.middleware import COOKIE
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connect
from portal.municipalities.models import Municipality
from tests.registers import conftest as registers

from .served import portal

brp_register, zaken_register = registers.brp_register, registers.zaken_register
brp_fake, zaken_fake = registers.brp_fake, registers.zaken_fake

HELGA, AYSE, KEES, HENDRIK = (BSN(one) for one in ("999970458", "999991747", "999990329", "999990160"))


def connected(here: Municipality, connection: Connection, name: str = "") -> UUID:
    """A connection of a municipality, as an administrator makes it."""
    with acting_for(here), transaction.atomic():
        row = connect(
            connection.kind,
            name or connection.name,
            connection.base_url,
            connection.credentials,
            connection.parameters,
        )
    return row.id


def cookie_of(
    here: Municipality,
    bsn: BSN = HELGA,
    name: str = "Helga Huisman",
    represents: Represented | None = None,
) -> str:
    """A live session; gives the value of its cookie."""
    with acting_for(here), transaction.atomic():
        _session, token = sessions.begin(bsn, name, Level.SUBSTANTIEEL, uuid4(), "sub", "sid", represents)
    return token


def signed_in(here: Municipality, bsn: BSN = HELGA) -> Client:
    """The browser of somebody in a live session."""
    browser = Client(headers={"host": here.host})
    browser.cookies[COOKIE] = cookie_of(here, bsn)
    return browser


def acting_for_another(here: Municipality, bsn: BSN, reach: Reach = Reach.SHARE) -> Client:
    """The browser of Ayse, who came for somebody else."""
    browser = Client(headers={"host": here.host})
    whom = Represented(bsn, "Helga Huisman", reach)
    browser.cookies[COOKIE] = cookie_of(here, AYSE, "Ayse", whom)
    return browser


def body_of(answer: object) -> str:
    """The whole page, streamed or not."""
    return b"".join(answer).decode()  # type: ignore[call-overload]  # any answer of Django's iterates in bytes


@pytest.fixture(scope="session")
def port(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The portal, served by a process of its own."""
    with portal(tmp_path_factory.mktemp("portal")) as port:
        yield port


@pytest.fixture
def brp_id(zandmeer: Municipality, brp_fake: Register) -> UUID:
    return connected(zandmeer, registers.brp_connection(brp_fake.url))


@pytest.fixture
def zaken_id(zandmeer: Municipality, zaken_fake: Register) -> UUID:
    return connected(zandmeer, registers.zaken_connection(zaken_fake.url))


@pytest.fixture
def mijn(zandmeer: Municipality, brp_id: UUID, zaken_id: UUID) -> Municipality:
    """Zandmeer with both registers."""
    return zandmeer


@pytest.fixture
def helga(mijn: Municipality) -> Client:
    return signed_in(mijn)
