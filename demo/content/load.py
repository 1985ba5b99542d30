"""Fills the demo's database: municipalities, connections, purposes, pages and staff.

Pages and staff once for each state, so that what an editor changed stays; connections whenever code or ports
changed (demo/unchanged.py), since they name the ports. To repeat it changes nothing else.
"""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from demo import wijkteam
from demo.consumer import key_in, public_keys
from demo.desk.portal import TEAMS
from demo.irma.server import prepare
from demo.registers.notificaties import Subscription, write_subscriptions
from demo.state import Ports, day_of_reset, secrets_of
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from portal.sharing.models import Consumer
from portal.sharing.models.consumers import Kind

from . import pages, staff, uses
from .connections import (
    connect_irma,
    connect_klantinteracties,
    connect_messages,
    connect_own_data,
    connect_provider,
    connect_registers,
    connect_sms,
    connect_sociaal,
    connect_tasks,
    write_clients,
)
from .municipalities import PLACES, Place
from .purposes import PURPOSES, READS
from .purposes_made import make_purposes
from .residents import AYSE


def load(state: Path, first_port: int, made: Path) -> None:
    """Everything that the demo shows; `made` is where irma's programs and scheme are."""
    ports, secrets, day = Ports(first_port), secrets_of(state), day_of_reset(state)
    irma = prepare(state, ports.all["irma"], made=made)
    desk_key = public_keys(key_in(state / "desk"))
    wijkteam_keys = public_keys(key_in(state / "wijkteam"))
    clients: dict[str, Any] = {}
    news: dict[str, dict[str, Subscription]] = {}
    for place in PLACES:
        with acting_for(_municipality(place)), transaction.atomic():
            for system, told in connect_registers(place, ports, secrets).items():
                news.setdefault(system, {})[f"mijn-{place.code}"] = told
            connect_klantinteracties(place, ports, secrets)
            connect_tasks(place, ports, secrets)
            connect_messages(place, ports, secrets)
            connect_own_data(place, ports, secrets)
            connect_sms(ports, secrets)
            connect_irma(place, ports, irma)
            clients |= connect_provider(place, ports)
            _introduce_teams(place, f"{ports.url('desk')}/events/{place.slug}", desk_key)
            if place.slug == wijkteam.PLACE:
                connect_sociaal(ports, secrets)
                _introduce_wijkteam(wijkteam_keys, f"{ports.url('wijkteam')}{wijkteam.BACK}")
            if place.slug == AYSE.municipality:
                uses.load(day)
    write_clients(state, clients)
    for system, by_client in news.items():
        write_subscriptions(state, system, by_client)
    _load_pages(state, day)
    make_purposes(READS)


def _municipality(place: Place) -> Municipality:
    return Municipality.objects.filter(slug=place.slug).first() or found(
        place.slug, place.name, place.host, place.code, place.slug, place.facts, fictional=True
    )


def _introduce_teams(place: Place, events_url: str, jwks: Mapping[str, Any]) -> None:
    """Each team that receives something here; the desk plays their systems."""
    offered = PURPOSES[place.slug]
    for team, name in TEAMS.items():
        purposes = [one for one, reads in READS.items() if reads == team and one in offered]
        private = team == "thuiszorg-de-vesting"
        if purposes:
            known = {
                "name": name if private else f"{name} van gemeente {place.name}",
                "kind": Kind.PRIVATE if private else Kind.PUBLIC,
                "jwks": jwks,
                "events_url": f"{events_url}/{team}",
                "purposes": purposes,
            }
            Consumer.objects.update_or_create(municipality=current_municipality(), slug=team, defaults=known)


def _introduce_wijkteam(jwks: Mapping[str, Any], page: str) -> None:
    """It asks for its events itself, and has no address where it is told."""
    known = {
        "name": wijkteam.NAME,
        "jwks": jwks,
        "events_url": "",
        "purposes": [wijkteam.PURPOSE],
        "return_urls": [page],
    }
    Consumer.objects.update_or_create(municipality=current_municipality(), slug=wijkteam.SLUG, defaults=known)


def _load_pages(state: Path, day: date) -> None:
    done = state / "pages-loaded"
    password = secrets_of(state).staff_password
    if done.exists() and not staff.missing():
        return
    members = staff.load(password) if done.exists() else pages.load(password, day)
    (state / "staff.json").write_text(json.dumps(members))
    (state / "employees.json").write_text(json.dumps(staff.load_employees(password)))
    done.touch()
