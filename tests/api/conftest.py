"""A professional's system as it calls: with its own key, its own ids, and nothing else."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from demo.content.purposes.adres_parkeren import address_for_parking
from portal.accounts.sessions import Session
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.sharing import purposes
from portal.sharing.models import Consumer
from tests.sharing.conftest import Desk, new_session
from tests.sharing.conftest import desk_at as desk_at
from tests.sharing.conftest import offering as offering

HELGA = BSN("999970458")


class System:
    """One consumer's calls to one municipality."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.client = desk, Client(HTTP_HOST=desk.municipality.host)

    def call(self, method: str, path: str, body: Any = None, *scopes: str, **headers: str) -> Any:
        sent = {"Authorization": self.desk.header(*scopes), **headers}
        more = {"data": body, "content_type": "application/json"} if body is not None else {}
        return self.client.generic(method, f"/api/v1/{path}", **_encoded(more), headers=sent)

    def asks(self, **other: Any) -> Any:
        return self.call("POST", "toestemmingsverzoeken", question(**other))


def _encoded(more: dict[str, Any]) -> dict[str, Any]:
    import json

    if "data" in more and not isinstance(more["data"], str):
        more["data"] = json.dumps(more["data"])
    return more


def question(**other: Any) -> dict[str, Any]:
    """What a consumer asks of Helga."""
    asked = {
        "id": str(uuid4()),
        "doel": "digitaal-bericht",
        "versie": 1,
        "burgerservicenummer": HELGA.reveal(),
    }
    return {**asked, **other}


@pytest.fixture
def system(desk_at: Desk) -> System:
    return System(desk_at)


@pytest.fixture
def other_system(offering: Municipality) -> System:
    return System(Desk("andere-balie", offering))


@pytest.fixture
def helga(offering: Municipality) -> Session:
    with acting_for(offering), transaction.atomic():
        session = new_session(HELGA)
    return session


@pytest.fixture
def parking(offering: Municipality, desk_at: Desk) -> System:
    """The desk also reads by law."""
    with acting_for(offering), transaction.atomic():
        text = address_for_parking("Zandmeer", "(0999) 12 34 56")
        purposes.publish("adres-parkeren", {**text, "consumer": "demo-balie", "case_types": ["dakkapel"]})
        row = Consumer.objects.get(slug="demo-balie")
        row.purposes = [*row.purposes, "adres-parkeren"]
        row.save()
    return System(desk_at)


__all__ = ["System"]
