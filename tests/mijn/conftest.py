"""Helga of Zandmeer, signed in, with the demo's registers behind Mijn; and a real server in front of it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.test import Client

from demo.registers.serving import Register
from portal.accounts import sessions
from portal.accounts.level import Level
from portal.accounts.middleware import COOKIE
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connect
from portal.municipalities.models import Municipality
from tests.registers.conftest import (  # noqa: F401  # fixtures
    brp_connection,
    brp_fake,
    brp_register,
    zaken_connection,
    zaken_fake,
    zaken_register,
)

HELGA, AYSE, KEES, ROBBERT = BSN("999970458"), BSN("999991747"), BSN("999990329"), BSN("999992612")
SignIn = Callable[..., Client]


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


def signed_in(here: Municipality, bsn: BSN = HELGA, name: str = "Helga Huisman") -> Client:
    """The browser of somebody in a live session."""
    with acting_for(here), transaction.atomic():
        _session, token = sessions.begin(bsn, name, Level.SUBSTANTIEEL, uuid4(), "sub", "sid")
    browser = Client(headers={"host": here.host})
    browser.cookies[COOKIE] = token
    return browser


@pytest.fixture
def brp_id(zandmeer: Municipality, brp_fake: Register) -> UUID:  # noqa: F811
    return connected(zandmeer, brp_connection(brp_fake.url))


@pytest.fixture
def zaken_id(zandmeer: Municipality, zaken_fake: Register) -> UUID:  # noqa: F811
    return connected(zandmeer, zaken_connection(zaken_fake.url))


@pytest.fixture
def mijn(zandmeer: Municipality, brp_id: UUID, zaken_id: UUID) -> Municipality:
    """Zandmeer with both registers."""
    return zandmeer


@pytest.fixture
def helga(mijn: Municipality) -> Client:
    return signed_in(mijn)
