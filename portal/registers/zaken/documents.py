"""The documents of a case: Documenten 1.4, reached through the case's own zaakinformatieobjecten only.

What is told of a document is in its record; the content is read by `download.py`.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

import httpx

from ..caller import Caller
from . import lists
from .in_time import NONSENSE, in_time
from .records import Zaak, id_in
from .token import headers


@dataclass(frozen=True, slots=True)
class Document:
    """What the register knows of a document."""

    id: UUID
    title: str
    made: date
    received: date | None
    """The day it came in; only then it is from outside the municipality."""
    format: str
    """The media type."""
    size: int | None
    """Bytes."""
    file_name: str
    status: str
    confidentiality: str

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """From an enkelvoudiginformatieobject. Its author is left out: that may be an employee."""
        address, size = str(answer["url"]), answer.get("bestandsomvang")
        received = answer.get("ontvangstdatum")
        return cls(
            id=id_in(address) or UUID(int=0),
            title=str(answer["titel"]),
            made=date.fromisoformat(answer["creatiedatum"]),
            received=date.fromisoformat(received) if received else None,
            format=str(answer.get("formaat") or "").partition(";")[0].strip().lower(),
            size=int(size) if size is not None else None,
            file_name=str(answer.get("bestandsnaam") or ""),
            status=str(answer.get("status") or ""),
            confidentiality=str(answer["vertrouwelijkheidaanduiding"]),
        )


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one case, as the register tells them; newest first. Not filtered yet."""

    found: Sequence[Document]
    unread: int
    """That could not be read; never silently left out."""


def connected(zaken: Caller) -> bool:
    """Whether the municipality connected its documents."""
    return bool(zaken.connection.parameters.get("documenten_url"))


async def ids_of(zaken: Caller, zaak: Zaak) -> list[UUID]:
    """Which documents are in this case. Raises RegisterUnavailable, RegisterRefused."""
    rows = await lists.read(zaken, "zaakinformatieobjecten", {"zaak": zaak.url})
    own = [id_in(row["informatieobject"]) for row in rows if row["zaak"] == zaak.url]
    return [one for one in dict.fromkeys(own) if one]


async def documents(zaken: Caller, ids: Sequence[UUID]) -> Documents:
    """What is told of each; who hangs or breaks costs its own row only."""
    asked: dict[str, Awaitable[Any]] = {str(one): _record(zaken, one) for one in ids}
    answers = await in_time(asked)
    found = []
    for name, answer in answers.items():
        try:
            document = Document.of(answer)
        except NONSENSE:
            continue
        if str(document.id) == name:
            found.append(document)
    found.sort(key=lambda one: (one.received or one.made, one.title), reverse=True)
    return Documents(found, len(ids) - len(found))


async def document(zaken: Caller, one: UUID) -> Document:
    """One of them. Raises NotThere, RegisterUnavailable, RegisterRefused."""
    return Document.of(await _record(zaken, one))


async def opened(zaken: Caller, one: Document) -> httpx.Response:
    """Its content, still to be read and closed; where that is follows from its id, whatever the record says.

    Raises NotThere, RegisterUnavailable, RegisterRefused, and what httpx raises.
    """
    path = f"enkelvoudiginformatieobjecten/{one.id}/download"
    return await zaken.open(path, headers(zaken), root=root(zaken))


def root(zaken: Caller) -> str:
    """The address of Documenten."""
    return str(zaken.connection.parameters["documenten_url"])


async def _record(zaken: Caller, one: UUID) -> Any:
    return await zaken.get(f"enkelvoudiginformatieobjecten/{one}", headers(zaken), root=root(zaken))
