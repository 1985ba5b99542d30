"""What administrators do to connections, each step written down; where data goes, two of them decide.

Another scheme, host, port, certificate or contract of an outway means that residents' data, and our
secret, go to somebody else. Then nothing of the old secret goes along, and nothing is used before
a second person agrees.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import COLUMN, TABLE, Connection
from portal.municipalities.crypto import decrypt, encrypt
from portal.municipalities.models import ConnectionRow

from .connecting import GRANT, HEADER, ConnectionKind
from .models import Breaker, ConnectionAct, ProposedConnection

PROPOSALS = "registers_proposedconnection"
NONE = UUID(int=0)
CERTIFICATE = ("certificate", "certificate_key")
Act = ConnectionAct.Kind


class Refused(Exception):
    """The step cannot be made; the reason is one of these."""

    OWN = "own"
    GONE = "gone"
    NAME = "name"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Administrator:
    """Who is at work."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """A connection as a form has it. Of secrets only what was filled in anew."""

    name: str
    base_url: str
    settings: Mapping[str, str]
    """The parameters that the form knows; empty text for none."""
    secrets: Mapping[str, str]
    dropped: frozenset[str] = frozenset()
    """Secrets to forget: an extra header, or the certificate."""


def destination(kind: ConnectionKind, base_url: str, parameters: Mapping[str, Any]) -> tuple[str, ...]:
    """Where the data goes: scheme, host and port of each address, and the outway's contract."""
    addresses = [base_url, *(str(parameters.get(name) or "") for name in kind.addresses)]
    return (*map(_origin, addresses), str(parameters.get(GRANT) or ""))


def goes_elsewhere(kind: ConnectionKind, row: ConnectionRow | None, wanted: Wanted) -> bool:
    """Whether a second person must agree; for a new connection too."""
    if row is None:
        return True
    if any(name in wanted.secrets or name in wanted.dropped for name in CERTIFICATE):
        return True
    now = destination(kind, row.base_url, row.parameters)
    return destination(kind, wanted.base_url, wanted.settings) != now


def secrets_of(row: ConnectionRow) -> dict[str, str]:
    """The credentials of a row, to be kept while others change; they are shown on no page."""
    kept: dict[str, str] = json.loads(decrypt(bytes(row.credentials), table=TABLE, column=COLUMN, row=row.id))
    return kept


def waiting_for(row: ConnectionRow | None) -> ProposedConnection | None:
    """The proposal that waits for a second person, if there is one."""
    return ProposedConnection.objects.filter(connection=row.id).first() if row else None


def save(kind: ConnectionKind, row: ConnectionRow | None, wanted: Wanted, who: Administrator) -> UUID | None:
    """Change a connection, or propose it and give the proposal's id. Raises Refused."""
    _free_name(kind, row, wanted.name)
    if waiting_for(row):
        raise Refused(Refused.WAITING)
    if goes_elsewhere(kind, row, wanted):
        return _propose(kind, row, wanted, who)
    assert row is not None
    before = secrets_of(row)
    after = {name: value for name, value in before.items() if name not in wanted.dropped}
    after |= wanted.secrets
    told = (row.name, row.base_url, dict(row.parameters))
    row.name, row.base_url = wanted.name, wanted.base_url
    row.parameters = _with_settings(kind, row.parameters, wanted.settings)
    row.credentials = encrypt(json.dumps(after).encode(), table=TABLE, column=COLUMN, row=row.id)
    row.save()
    if after != before:
        note(row.id, row.name, Act.SECRET, who)
    if told != (row.name, row.base_url, row.parameters):
        note(row.id, row.name, Act.SETTINGS, who)
    return None


def approve(proposal: UUID, who: Administrator) -> ConnectionRow:
    """Use what somebody else proposed, from the next page on. Raises Refused."""
    with transaction.atomic():
        made = _locked(proposal)
        if made.by == who.id:
            raise Refused(Refused.OWN)
        row = ConnectionRow.objects.select_for_update().filter(id=made.connection or NONE).first()
        if made.connection and row is None:
            raise Refused(Refused.GONE)
        if (
            ConnectionRow.objects.filter(kind=made.kind, name=made.name)
            .exclude(id=made.connection or NONE)
            .exists()
        ):
            raise Refused(Refused.NAME)
        row = row or ConnectionRow(id=uuid4(), kind=made.kind, municipality=current_municipality())
        plain = decrypt(bytes(made.credentials), table=PROPOSALS, column=COLUMN, row=made.id)
        row.name, row.base_url = made.name, made.base_url
        anew = {"found", *made.parameters}  # what another system can do must be asked anew
        kept = {name: value for name, value in row.parameters.items() if name not in anew}
        row.parameters = kept | {name: value for name, value in made.parameters.items() if value}
        row.credentials = encrypt(plain, table=TABLE, column=COLUMN, row=row.id)
        row.save()
        Breaker.objects.filter(connection=row.id).delete()
        note(row.id, row.name, Act.APPROVED, who)
        made.delete()
        return row


def reject(proposal: UUID, who: Administrator) -> None:
    """Throw a proposal away: a second person's no, or one's own second thought. Raises Refused."""
    with transaction.atomic():
        made = _locked(proposal)
        note(made.connection or made.id, made.name, Act.REJECTED, who)
        made.delete()


def switch(row: ConnectionRow, who: Administrator, *, off: bool) -> None:
    """Stop asking a register, or ask it again; from the next page on."""
    if row.switched_off != off:
        row.switched_off = off
        row.save(update_fields=["switched_off"])
        note(row.id, row.name, Act.SWITCHED_OFF if off else Act.SWITCHED_ON, who)


def set_parameter(row: ConnectionRow, name: str, value: Any, act: Act, who: Administrator) -> None:
    """One parameter that another page than the connection's form knows; nothing for none."""
    others = {key: kept for key, kept in row.parameters.items() if key != name}
    row.parameters = others | ({name: value} if value else {})
    row.save(update_fields=["parameters"])
    note(row.id, row.name, act, who)


def as_connection(made: ProposedConnection) -> Connection:
    """A proposal, to be tried before anybody agrees."""
    return Connection(
        id=made.id,
        municipality_id=made.municipality_id,
        kind=made.kind,
        name=made.name,
        base_url=made.base_url,
        credentials=json.loads(decrypt(bytes(made.credentials), table=PROPOSALS, column=COLUMN, row=made.id)),
        parameters=made.parameters,
    )


def note(connection: UUID, name: str, act: Act, who: Administrator) -> None:
    """Write down who did what, and when."""
    ConnectionAct.objects.create(
        connection=connection, name=name, kind=act, by=who.id, by_name=who.name, at=timezone.now()
    )


def _propose(kind: ConnectionKind, row: ConnectionRow | None, wanted: Wanted, who: Administrator) -> UUID:
    made = ProposedConnection(
        municipality=current_municipality(),
        connection=row.id if row else None,
        kind=kind.kind,
        name=wanted.name,
        base_url=wanted.base_url,
        parameters=dict(wanted.settings),
        by=who.id,
        by_name=who.name,
        at=timezone.now(),
    )
    plain = json.dumps(dict(wanted.secrets)).encode()  # only what is new: no secret of ours goes elsewhere
    made.credentials = encrypt(plain, table=PROPOSALS, column=COLUMN, row=made.id)
    made.save(force_insert=True)
    note(made.connection or made.id, made.name, Act.PROPOSED, who)
    return made.id


def _locked(proposal: UUID) -> ProposedConnection:
    made = ProposedConnection.objects.select_for_update().filter(id=proposal).first()
    if made is None:
        raise Refused(Refused.GONE)
    return made


def _free_name(kind: ConnectionKind, row: ConnectionRow | None, name: str) -> None:
    rows = ConnectionRow.objects.filter(kind=kind.kind, name=name)
    waiting = ProposedConnection.objects.filter(kind=kind.kind, name=name)
    if row:
        rows, waiting = rows.exclude(id=row.id), waiting.exclude(connection=row.id)
    if rows.exists() or waiting.exists():
        raise Refused(Refused.NAME)


def _with_settings(
    kind: ConnectionKind, parameters: Mapping[str, Any], settings: Mapping[str, str]
) -> dict[str, Any]:
    known = {GRANT, *(one.name for one in kind.settings)}
    others = {name: value for name, value in parameters.items() if name not in known}
    return others | {name: value for name, value in settings.items() if value}


def _origin(address: str) -> str:
    try:
        url = urlsplit(address)
        port = url.port or {"https": 443, "http": 80}.get(url.scheme)
    except ValueError:
        return address
    return f"{url.scheme}://{url.hostname}:{port}" if address else ""


def header_names(credentials: Mapping[str, str]) -> list[str]:
    """The names of the extra headers; never what they say."""
    return sorted(name.removeprefix(HEADER) for name in credentials if name.startswith(HEADER))
