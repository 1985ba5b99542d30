"""What we keep of the answers of Klantinteracties. Source: Klantinteracties 0.9.0."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..dates import moment


class AddressKind(StrEnum):
    """The kinds (soortDigitaalAdres) that Mijn shows; there is also "overig"."""

    EMAIL = "email"
    PHONE = "telefoonnummer"


@dataclass(frozen=True, slots=True)
class Address:
    """An e-mail address or number."""

    id: UUID
    kind: str
    text: str = field(repr=False)
    default: bool
    """The one to use, of several of a kind (isStandaardAdres)."""
    verified: date | None
    """When its owner proved that it is theirs."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        day = answer.get("verificatieDatum")
        return cls(
            id=UUID(str(answer["uuid"])),
            kind=str(answer["soortDigitaalAdres"]),
            text=str(answer["adres"]),
            default=answer.get("isStandaardAdres") is True,
            verified=date.fromisoformat(day) if day else None,
        )

    @property
    def mark(self) -> str:
        """Tells whether it is still the same one; says nothing of what it is."""
        return sha256(f"{self.id} {self.text}".encode()).hexdigest()[:16]


NUMBER = re.compile(r"[0-9]{1,10}")
"""As a reference number is; anything else could not stand in a page's address."""
NO_MARK = "none"


def mark_of(address: Address | None) -> str:
    """The mark of an address, or of there being none."""
    return address.mark if address else NO_MARK


@dataclass(frozen=True, slots=True)
class Partij:
    """A person as Klantinteracties knows them."""

    id: UUID
    addresses: Sequence[Address]
    preferred: UUID | None
    """The address at which they want to be told of things (voorkeursDigitaalAdres)."""
    _bsns: Sequence[str] = field(repr=False)

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """Addresses are there where they were asked for (`expand=digitaleAdressen`), and only their own."""
        beside = (answer.get("_expand") or {}).get("digitaleAdressen") or []
        own = [one for one in beside if (one.get("verstrektDoorPartij") or {}).get("uuid") == answer["uuid"]]
        preferred = answer.get("voorkeursDigitaalAdres")
        return cls(
            id=UUID(str(answer["uuid"])),
            addresses=[Address.of(one) for one in own],
            preferred=UUID(str(preferred["uuid"])) if preferred else None,
            _bsns=_bsns(answer),
        )

    def is_person(self, bsn: BSN) -> bool:
        """Whether this is the person of that BSN."""
        return bsn.reveal() in self._bsns

    def address(self, kind: str) -> Address | None:
        """The one of a kind to use: the default, else the one that was verified last."""
        of_kind = [one for one in self.addresses if one.kind == kind]
        return max(of_kind, key=lambda one: (one.default, one.verified or date.min), default=None)


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody's part in a contact; of whom only whether it is a given BSN can be asked."""

    role: str
    """"klant" or "vertegenwoordiger"."""
    initiator: bool
    """They sought contact, not the municipality."""
    _bsns: Sequence[str] = field(repr=False)

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        partij = (answer.get("_expand") or {}).get("wasPartij") or {}
        return cls(str(answer["rol"]), answer.get("initiator") is True, _bsns(partij))

    def is_person(self, bsn: BSN) -> bool:
        """Whether this is the person of that BSN."""
        return bsn.reveal() in self._bsns


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact between a resident and the municipality (klantcontact)."""

    id: UUID
    number: str
    """Its reference number (referentienummer), or nothing."""
    channel: str
    subject: str = field(repr=False)
    text: str = field(repr=False)
    answer: str = field(repr=False)
    at: datetime
    confidential: bool
    teams: Sequence[str]
    """Of employees we keep nothing."""
    parts: Sequence[Part]
    cases: Sequence[UUID]
    """The cases it was about."""
    answers: Sequence[UUID]
    """The earlier contacts it came back on."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        beside, number = answer.get("_expand") or {}, str(answer.get("referentienummer") or "")
        about = beside.get("gingOverOnderwerpobjecten") or []
        actors = answer.get("hadBetrokkenActoren") or []
        return cls(
            id=UUID(str(answer["uuid"])),
            number=number if NUMBER.fullmatch(number) else "",
            channel=str(answer["kanaal"]),
            subject=str(answer["onderwerp"]),
            text=str(answer.get("inhoud") or ""),
            answer=str(answer.get("reactie") or ""),
            at=moment(answer["plaatsgevondenOp"]),
            confidential=answer.get("vertrouwelijk") is not False,  # any doubt means that it is
            teams=[str(one["naam"]) for one in actors if one.get("soortActor") == "organisatorische_eenheid"],
            parts=[Part.of(one) for one in beside.get("hadBetrokkenen") or []],
            cases=[case for one in about if (case := _case(one.get("onderwerpobjectidentificator") or {}))],
            answers=[
                UUID(str(one["wasKlantcontact"]["uuid"])) for one in about if one.get("wasKlantcontact")
            ],
        )


def _case(named: Mapping[str, Any]) -> UUID | None:
    """The id of a case; the codes are free, these are what Open Klant's users use."""
    if (named.get("codeObjecttype"), named.get("codeSoortObjectId")) != ("zgw-Zaak", "uuid"):
        return None
    try:
        return UUID(str(named.get("objectId")))
    except ValueError:
        return None


def _bsns(partij: Mapping[str, Any]) -> Sequence[str]:
    """The numbers by which the BRP knows a person; an organisation has none."""
    if partij.get("soortPartij") != "persoon":
        return []
    named = [one.get("partijIdentificator") or {} for one in partij.get("partijIdentificatoren") or []]
    return [
        str(one["objectId"])
        for one in named
        if (one.get("codeRegister"), one.get("codeSoortObjectId")) == ("brp", "bsn") and one.get("objectId")
    ]
