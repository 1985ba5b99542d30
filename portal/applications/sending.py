"""Sending: from here on it is the municipality's. What must be made of it is written in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.sessions import Session
from portal.aloud import new_number
from portal.municipalities.acting import current_municipality
from portal.municipalities.connections import Connection
from portal.municipalities.crypto import decrypt, encrypt

from . import content
from .content import Group
from .kinds import CHECK, Kind
from .leases import lease_now
from .models import Application, Write
from .step_forms import StepForm, in_words

TABLE, COLUMN = "applications_write", "bsn"
OFFICERS = "nl"
"""The language of the case system."""


def send(
    row: Application, kind: Kind, forms: Mapping[str, StepForm], session: Session, system: Connection
) -> UUID:
    """The yes of the resident; gives the lease under which the web process may begin at once.

    The row is locked by the caller, and still a draft: who sends twice finds it sent.
    """
    now = timezone.now()
    with override(OFFICERS):
        told = [asdict(one) for one in groups(kind, forms)]
        properties = _properties(kind, forms)
    content.put(row, {"groups": told, "properties": properties})
    row.state, row.sent, row.changed = Application.SENT, now, now
    row.level, row.connection = int(session.level), system.id
    row.promised = timezone.localdate(now) + kind.promise
    row.due, row.lease = now, uuid4()
    row.leased_until = lease_now(now)
    _give_number(row)
    _write_down(row, properties, session)
    return row.lease


def groups(kind: Kind, forms: Mapping[str, StepForm]) -> list[Group]:
    """All answers in words, step by step, in the language in force."""
    return [
        Group(step, str(form.title), form.told())
        for step, form in forms.items()
        if step in kind.steps and step != CHECK
    ]


def bsn_of(write: Write) -> str:
    """Whose role it is."""
    assert write.bsn is not None
    return decrypt(bytes(write.bsn), table=TABLE, column=COLUMN, row=write.id).decode()


def _properties(kind: Kind, forms: Mapping[str, StepForm]) -> dict[str, str]:
    told = {}
    for name, (step, field) in kind.properties.items():
        form = forms[step]
        told[name] = in_words(form.fields[field], form.cleaned_data.get(field))
    return {name: value for name, value in told.items() if value}


def _give_number(row: Application) -> None:
    """One that nobody has; another one, in the rare case that it was given before."""
    while True:
        row.number = new_number("M", 4, 4)
        try:
            with transaction.atomic():
                row.save()
            return
        except IntegrityError:
            if not Application.objects.filter(number=row.number).exclude(id=row.id).exists():
                raise


def _write_down(row: Application, properties: Mapping[str, str], session: Session) -> None:
    """Until it has a status no resident and no list shows the case; the team may still come after it."""
    facts = [f"fact:{name}" for name in properties]
    pieces: Sequence[str] = ("case", "role", *facts, "document", "enclosure", "status", "handler")
    for place, piece in enumerate(pieces):
        write = Write(municipality=current_municipality(), application=row, place=place, piece=piece)
        if piece == "role":
            digits = session.bsn.reveal().encode()
            write.bsn = encrypt(digits, table=TABLE, column=COLUMN, row=write.id)
        write.save(force_insert=True)
