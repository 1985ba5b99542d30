"""Fills the demo's database: municipalities, connections, purposes, pages and staff.

Pages and staff once for each state, so that what an editor changed stays; connections at every start, since
the ports may have moved. To repeat it changes nothing else.
"""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from demo.desk.portal import SLUG, key_in, public_pem
from demo.irma.server import prepare
from demo.state import Ports, day_of_reset, secrets_of
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.founding import found
from portal.municipalities.models import Municipality
from portal.sharing.models import Consumer

from . import pages
from .connections import connect_irma, connect_provider, connect_registers, connect_sms, write_clients
from .municipalities import PLACES, Place
from .purposes_made import make_purposes


def load(state: Path, first_port: int, made: Path) -> None:
    """Everything that the demo shows; `made` is where irma's programs and scheme are."""
    ports, secrets, day = Ports(first_port), secrets_of(state), day_of_reset(state)
    irma = prepare(state, ports.all["irma"], made=made)
    desk_key = public_pem(key_in(state / "desk"))
    clients: dict[str, Any] = {}
    for place in PLACES:
        with acting_for(_municipality(place, day)), transaction.atomic():
            connect_registers(place, ports, secrets)
            connect_sms(ports, secrets)
            connect_irma(place, ports, irma)
            clients |= connect_provider(place, ports)
            _introduce_desk(place, f"{ports.url('desk')}/events/{place.slug}", desk_key)
    write_clients(state, clients)
    _load_pages(state, day)
    make_purposes()


def _municipality(place: Place, day: date) -> Municipality:
    return Municipality.objects.filter(slug=place.slug).first() or found(
        place.slug, place.name, place.host, place.code, place.slug, place.facts_on(day), fictional=True
    )


def _introduce_desk(place: Place, events_url: str, public_key: str) -> None:
    known = {"name": f"Balie van gemeente {place.name}", "public_key": public_key, "events_url": events_url}
    Consumer.objects.update_or_create(municipality=current_municipality(), slug=SLUG, defaults=known)


def _load_pages(state: Path, day: date) -> None:
    done = state / "pages-loaded"
    if done.exists():
        return
    staff = pages.load(secrets_of(state).staff_password, day)
    (state / "staff.json").write_text(json.dumps(staff))
    done.touch()
