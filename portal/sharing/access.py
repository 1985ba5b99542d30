"""The answer to a request for access (GDPR 15): all that this municipality keeps here of one resident.

The resident's own row, and every table of the municipality that points at it as subject, is in it by itself,
also one that is added later; so is every table that points at such a row, as what a consumer must hear of a
grant or of a question that led to none. What lies encrypted there is opened. Keys, hashes, secrets and the
names of employees are not in it: they are no data about the resident. Nor is the BSN, by which they were
found.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.db import models, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from portal.accounts.models import Resident
from portal.municipalities.acting import current_municipality
from portal.municipalities.crypto import DoesNotDecrypt, decrypt
from portal.municipalities.models import TenantModel
from portal.notices.kinds import Kind
from portal.notices.telling import tell
from portal.usage import activities
from portal.usage.models import Basis, Use

from .models import Grant, OfficerAct
from .purposes import read
from .purposes.making import Person
from .values import unseal

PERSONS = {
    "employee",
    "employee_name",
    "officer",
    "officer_name",
    "by",
    "lifted_by",
    "account",
    "answered_by",
}
"""Columns and parts of a record that name staff: a resident sees teams."""
SHUT = {"bsn", "code", "wallet_session", "wrapped", "salt", "hash", "hashes", "leaf"}
"""Columns of bytes that are opened for nobody."""
SECRETS = {"lock"}
"""Columns of text with what only a register and we may know."""
ALL_OF_IT = "Alles wat de gemeente hier over u bewaart"
"""What was handed over, as the resident reads it in the time line, which is in Dutch whatever the page."""
IN_MEMORY = 2_000_000  # bytes; a larger export goes through a file


def answer(subject: UUID, officer: Person, why: str) -> IO[bytes]:
    """A ZIP with everything as JSON and to read; the export itself is logged and shows in Mijn."""
    with transaction.atomic():
        at = timezone.now()
        OfficerAct.objects.create(
            kind=OfficerAct.Kind.EXPORT,
            at=at,
            officer=officer.id,
            officer_name=officer.name,
            subject_id=subject,
            why=why,
        )
        Use.objects.create(
            municipality=current_municipality(),
            subject_id=subject,
            who="Functionaris gegevensbescherming",
            purpose="Antwoord op een verzoek om inzage",
            ground=activities.ACCESS.law,
            activity=activities.ACCESS.address,
            basis=Basis.LAW,
            what=["everything"],
            labels=[ALL_OF_IT],
            at=at,
        )
        tell(subject, Kind.INSIGHT)
        return _zipped(subject, at)


def nothing_known(officer: Person, why: str) -> None:
    """Write down that somebody was looked for of whom nothing is kept; not who."""
    OfficerAct.objects.create(
        kind=OfficerAct.Kind.NOTHING_TO_EXPORT,
        at=timezone.now(),
        officer=officer.id,
        officer_name=officer.name,
        why=why,
    )


def everything(subject: UUID) -> dict[str, list[dict[str, Any]]]:
    """Every row about the resident, by table."""
    own = [_plain(row) for row in Resident.objects.filter(id=subject)]
    found: dict[str, list[dict[str, Any]]] = {Resident._meta.label: own}
    for model in about_residents():
        rows = [_plain(row) for row in model._default_manager.filter(_about(model, subject)).order_by("id")]
        if rows:
            found[model._meta.label] = rows
    return found


def about_residents() -> Iterator[type[TenantModel]]:
    """The tables with rows about one resident: by a key to them, or by a key to a row about them."""
    for model in apps.get_models():
        if issubclass(model, TenantModel) and model._meta.app_label != "accounts" and _ways(model):
            yield model


def _about(model: type[TenantModel], subject: UUID) -> models.Q:
    """By whichever of its keys is filled in."""
    either = models.Q(pk__in=[])
    for way in _ways(model):
        either |= models.Q(**{way: subject})
    return either


def _ways(model: type[TenantModel]) -> list[str]:
    """The key to the resident; where there is none all keys to rows that have one."""
    own = _own_key(model)
    return [own] if own else [f"{name}__{key}" for name, to in _keys(model) if (key := _own_key(to))]


def _own_key(model: type[models.Model]) -> str:
    return next((name for name, to in _keys(model) if to is Resident and name != "actor"), "")


def _keys(model: type[models.Model]) -> list[tuple[str, type[models.Model]]]:
    return [
        (field.name, field.related_model)
        for field in model._meta.local_fields
        if isinstance(field, models.ForeignKey) and isinstance(field.related_model, type)
    ]


def _plain(row: TenantModel) -> dict[str, Any]:
    """A row as text, without keys and staff; what is encrypted as far as its key is still there."""
    made: dict[str, Any] = {}
    for field in row._meta.local_fields:
        if field.name in PERSONS | SECRETS or field.name == "municipality":
            continue
        if not isinstance(field, models.BinaryField):
            made[field.attname] = _without_staff(getattr(row, field.attname))
        elif field.name not in SHUT:
            made[field.name] = _values(row) if isinstance(row, Grant) else _opened(row, field.name)
    return made


def _opened(row: TenantModel, name: str) -> Any:
    """What an encrypted column holds, which is bound to its table, name and row."""
    stored = getattr(row, name)
    if stored is None:
        return None
    try:
        plain = decrypt(bytes(stored), table=row._meta.db_table, column=name, row=row.pk)
    except DoesNotDecrypt:
        return None
    try:
        text = plain.decode()
    except UnicodeDecodeError:
        return f"{len(plain)} bytes"  # of a file that the resident sent, and that is on its way
    try:
        return _without_staff(json.loads(text))
    except ValueError:
        return text


def _without_staff(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _without_staff(one) for name, one in value.items() if name not in PERSONS}
    return value.isoformat() if isinstance(value, datetime) else value


def _values(grant: Grant) -> dict[str, str] | None:
    try:
        return dict(unseal(grant))
    except DoesNotDecrypt:
        return None


def _zipped(subject: UUID, at: datetime) -> IO[bytes]:
    file: IO[bytes] = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed by who sends it
    data = everything(subject)
    record = {
        "gemeente": current_municipality().name,
        "gemaakt": at.isoformat(),
        "grondslag": "AVG, artikel 15",
        "gegevens": data,
    }
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("gegevens.json", json.dumps(record, ensure_ascii=False, indent=1, default=str))
        archive.writestr(
            "lees-mij.html", render_to_string("sharing/access.html", _to_read(subject, at, data))
        )
    file.seek(0)
    return file


def _to_read(subject: UUID, at: datetime, data: Mapping[str, Any]) -> dict[str, Any]:
    """The main things in words; all else is in the JSON beside it."""
    grants = Grant.objects.select_related("version__purpose", "consumer").filter(subject_id=subject)
    shared = [
        {
            "version": version,
            "who": list(dict.fromkeys([grant.consumer.name, *version.receivers])),
            "given": grant.given,
            "until": grant.until,
            "withdrawn": grant.withdrawn,
            "values": _values(grant) or {},
        }
        for grant in grants.order_by("-given")
        for version in [read(grant.version, "nl")]
    ]
    uses = list(Use.objects.filter(subject_id=subject))
    rows = sum(map(len, data.values()))
    return {"municipality": current_municipality(), "at": at, "shared": shared, "uses": uses, "rows": rows}
