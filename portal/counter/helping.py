"""Helping a resident without a device: read aloud, write down, stop.

Who it is was looked up (`looking_up`) and compared with a document first.
"""

import json
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from portal.municipalities.crypto import decrypt, encrypt
from portal.sharing import grants, on_behalf, purposes, requests
from portal.sharing.acts import NotShown
from portal.sharing.grants import By, NotYours
from portal.sharing.models import Channel, Grant
from portal.sharing.purposes import Version
from portal.sharing.values import Values

from .forgetting import HELP_TIME
from .handover import PURPOSE as BY_CODE
from .looking_up import Known, column, known
from .models import Help
from .team import Worker


class NotChecked(Exception):
    """Whether this is that person must be looked at first."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was chosen and is read aloud; the yes or no is to this and nothing else."""

    id: UUID
    """Of the sharing it becomes, so that a second press makes no second grant."""
    slug: str
    language: str
    read: str
    question: UUID | None
    """The consumer's question that it answers, read aloud with it."""
    values: Values = field(repr=False)


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
        asked = requests.open_about(row.subject_id, version.slug)
        question = asked.id if asked else None
        draft = Draft(uuid4(), version.slug, version.language, version.content_hash, question, dict(values))
        written = {
            "id": str(draft.id),
            "slug": draft.slug,
            "language": draft.language,
            "read": draft.read,
            "question": str(question) if question else None,
            "values": dict(values),
        }
        row.draft = encrypt(json.dumps(written).encode(), **column(row, "draft"))
        row.save(update_fields=["draft"])
    return draft


def draft_of(row: Help) -> Draft | None:
    """What waits for a yes or no."""
    if row.draft is None:
        return None
    kept = json.loads(decrypt(bytes(row.draft), **column(row, "draft")))
    question = UUID(kept["question"]) if kept.get("question") else None
    return Draft(UUID(kept["id"]), kept["slug"], kept["language"], kept["read"], question, kept["values"])


def agree(worker: Worker, help_id: UUID, shown: str, read: str, *, signed: bool) -> Grant:
    """Write down the yes to the draft that was `shown`. Raises as `on_behalf.give_for`."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        draft, version = _on_screen(row, shown)
        by = on_behalf.Recorded(
            worker.name, str(row.employee_id), worker.team, row.channel, read, draft.question, signed
        )
        return on_behalf.give_for(row.subject_id, draft.id, version, draft.values, by)


def refuse(worker: Worker, help_id: UUID, shown: str) -> str:
    """Write down the no; gives the purpose's slug. Nothing of the draft is kept. Raises NotShown."""
    with transaction.atomic():
        row = mine(worker, help_id, lock=True)
        draft, version = _on_screen(row, shown)
        if Grant.objects.filter(sharing_id=draft.id).exists():
            raise NotShown  # the yes to it stands; stopping is another act
        if not any(one["id"] == str(draft.id) for one in row.said_no):
            on_behalf.refuse_for(row.subject_id, draft.id, version, draft.question)
            at = timezone.now().isoformat()
            row.said_no = [*row.said_no, {"id": str(draft.id), "version": draft.read, "at": at}]
        row.draft = None
        row.save(update_fields=["said_no", "draft"])
    return draft.slug


def stop(worker: Worker, help_id: UUID, grant: UUID) -> Grant:
    """Stop one grant of the resident who asks. Raises NotYours."""
    with transaction.atomic():
        row = mine(worker, help_id)
        by = By(row.subject_id, str(row.employee_id), row.channel, team=worker.team)
        return grants.withdraw_for(row.subject_id, grant, by)


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


def _can(version: Version, can: Known) -> bool:
    """Whether every required attribute can be had here: known, or said; what must be proven is known only."""
    there = can.of(version)
    needed = [one for one in version.attributes if one.required]
    return all(there.get(one.name) == one.must_equal if one.must_equal else True for one in needed)
