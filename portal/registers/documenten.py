"""One document of Documenten 1.4: what is told of it, and its content.

Whoever asks has made sure that the resident may have it: a document is reached through something of theirs.
A connection names the address of Documenten (`documenten_url`) and has credentials for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

import httpx

from .caller import Caller
from .confidentiality import open_enough
from .zgw_token import headers

FINISHED = frozenset({"definitief", "gearchiveerd"})


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
    added: datetime | None = None
    """When it came into what it belongs to, where that tells."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        """From an enkelvoudiginformatieobject. Its author is left out: that may be an employee."""
        address, size = str(answer["url"]), answer.get("bestandsomvang")
        received = answer.get("ontvangstdatum")
        return cls(
            id=UUID(address.rstrip("/").rpartition("/")[2]),
            title=str(answer["titel"]),
            made=date.fromisoformat(answer["creatiedatum"]),
            received=date.fromisoformat(received) if received else None,
            format=str(answer.get("formaat") or "").partition(";")[0].strip().lower(),
            size=int(size) if size is not None else None,
            file_name=str(answer.get("bestandsnaam") or ""),
            status=str(answer.get("status") or ""),
            confidentiality=str(answer["vertrouwelijkheidaanduiding"]),
        )


def document_is_shown(document: Document, limit: str) -> bool:
    """Whether a document of something that may be seen may be seen itself; a draft never. Pure."""
    return document.status in FINISHED and open_enough(document.confidentiality, limit)


def connected(register: Caller) -> bool:
    """Whether the municipality connected its documents."""
    return bool(register.connection.parameters.get("documenten_url"))


async def document(register: Caller, one: UUID) -> Document:
    """What is told of one. Raises NotThere, RegisterUnavailable, RegisterRefused."""
    return Document.of(await record(register, one))


async def opened(register: Caller, one: Document) -> httpx.Response:
    """Its content, still to be read and closed; where that is follows from its id, whatever the record says.

    Raises NotThere, RegisterUnavailable, RegisterRefused, and what httpx raises.
    """
    path = f"enkelvoudiginformatieobjecten/{one.id}/download"
    return await register.open(path, headers(register), root=root(register))


def root(register: Caller) -> str:
    """The address of Documenten."""
    return str(register.connection.parameters["documenten_url"])


async def record(register: Caller, one: UUID) -> Any:
    """The record of one, as the register words it."""
    return await register.get(f"enkelvoudiginformatieobjecten/{one}", headers(register), root=root(register))
