"""Residents in Mijn, employees on the counter's host, and the demo's registers behind both."""

from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client

from demo.content.purposes import home_care_plan, one_call
from demo.registers.serving import Register
from portal.counter.models import Team
from portal.municipalities.acting import acting_for
from portal.municipalities.bsn import BSN
from portal.municipalities.models import Municipality
from portal.sharing import purposes
from tests.mijn.conftest import connected
from tests.registers import conftest as registers
from tests.sharing.browser import Browser, Page
from tests.sharing.conftest import Desk
from tests.texts import message_by_email

COUNTER = "balie.localhost"
PASSWORD = "kade-molen-zwaan-vuurtoren"
HELGA, MEETINA = BSN("999970458"), BSN("999990020")

brp_register, zaken_register = registers.brp_register, registers.zaken_register
brp_fake, zaken_fake = registers.brp_fake, registers.zaken_fake


def offers(place: Municipality, brp: Register, zaken: Register) -> Municipality:
    """A municipality with purposes, consumers and registers, committed."""
    connected(place, registers.brp_connection(brp.url))
    connected(place, registers.zaken_connection(zaken.url))
    with acting_for(place), transaction.atomic():
        for slug, written in (
            ("bellen-eenmalig", one_call),
            ("thuiszorg-plan", home_care_plan),
            ("digitaal-bericht", message_by_email),
        ):
            purposes.publish(slug, written(place.name, "(0999) 12 34 56"))
    for slug in ("demo-balie", "klantcontact", "thuiszorg-de-vesting"):
        Desk(slug, place)
    return place


@pytest.fixture
def in_zandmeer(zandmeer: Municipality, brp_fake: Register, zaken_fake: Register) -> Municipality:
    return offers(zandmeer, brp_fake, zaken_fake)


@pytest.fixture
def in_veldrecht(veldrecht: Municipality, brp_fake: Register, zaken_fake: Register) -> Municipality:
    return offers(veldrecht, brp_fake, zaken_fake)


@dataclass
class AtCounter(Browser):
    """An employee's browser on the counter's host, signed in by the form."""

    def __init__(self, username: str) -> None:
        self.client = Client(HTTP_HOST=COUNTER, enforce_csrf_checks=True)
        self.username = username
        self.address, self.status, self.page, self.clicks = "", 0, Page(""), 0
        self.goes("/inloggen/")
        self.presses("Inloggen", username=username, password=PASSWORD)

    def types_code(self, code: str) -> "AtCounter":
        self.goes("/code/")
        return self.presses("Verder", code=code)  # type: ignore[return-value]

    def looks_up(self, bsn: BSN = MEETINA, channel: str = "counter", reason: str = "give") -> "AtCounter":
        self.goes("/helpen/")
        return self.presses(  # type: ignore[return-value]
            "Zoek op in de BRP", bsn=bsn.reveal(), channel=channel, reason=reason
        )

    def checks(self, document: str = "passport", end: str = "4F21") -> "AtCounter":
        return self.presses(  # type: ignore[return-value]
            "Verder", document=document, document_end=end, same="on"
        )


def employee(
    username: str, place: Municipality, team: str = "Klantcontact", name: str = "Sanne de Wit", **may: bool
) -> Any:
    """An account in a team of one municipality."""
    first, _space, last = name.partition(" ")
    user = get_user_model().objects.create_user(username, password=PASSWORD, first_name=first, last_name=last)
    group, made = Group.objects.get_or_create(name=f"Balie {place.name}: {team}")
    if made:
        Team.objects.create(group=group, municipality=place, name=team, **may)
    user.groups.add(group)
    return user


@pytest.fixture
def sanne(in_zandmeer: Municipality) -> AtCounter:
    employee("sanne", in_zandmeer)
    return AtCounter("sanne")


@pytest.fixture
def ruud(in_zandmeer: Municipality) -> AtCounter:
    employee("ruud", in_zandmeer, "Coördinatie", "Ruud Terpstra", may_oversee=True)
    return AtCounter("ruud")


@pytest.fixture
def gerrie(in_veldrecht: Municipality) -> AtCounter:
    employee("gerrie", in_veldrecht, "Dorpenteam", "Gerrie Postma", may_record=True)
    return AtCounter("gerrie")


@pytest.fixture
def helga(in_zandmeer: Municipality) -> Browser:
    return Browser(in_zandmeer, HELGA)


def gets_code(resident: Browser, **ticked: str) -> str:
    """The six digits for what was ticked."""
    resident.goes("/mijn/delen/balie/")
    resident.presses("Geef mij een code", **(ticked or {"with_name": "on"}))
    return resident.client.cookies["__Host-balie"].value
