"""Looking up a resident without a device: the BRP is asked, and that it was asked is written down.

What the BRP says stays ready, encrypted, for as long as the help takes: an hour at most. The BSN is asked
with and not kept at all.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from portal.accounts import door
from portal.accounts.limits import too_many
from portal.accounts.residents import resident_of
from portal.accounts.standing import Standing
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connections
from portal.municipalities.crypto import decrypt, encrypt
from portal.registers.answers import Found
from portal.registers.brp.postal import lines_of
from portal.registers.brp.records import Person
from portal.registers.brp.section import ask
from portal.registers.brp.shareable import SHAREABLE
from portal.registers.brp.visible import standing
from portal.registers.gather import ask_one
from portal.sharing.purposes import TICKED, Version
from portal.sharing.values import Values
from portal.usage import activities
from portal.usage.models import Basis, Use

from .models import Help
from .team import Worker, employee

MOST = 20  # look-ups by one employee in a quarter
WHY = {
    "give": "Nakijken wie u bent: u wilde iets delen",
    "stop": "Nakijken wie u bent: u wilde stoppen met delen",
    "see": "Nakijken wie u bent: u vroeg wat er gedeeld is",
}
"""As the resident reads it in the time line, which is in Dutch whatever the page."""


class NotFound(StrEnum):
    """Why there is nobody to help."""

    UNKNOWN = "unknown"
    SILENT = "silent"
    ELSEWHERE = "elsewhere"
    """Of another municipality, or abroad: nothing of them is shown."""
    OTHER = "other"
    """Deceased, under guardianship, or too young to say yes alone."""
    TOO_OFTEN = "too_often"


class NotHelped(Exception):
    """Nobody was looked up; nothing of anybody is shown or kept."""

    def __init__(self, why: NotFound) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Known:
    """What the BRP says, to compare and to give."""

    name: str = field(repr=False)
    born: str = field(repr=False)
    shareable: Values = field(repr=False)
    """By the name that purposes give it, without "brp."."""
    postal: list[str] = field(repr=False)
    """Where a letter goes; empty when the BRP knows no address. Never on a screen: it may be kept secret."""

    def of(self, version: Version) -> dict[str, str]:
        """Attribute to value, of what the BRP knows and may be passed on, and of what is only ticked."""
        ticks = {one.name: TICKED for one in version.choices}
        pairs = ((one.name, (one.register or "").removeprefix("brp.")) for one in version.attributes)
        return ticks | {name: self.shareable[there] for name, there in pairs if self.shareable.get(there)}


def look_up(worker: Worker, bsn: BSN, channel: str, reason: str) -> Help:
    """Ask the BRP, and write down that it was asked, by whom and why. Raises NotHelped."""
    if too_many("look-up", str(worker.account), most=MOST, seconds=900):
        raise NotHelped(NotFound.TOO_OFTEN)
    person = _asked(bsn)
    here = current_municipality()
    now = timezone.now()
    stands = standing(person, here.code, timezone.localdate(now))
    door.heard(bsn, stands)
    if stands is Standing.UNKNOWN or person is None:
        raise NotHelped(NotFound.UNKNOWN)
    elsewhere = stands in (Standing.NOT_RESIDENT, Standing.MOVED_AWAY)
    with transaction.atomic():
        who = employee(worker)
        subject = resident_of(bsn) if not elsewhere else None
        if subject is not None:
            _used(subject.id, worker, reason)
        if stands is Standing.OK and subject is not None:
            row = Help(
                id=uuid4(),
                municipality=here,
                employee=who,
                subject=subject,
                channel=channel,
                reason=reason,
                begun=now,
            )
            row.person = encrypt(json.dumps(_kept(person)).encode(), **column(row, "person"))
            row.save(force_insert=True)
            return row
    raise NotHelped(NotFound.ELSEWHERE if elsewhere else NotFound.OTHER)


def known(row: Help) -> Known:
    """What the BRP said."""
    assert row.person is not None
    kept = json.loads(decrypt(bytes(row.person), **column(row, "person")))
    return Known(kept["name"], kept["born"], kept["shareable"], kept.get("postal", []))


def column(row: Help, name: str) -> dict[str, Any]:
    """What binds an encrypted column of a help to its row."""
    return {"table": "counter_help", "column": name, "row": row.id}


def _asked(bsn: BSN) -> Person | None:
    with transaction.atomic():
        connected = connections("brp")
    answer = ask_one(ask(connected[0], bsn)) if connected else None
    if not isinstance(answer, Found):
        raise NotHelped(NotFound.SILENT)
    person: Person | None = answer.value
    return person


def _kept(person: Person) -> Mapping[str, Any]:
    shareable = {name: value for name, words in SHAREABLE.items() if (value := words(person))}
    return {
        "name": person.name,
        "born": person.born.text if person.born else "",
        "shareable": shareable,
        "postal": list(lines_of(person) or []),
    }


def _used(subject: UUID, worker: Worker, reason: str) -> None:
    Use.objects.create(
        municipality=current_municipality(),
        subject_id=subject,
        who=f"{worker.team}, gemeente {worker.municipality.name}",
        purpose=WHY[reason],
        ground=activities.LOOK_UP.law,
        activity=activities.LOOK_UP.address,
        what=["Naam", "Geboortedatum", "Adres"],
        at=timezone.now(),
        basis=Basis.LAW,
    )
