"""The documents of a case, reached through the case's own zaakinformatieobjecten only."""

from collections.abc import Awaitable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from ..caller import Caller
from ..documenten import Document, record
from . import lists
from .in_time import NONSENSE, in_time
from .records import Zaak, id_in


@dataclass(frozen=True, slots=True)
class Documents:
    """The documents of one case, as the register tells them; newest first. Not filtered yet."""

    found: Sequence[Document]
    unread: int
    """That could not be read; never silently left out."""


async def ids_of(zaken: Caller, zaak: Zaak) -> list[UUID]:
    """Which documents are in this case. Raises RegisterUnavailable, RegisterRefused."""
    rows = await lists.read(zaken, "zaakinformatieobjecten", {"zaak": zaak.url})
    own = [id_in(row["informatieobject"]) for row in rows if row["zaak"] == zaak.url]
    return [one for one in dict.fromkeys(own) if one]


async def documents(zaken: Caller, ids: Sequence[UUID]) -> Documents:
    """What is told of each; who hangs or breaks costs its own row only."""
    asked: dict[str, Awaitable[Any]] = {str(one): record(zaken, one) for one in ids}
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
