"""All that the receipt of one act says, read back from what never changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from portal.accounts.required import Session
from portal.municipalities.acting import current_municipality
from portal.sharing.grants import own_grant, rows
from portal.sharing.ledger import heads
from portal.sharing.models import ActRecord, Channel, Duty, Grant, Recall, Receipt
from portal.sharing.purposes import Attribute, Version
from portal.sharing.purposes import read as read_version

from . import numbers


class Kind(StrEnum):
    """What happened, as residents tell acts apart."""

    GIVEN = "given"
    CHANGED = "changed"
    """A yes in the place of an earlier one."""
    STOPPED = "stopped"
    REPLACED = "replaced"
    """Ended by a new yes to the same purpose."""
    RECALLED = "recalled"
    """The municipality took the purpose back."""
    GIVEN_UP = "given_up"
    """The team that received it wants it no longer."""
    RESTORED = "restored"
    """Ended before, which was lost with what came after a backup; ended once more."""
    EXPIRED = "expired"
    USED = "used"
    """A yes for one time, which was used."""


class Who(StrEnum):
    """Who did it, as the subject reads it."""

    SUBJECT = "subject"
    ANOTHER = "another"
    """Somebody who may act for them."""
    EMPLOYEE = "employee"
    """Asked by the resident, written down by an employee."""
    CONSUMER = "consumer"
    """The team that received it."""
    MUNICIPALITY = "municipality"
    NOBODY = "nobody"
    """It went by itself."""


ACTS: Mapping[str, str] = {"given": "gegeven", "withdrawn": "gestopt", "erased": "afgelopen"}
"""The acts that have a receipt, as the log names them, and as their addresses do."""
WHY: Mapping[str, Kind] = {
    "asked": Kind.STOPPED,
    "replaced": Kind.REPLACED,
    "recalled": Kind.RECALLED,
    "given_up": Kind.GIVEN_UP,
    "restored": Kind.RESTORED,
    "expired": Kind.EXPIRED,
    "used": Kind.USED,
}


@dataclass(frozen=True, slots=True)
class Document:
    """The receipt of one act; I15: the same facts as the database."""

    kind: Kind
    act: str
    number: str
    at: datetime
    grant: UUID
    subject: UUID
    """The person, under an id of this grant only: two receipts cannot be laid together."""
    actor: UUID
    """Who acted, likewise; equal to the subject when they did it themselves."""
    who: Who
    employee: str
    channel: str
    version: Version
    """In the language that was read."""
    what: Sequence[Attribute]
    way: str
    level: str
    heard: bool
    """An employee read the text aloud; otherwise the resident read it."""
    by_another: bool
    """Somebody else read the text and said the yes, for the resident."""
    language: str
    given: datetime
    until: datetime | None
    one_time: bool
    supersedes: UUID | None
    """The grant that this one came in the place of."""
    why: str
    """What residents are told of a recall; else empty."""
    controller: str
    consumer: str
    position: int
    """Its place in the act log, from 1."""
    head: str | None
    """Size and root of the signed head of the log; None as long as no head holds it."""

    @property
    def spoken(self) -> str:
        """The number as it stands on paper."""
        return numbers.spoken(self.number)

    @property
    def ends(self) -> bool:
        """Whether it tells of an end."""
        return self.act != "given"

    @property
    def slug(self) -> str:
        """The act in the address of its downloads."""
        return ACTS[self.act]


def own(session: Session, grant: UUID) -> list[Document]:
    """The receipts of an own grant, in the order of the acts. Raises NotYours."""
    return of_grant(own_grant(session, grant))


def one_own(session: Session, grant: UUID, slug: str) -> Document | None:
    """The receipt of one act of an own grant, by its name in addresses. Raises NotYours."""
    return next((one for one in own(session, grant) if one.slug == slug), None)


def of_subject(subject: UUID, grant: UUID) -> list[Document]:
    """As `own`, for who helps the resident; none when the grant is another's."""
    row = rows().filter(id=grant, subject_id=subject).first()
    return of_grant(row) if row else []


def of_grant(grant: Grant) -> list[Document]:
    """The receipts of a grant, in the order of the acts. Three queries at most."""
    receipts = {row.act: row for row in Receipt.objects.filter(grant=grant)}
    records = ActRecord.objects.filter(grant=grant, act__in=receipts).select_related("entry")
    found = [_document(grant, receipts[record.act], record) for record in records]
    return sorted(found, key=lambda one: one.position)


def consumer_confirmed(grant: UUID) -> datetime | None:
    """When the consumer said that it erased what it had."""
    told = Duty.objects.filter(grant_id=grant, kind=Duty.TELL_CONSUMER, confirmed__isnull=False)
    return told.values_list("confirmed", flat=True).first()


def head_over(record: ActRecord) -> str | None:
    """The signed head that holds an act, as it is printed: its size and root; None while there is none."""
    head = heads.with_entry(record.entry.position)
    return f"{head.size} · {head.root_in_hex}" if head else None


def _document(grant: Grant, receipt: Receipt, record: ActRecord) -> Document:
    said = record.payload
    given = receipt.act == "given"
    version = read_version(grant.version, grant.language)
    kind = kind_of(receipt.act, said)
    return Document(
        kind=kind,
        act=receipt.act,
        number=receipt.number,
        at=receipt.at,
        grant=grant.id,
        subject=_here_only(grant, str(grant.subject_id)),
        actor=_here_only(grant, said["actor"] if given else said.get("by", said["subject"])),
        who=_who(grant, receipt.act, said),
        employee=_team(grant, said) if given or said.get("employee") else "",
        channel=grant.channel if given else said.get("channel", "mijn"),
        version=version,
        what=[one for one in version.attributes if one.name in grant.chosen],
        way=grant.way,
        level=grant.level,
        heard=grant.channel in (Channel.COUNTER, Channel.PHONE),
        by_another=grant.actor_id != grant.subject_id,
        language=grant.language,
        given=grant.given,
        until=grant.until,
        one_time=grant.one_time,
        supersedes=grant.supersedes,
        why=_told(grant) if kind is Kind.RECALLED else "",
        controller=current_municipality().name,
        consumer=grant.consumer.name,
        position=record.entry.position + 1,
        head=head_over(record),
    )


def _team(grant: Grant, said: Mapping[str, Any]) -> str:
    """Who wrote it down, by team; the log has their id, which only the municipality can read back."""
    if not (grant.employee or said.get("employee")):
        return ""
    return str(said.get("team") or current_municipality().name)


def kind_of(act: str, said: Mapping[str, Any]) -> Kind:
    """What happened, for one of ACTS, by what the log says of it."""
    if act == "given":
        return Kind.CHANGED if said.get("supersedes") else Kind.GIVEN
    # A reason that is added later must not take the receipt away.
    return WHY.get(said["because"], Kind.STOPPED if act == "withdrawn" else Kind.EXPIRED)


def _who(grant: Grant, act: str, said: Mapping[str, Any]) -> Who:
    if act == "erased":
        return Who.NOBODY
    employee = grant.employee if act == "given" else said.get("employee")
    if employee:
        return Who.EMPLOYEE
    by = said["actor"] if act == "given" else said["by"]
    if by in ("municipality", "consumer"):
        return Who(by)
    return Who.SUBJECT if by == said["subject"] else Who.ANOTHER


def _here_only(grant: Grant, person: str) -> UUID:
    return uuid5(grant.id, person)


def _told(grant: Grant) -> str:
    recalls = Recall.objects.filter(
        purpose=grant.version.purpose_id, until_version__gte=grant.version.number
    ).order_by("until_version")
    return recalls.values_list("why", flat=True).first() or ""
