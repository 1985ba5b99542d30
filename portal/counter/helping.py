"""Helping a resident without a device: look up, compare with a document, read aloud, write down, stop.

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

from portal.accounts.limits import too_many
from portal.accounts.residents import resident_of
from portal.accounts.standing import Standing
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connections
from portal.municipalities.crypto import decrypt, encrypt
from portal.registers.answers import Found
from portal.registers.brp.records import Person
from portal.registers.brp.section import ask
from portal.registers.brp.shareable import SHAREABLE
from portal.registers.brp.visible import standing
from portal.registers.gather import ask_one
from portal.sharing import grants, on_behalf, purposes
from portal.sharing.acts import NotShown
from portal.sharing.grants import By, NotYours
from portal.sharing.models import Channel, Grant
from portal.sharing.purposes import Version
from portal.sharing.values import Values
from portal.usage.models import Basis, Use

from .forgetting import HELP_TIME
from .handover import PURPOSE as BY_CODE
from .models import Help
from .team import Worker, employee

MOST = 20  # look-ups by one employee in a quarter
LAW = "Wet algemene bepalingen burgerservicenummer, artikel 10; Wet BRP, artikel 1.7"
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


class NotChecked(Exception):
    """Whether this is that person must be looked at first."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the BRP says, to compare and to give."""

    name: str = field(repr=False)
    born: str = field(repr=False)
    shareable: Values = field(repr=False)
    """By the name that purposes give it, without "brp."."""

    def of(self, version: Version) -> dict[str, str]:
        """Attribute to value, of what the BRP knows and may be passed on."""
        pairs = ((one.name, (one.register or "").removeprefix("brp.")) for one in version.attributes)
        return {name: self.shareable[there] for name, there in pairs if self.shareable.get(there)}


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen and is read aloud; the yes or no is to this and nothing else."""

    id: UUID
    """Of the sharing it becomes, so that a second press makes no second grant."""
    slug: str
    language: str
    read: str
    values: Values = field(repr=False)


def look_up(worker: Worker, bsn: BSN, channel: str, reason: str) -> Help:
    """Ask the BRP, and write down that it was asked, by whom and why. Raises NotHelped."""
    if too_many("look-up", str(worker.account), most=MOST, seconds=900):
        raise NotHelped(NotFound.TOO_OFTEN)
    person = _asked(bsn)
    here = current_municipality()
    now = timezone.now()
    stands = standing(person, here.code, timezone.localdate(now))
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
            row.person = encrypt(json.dumps(_kept(person)).encode(), **_column(row, "person"))
            row.save(force_insert=True)
            return row
    raise NotHelped(NotFound.ELSEWHERE if elsewhere else NotFound.OTHER)


def mine(worker: Worker, help_id: UUID, *, lock: bool = False) -> Help:
    """The help that this very employee gives now. Raises NotYours, also when it is over."""
    rows = Help.objects.select_related("employee")
    if lock:
        rows = rows.select_for_update(of=("self",))
    row = rows.filter(id=help_id, employee__account=worker.account, ended=None).first()
    if row is None or row.person is None or timezone.now() >= row.begun + HELP_TIME:
        raise NotYours
    return row


def checked(worker: Worker, help_id: UUID) -> Help:
    """As `mine`, once the identity was checked. Raises NotYours, NotChecked."""
    row = mine(worker, help_id)
    if row.checked is None:
        raise NotChecked
    return row


def check(worker: Worker, help_id: UUID, document: str, end: str) -> None:
    """The employee looked at the document, and it is this person."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        row.document, row.document_end, row.checked = document, end, timezone.now()
        row.save(update_fields=["document", "document_end", "checked"])


def known(row: Help) -> Known:
    """What the BRP said."""
    assert row.person is not None
    kept = json.loads(decrypt(bytes(row.person), **_column(row, "person")))
    return Known(kept["name"], kept["born"], kept["shareable"])


def offered(row: Help) -> list[Version]:
    """What can be said yes to here: what is shown by a code is not, nor what only a wallet can prove.

    What must be signed too is not asked by phone.
    """
    can = known(row)
    asked = [one for one in purposes.offered("nl") if one.has_a_yes and one.slug != BY_CODE]
    by_phone = row.channel == Channel.PHONE
    return [one for one in asked if _can(one, can) and not (one.explicit and by_phone)]


def prepare(worker: Worker, help_id: UUID, version: Version, values: Values) -> Draft:
    """Keep what was chosen, to be read aloud before yes or no."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        draft = Draft(uuid4(), version.slug, version.language, version.content_hash, dict(values))
        written = {
            "id": str(draft.id),
            "slug": draft.slug,
            "language": draft.language,
            "read": draft.read,
            "values": dict(values),
        }
        row.draft = encrypt(json.dumps(written).encode(), **_column(row, "draft"))
        row.save(update_fields=["draft"])
    return draft


def draft_of(row: Help) -> Draft | None:
    """What waits for a yes or no."""
    if row.draft is None:
        return None
    kept = json.loads(decrypt(bytes(row.draft), **_column(row, "draft")))
    return Draft(UUID(kept["id"]), kept["slug"], kept["language"], kept["read"], kept["values"])


def agree(worker: Worker, help_id: UUID, shown: str, read: str, *, signed: bool) -> Grant:
    """Write down the yes to the draft that was `shown`. Raises as `on_behalf.give_for`."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        draft, version = _on_screen(row, shown)
        by = on_behalf.Recorded(worker.name, worker.team, row.channel, read, signed)
        return on_behalf.give_for(row.subject_id, draft.id, version, draft.values, by)


def refuse(worker: Worker, help_id: UUID, shown: str) -> str:
    """Write down the no; gives the purpose's slug. Nothing of the draft is kept. Raises NotShown."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        draft, version = _on_screen(row, shown)
        if Grant.objects.filter(sharing_id=draft.id).exists():
            raise NotShown  # the yes to it stands; stopping is another act
        if not any(one["id"] == str(draft.id) for one in row.said_no):
            on_behalf.refuse_for(row.subject_id, draft.id, version)
            at = timezone.now().isoformat()
            row.said_no = [*row.said_no, {"id": str(draft.id), "version": draft.read, "at": at}]
        row.draft = None
        row.save(update_fields=["said_no", "draft"])
    return draft.slug


def stop(worker: Worker, help_id: UUID, grant: UUID) -> Grant:
    """Stop one grant of the resident who asks. Raises NotYours."""
    with transaction.atomic():
        row = mine(worker, help_id)
        return grants.withdraw_for(row.subject_id, grant, By(row.subject_id, worker.name, row.channel))


def end(worker: Worker, help_id: UUID) -> None:
    """Ready: what the BRP said is gone."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        row.ended, row.person, row.draft = timezone.now(), None, None
        row.save(update_fields=["ended", "person", "draft"])


def _on_screen(row: Help, shown: str) -> tuple[Draft, Version]:
    draft = draft_of(row)
    if draft is None or str(draft.id) != shown:
        raise NotShown
    version = purposes.newest(draft.slug, draft.language)
    if version is None:
        raise NotShown
    return draft, version


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
    return {"name": person.name, "born": person.born.text if person.born else "", "shareable": shareable}


def _can(version: Version, can: Known) -> bool:
    """Whether every required attribute can be had here: known, or said; what must be proven is known only."""
    there = can.of(version)
    needed = [one for one in version.attributes if one.required]
    return all(there.get(one.name) == one.must_equal if one.must_equal else True for one in needed)


def _used(subject: UUID, worker: Worker, reason: str) -> None:
    Use.objects.create(
        municipality=current_municipality(),
        subject_id=subject,
        who=f"{worker.team}, gemeente {worker.municipality.name}",
        purpose=WHY[reason],
        ground=LAW,
        what=["Naam", "Geboortedatum", "Adres"],
        at=timezone.now(),
        basis=Basis.LAW,
    )


def _column(row: Help, column: str) -> dict[str, Any]:
    return {"table": "counter_help", "column": column, "row": row.id}
