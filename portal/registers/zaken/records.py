"""What we keep of the answers of Zaken and Catalogi. Source: ZGW Zaken 1.5, Catalogi 1.3."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from portal.accounts.level import DIGID
from portal.municipalities.bsn import BSN
from portal.periods import Period

from ..businesses import NUMBER
from ..case_types import key_of
from ..dates import moment

LONGEST, STEPS = 1_000, 200
"""Signs of a text of the catalogue, as the standard has it, and steps of a type: all are remembered."""


@dataclass(frozen=True, slots=True)
class Statustype:
    """A step that cases of a type go through."""

    url: str
    number: int
    text: str
    """What a resident reads."""
    last: bool
    informs: bool = False
    """A resident must hear when a case gets there (informeren)."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        text = str(answer.get("statustekst") or answer["omschrijving"])[:LONGEST]
        last, informs = answer.get("isEindstatus") is True, answer.get("informeren") is True
        return cls(str(answer["url"]), int(answer["volgnummer"]), text, last, informs)


REPORTING = "melden"
"""What who begins a report does (handelingInitiator), in the words of Catalogi."""


@dataclass(frozen=True, slots=True)
class Zaaktype:
    """A kind of case."""

    url: str
    identification: str
    title: str
    external: bool
    """Meant for residents; an internal type is never shown."""
    term: Period | None
    """The legal term, from the start."""
    promise: Period | None
    """The service promise (servicenorm)."""
    steps: Sequence[str] = ()
    """The addresses of its statustypes."""
    catalogue: str = ""
    """The address of the catalogue that it stands in."""
    reports: bool = False
    """It begins by telling something (melden), not by asking for a decision."""

    @property
    def key(self) -> str:
        """How the municipality's own choices know it."""
        return key_of(self.catalogue, self.identification)

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        steps = answer.get("statustypen") or ()
        return cls(
            url=str(answer["url"]),
            identification=str(answer["identificatie"])[:LONGEST],
            title=str(answer["omschrijving"])[:LONGEST],
            external=answer.get("indicatieInternOfExtern") == "extern",
            term=duration(answer.get("doorlooptijd")),
            promise=duration(answer.get("servicenorm")),
            steps=tuple(map(str, steps)) if len(steps) <= STEPS else (),
            catalogue=str(answer.get("catalogus") or ""),
            reports=str(answer.get("handelingInitiator") or "").strip().lower() == REPORTING,
        )


@dataclass(frozen=True, slots=True)
class Status:
    """A step that a case reached."""

    zaak: str
    statustype: str
    set_on: datetime

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        return cls(str(answer["zaak"]), str(answer["statustype"]), moment(answer["datumStatusGezet"]))


BEYOND = max(DIGID.values()) + 1
"""A level that we do not know: nobody can show it."""
BUSINESSES = frozenset({"niet_natuurlijk_persoon", "vestiging"})
"""Kinds of who takes part in a case that are businesses (betrokkeneType)."""


@dataclass(frozen=True, slots=True)
class Rol:
    """Somebody's part in a case; of a person only whether it is a given BSN can be asked."""

    zaak: str
    """The case it is a part in."""
    kind: str
    role: str
    """The general description (omschrijvingGeneriek)."""
    mandate: str
    """"gemachtigde" or "machtiginggever"; empty for who acts for themselves."""
    team: str
    """The name of an organisational unit; of an employee we show nothing."""
    _bsn: str = field(repr=False)
    business: str = ""
    """The KVK number of a business; empty where it is none, or says none."""
    level: int = 0
    """How surely its person must sign in to see the case (`portal.accounts.level`); 0 says nothing."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        who = answer.get("betrokkeneIdentificatie") or {}
        kind, number = str(answer["betrokkeneType"]), str(who.get("kvkNummer") or "")
        return cls(
            zaak=str(answer["zaak"]),
            kind=kind,
            role=str(answer["omschrijvingGeneriek"]),
            mandate=str(answer.get("indicatieMachtiging") or ""),
            team=str(who.get("naam") or "") if kind == "organisatorische_eenheid" else "",
            _bsn=str(who.get("inpBsn") or "") if kind == "natuurlijk_persoon" else "",
            business=number if kind in BUSINESSES and NUMBER.fullmatch(number) else "",
            level=_level(answer.get("authenticatieContext")),
        )

    def is_person(self, bsn: BSN) -> bool:
        """Whether this is the person of that BSN."""
        return self._bsn == bsn.reveal()

    @property
    def person(self) -> BSN | None:
        """Who it is, to tell them of a change; None for an organisation, or a number that cannot be."""
        try:
            return BSN(self._bsn)
        except ValueError:
            return None


@dataclass(frozen=True, slots=True)
class Zaak:
    """A case."""

    url: str
    id: UUID
    number: str
    organisation: str
    """The RSIN of who gave the number (bronorganisatie); only together do they name a case."""
    description: str
    zaaktype: str
    started: date
    planned_end: date | None
    latest_end: date | None
    ended: date | None
    confidentiality: str
    suspended: str | None
    """The reason of a suspension, or None; may be empty text."""
    extended: str | None
    """The reason of an extension, or None."""
    status: UUID | None
    """The step it reached last."""
    result: UUID | None
    registered: date
    """Newer in the system that a case moved to."""

    @property
    def has_status(self) -> bool:
        return self.status is not None

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        suspension, extension = answer.get("opschorting") or {}, answer.get("verlenging") or {}
        return cls(
            url=str(answer["url"]),
            id=UUID(str(answer["uuid"])),
            number=str(answer["identificatie"]),
            organisation=str(answer["bronorganisatie"]),
            description=str(answer.get("omschrijving", "")),
            zaaktype=str(answer["zaaktype"]),
            started=date.fromisoformat(answer["startdatum"]),
            planned_end=_date(answer.get("einddatumGepland")),
            latest_end=_date(answer.get("uiterlijkeEinddatumAfdoening")),
            ended=_date(answer.get("einddatum")),
            confidentiality=str(answer["vertrouwelijkheidaanduiding"]),
            suspended=str(suspension.get("reden", "")) if suspension.get("indicatie") is True else None,
            extended=str(extension["reden"]) if extension.get("reden") else None,
            status=id_in(answer["status"]),
            result=id_in(answer["resultaat"]),
            registered=date.fromisoformat(answer["registratiedatum"]),
        )


def by_start(zaak: Zaak) -> tuple[date, str]:
    """What cases of a list are ordered by."""
    return (zaak.started, zaak.number)


@dataclass(frozen=True, slots=True)
class Case:
    """A case with everything its page needs."""

    zaak: Zaak
    zaaktype: Zaaktype
    shown_number: str
    """The number as its resident knows it."""
    statustypes: Sequence[Statustype]
    statuses: Sequence[Status]
    roles: Sequence[Rol]
    result: str
    """How it ended, in the type's words; empty while it runs."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A case of a list: what can be told of it without asking more."""

    zaak: Zaak
    zaaktype: Zaaktype
    shown_number: str
    """The number as its resident knows it."""
    roles: Sequence[Rol] | None
    """None until they were asked; nothing of it may be shown before."""


@dataclass(frozen=True, slots=True)
class CaseInList:
    """A case as the list shows it: of this resident, that is sure."""

    zaak: Zaak
    zaaktype: Zaaktype
    shown_number: str
    status_text: str
    """Empty where the status did not come, or the catalogue has no words for it."""
    status_came: bool
    businesses: Sequence[str] = ()
    """KVK numbers of those who asked together with this resident."""
    status_set: datetime | None = None
    """When it came to stand so."""
    status_number: int | None = None
    """Of the step in its kind of case; None as for `status_text`."""


def duration(text: Any) -> Period | None:
    """An ISO 8601 duration of years, months, weeks and days; None for what is not one.

    Only for a term that the register did not work out itself (`einddatumGepland`).
    """
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T.*)?", str(text or ""))
    if not found:
        return None
    years, months, weeks, days = (int(part or 0) for part in found.groups())
    return Period(months=12 * years + months, days=7 * weeks + days) or None


def id_in(address: Any) -> UUID | None:
    """The id that an address ends on. Behind a proxy its host is often not the one we may call."""
    return UUID(address.rstrip("/").rpartition("/")[2]) if address else None


def _level(context: Mapping[str, Any] | None) -> int:
    """How sure it was who took a part, in the session in which they did (authenticatieContext)."""
    if not context or not any(context.values()):
        return 0
    return DIGID.get(str(context.get("levelOfAssurance")), BEYOND)


def _date(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None
