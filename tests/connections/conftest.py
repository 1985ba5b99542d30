"""Two administrators of Zandmeer and one of Veldrecht, with the demo's registers behind both."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from cms.founding import administrators_of, officers_of
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.models import ConnectionRow, Municipality
from tests.mijn.conftest import connected
from tests.registers import conftest as registers

CMS = "cms.localhost"
Z = "/admin/koppelingen/zandmeer/"
SECRET = registers.SECRET

brp_register, zaken_register = registers.brp_register, registers.zaken_register
brp_fake, zaken_fake = registers.brp_fake, registers.zaken_fake
here = registers.here


@pytest.fixture
def staff(zandmeer: Municipality, veldrecht: Municipality) -> Callable[[str], Client]:
    """The browser of Karim or Lotte (Zandmeer), Tjitske (Veldrecht), or Ingrid, who guards privacy."""
    groups = {
        "karim": administrators_of(zandmeer),
        "lotte": administrators_of(zandmeer),
        "tjitske": administrators_of(veldrecht),
        "ingrid": officers_of(zandmeer),
    }

    def browser(name: str) -> Client:
        user, _made = get_user_model().objects.get_or_create(username=name, first_name=name.title())
        user.groups.set([groups[name]])
        client = Client(headers={"host": CMS})
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def karim(staff: Callable[[str], Client]) -> Client:
    return staff("karim")


@pytest.fixture
def lotte(staff: Callable[[str], Client]) -> Client:
    return staff("lotte")


@pytest.fixture
def zaken_id(zandmeer: Municipality, zaken_fake: Register) -> UUID:
    return connected(zandmeer, registers.zaken_connection(zaken_fake.url, back_end=""))


def row_of(place: Municipality, connection: UUID) -> ConnectionRow:
    with acting_for(place):
        return ConnectionRow.objects.get(id=connection)


def text(answer: Any) -> str:
    return str(answer.content.decode())


def filled(row: ConnectionRow | None = None, **changes: str) -> dict[str, str]:
    """What a browser sends of a case system's form: nothing of its secrets, and what is changed."""
    settings = ("catalogi_url", "documenten_url", "besluiten_url", "max_confidentiality", "team", "phone")
    known = {name: str(row.parameters.get(name, "")) for name in (*settings, "back_end")} if row else {}
    return known | ({"name": row.name, "base_url": row.base_url} if row else {}) | changes
