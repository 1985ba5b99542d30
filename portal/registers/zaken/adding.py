"""Adding a document of a resident to a case that runs: what is asked first, and the records it becomes.

A large document is made without content; the register then tells in which parts it wants it and gives a lock
to write them with (bestandsdelen, Documenten 1.4). There is no transaction on the other side: each record
can be looked for before it is made, and nothing here makes anything twice.
"""

import base64
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..case_types import choice_of
from ..documenten import connected, record, root
from ..errors import NotThere, RegisterUnavailable
from ..zgw_token import headers
from .client import case
from .intake import incoming_document
from .records import Zaak, id_in
from .visible import takes_documents

SMALL = 2_000_000  # bytes; up to there the content comes along, which makes it a third longer
DOCUMENTS = "enkelvoudiginformatieobjecten"


@dataclass(frozen=True, slots=True)
class CaseToAddTo:
    """A case of the resident who asks."""

    id: UUID
    title: str
    number: str
    """As its resident knows it."""
    takes: bool
    """Whether documents can be added now."""


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document as the register will know it."""

    number: str
    """Its identificatie, given by us: the one thing by which it can be found again."""
    source: str
    title: str
    file_name: str
    format: str
    size: int
    sha256: str
    received: date
    kind: str
    """The address of its informatieobjecttype."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part that the register wants of a large document (bestandsdeel)."""

    id: UUID
    place: int
    size: int
    done: bool
    lock: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Filed:
    """A document of ours that is in the register, whole or not."""

    id: UUID
    url: str
    locked: bool
    lock: str = field(repr=False)
    """What it is locked with; told when it is made, and not always after."""
    parts: Sequence[Part]

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        url = str(answer["url"])
        parts = sorted(map(_part, answer.get("bestandsdelen") or ()), key=lambda part: part.place)
        lock = str(answer.get("lock") or "") or next((one.lock for one in parts if one.lock), "")
        return cls(_id(url), url, answer.get("locked") is True, lock, parts)


async def case_to_add_to(zaken: Caller, bsn: BSN, zaak_id: UUID) -> CaseToAddTo | None:
    """A case, and whether a document can be added; None as `case`, for one that is not this resident's.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    found = await case(zaken, bsn, zaak_id)
    if found is None:
        return None
    choice = choice_of(zaken.connection.parameters, found.zaaktype.key)
    takes = takes_documents(found.zaak, choice) and connected(zaken)
    if takes:
        takes = bool(await incoming_document(zaken, found.zaaktype.url))
    return CaseToAddTo(found.zaak.id, found.zaaktype.title, found.shown_number, takes)


async def now(zaken: Caller, zaak_id: UUID) -> Zaak | None:
    """How a case is now, whosever it is: that was made sure of when the document came. None when it is gone.

    Raises RegisterUnavailable, RegisterRefused.
    """
    try:
        zaak = Zaak.of(await zaken.get(f"zaken/{zaak_id}", headers(zaken)))
    except NotThere:
        return None
    if zaak.id != zaak_id:
        raise RegisterUnavailable("another case than asked")
    return zaak


async def find(zaken: Caller, number: str, source: str) -> Filed | None:
    """The document of that number, as it is now. Raises RegisterUnavailable, RegisterRefused."""
    asked = {"identificatie": number, "bronorganisatie": source}
    known = await zaken.get(DOCUMENTS, headers(zaken), asked, root=root(zaken))
    ours = [one for one in known["results"] if one["identificatie"] == number]
    if not ours:
        return None
    found = await record(zaken, _id(ours[0]["url"]))
    if found["identificatie"] != number:
        raise RegisterUnavailable("another document than asked")
    return Filed.of(found)


async def make(zaken: Caller, new: NewDocument, content: bytes) -> Filed:
    """Make it: a small one with its content, of a large one the parts must follow.

    Raises RegisterTooSlow, RegisterUnavailable, RegisterRefused; after all but the last it may be there.
    """
    comes_along = new.size <= SMALL
    body = {
        "identificatie": new.number,
        "bronorganisatie": new.source,
        "creatiedatum": new.received.isoformat(),
        "ontvangstdatum": new.received.isoformat(),
        "titel": new.title,
        "beschrijving": "Door de inwoner toegevoegd in Mijn",
        "auteur": "Inwoner",
        "status": "definitief",
        "formaat": new.format,
        "taal": "nld",
        "bestandsnaam": new.file_name,
        "inhoud": base64.b64encode(content).decode() if comes_along else None,
        "bestandsomvang": new.size,
        "integriteit": {
            "algoritme": "sha_256",
            "waarde": new.sha256,
            "datum": new.received.isoformat(),
        },
        "informatieobjecttype": new.kind,
        "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
        "indicatieGebruiksrecht": False,
    }
    return Filed.of(await zaken.post(DOCUMENTS, headers(zaken), body, root=root(zaken)))


async def write_part(zaken: Caller, part: Part, lock: str, content: bytes) -> None:
    """Give the register one of the parts it wants; giving it again changes nothing.

    Raises RegisterTooSlow, RegisterUnavailable, RegisterRefused.
    """
    fields = {"lock": part.lock or lock}  # most use one lock for all
    await zaken.put_file(
        f"bestandsdelen/{part.id}", headers(zaken), "inhoud", content, fields, root=root(zaken)
    )


async def unlock(zaken: Caller, filed: Filed, lock: str) -> None:
    """The content is whole: from here on it can be read. Raises as `make`."""
    await zaken.post(f"{DOCUMENTS}/{filed.id}/unlock", headers(zaken), {"lock": lock}, root=root(zaken))


async def take_back(zaken: Caller, filed: Filed) -> None:
    """Delete a document of ours that is with no case. Raises RegisterUnavailable, RegisterRefused."""
    with suppress(NotThere):
        await zaken.write("DELETE", f"{DOCUMENTS}/{filed.id}", headers(zaken), root=root(zaken))


def _part(answer: Mapping[str, Any]) -> Part:
    return Part(
        id=_id(answer["url"]),
        place=int(answer["volgnummer"]),
        size=int(answer["omvang"]),
        done=answer.get("voltooid") is True,
        lock=str(answer.get("lock") or ""),
    )


def _id(address: Any) -> UUID:
    """Where we call follows from an id alone; the rest of an address is the register's word."""
    found = id_in(address)
    if found is None:
        raise RegisterUnavailable("no address")
    return found
