"""A municipality's connections to registers and providers, detached from the database."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from .acting import current_municipality
from .crypto import decrypt, encrypt
from .models import ConnectionRow
from .worded import Worded

TABLE, COLUMN = "municipalities_connectionrow", "credentials"
OF_KIND = Worded(lambda kind: ConnectionRow.objects.filter(kind=kind).order_by("name"), kind="its kind")


class NotConnected(LookupError):
    """The municipality has no connection of that kind."""


@dataclass(frozen=True, slots=True)
class Connection:
    """Address, credentials and limits; safe to hand to another thread."""

    id: UUID
    municipality_id: UUID
    kind: str
    name: str
    base_url: str
    credentials: Mapping[str, str] = field(repr=False)
    parameters: Mapping[str, Any]
    switched_off: bool = False
    """An administrator does not want it asked for now."""


def connections(kind: str) -> list[Connection]:
    """All connections of a kind of the municipality in force. One query."""
    return [_detached(row) for row in OF_KIND(kind=kind)]


def all_connections() -> list[Connection]:
    """Whatever the municipality in force is connected to. One query."""
    return [_detached(row) for row in ConnectionRow.objects.order_by("kind", "name")]


def connections_of(*kinds: str) -> list[Connection]:
    """All connections of several kinds, in one query."""
    return [_detached(row) for row in ConnectionRow.objects.filter(kind__in=kinds).order_by("kind", "name")]


def kinds_connected(*kinds: str) -> frozenset[str]:
    """Which of these kinds the municipality in force has a connection of. One query."""
    found = ConnectionRow.objects.filter(kind__in=kinds).values_list("kind", flat=True)
    return frozenset(found.distinct())


def connection(kind: str) -> Connection:
    """The one connection of a kind. Raises NotConnected."""
    found = connections(kind)
    if not found:
        raise NotConnected(kind)
    return found[0]


def connect(
    kind: str, name: str, base_url: str, credentials: Mapping[str, str], parameters: Mapping[str, Any]
) -> ConnectionRow:
    """Make or replace a connection of the municipality in force."""
    municipality = current_municipality()
    row = ConnectionRow.objects.filter(kind=kind, name=name).first() or ConnectionRow(
        kind=kind, name=name, municipality=municipality
    )
    row.base_url, row.parameters = base_url, dict(parameters)
    row.credentials = encrypt(json.dumps(dict(credentials)).encode(), table=TABLE, column=COLUMN, row=row.id)
    row.save()
    return row


def _detached(row: ConnectionRow) -> Connection:
    return Connection(
        id=row.id,
        municipality_id=row.municipality_id,
        kind=row.kind,
        name=row.name,
        base_url=row.base_url,
        credentials=json.loads(decrypt(bytes(row.credentials), table=TABLE, column=COLUMN, row=row.id)),
        parameters=row.parameters,
        switched_off=row.switched_off,
    )
