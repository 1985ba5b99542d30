"""The documents of a case, reached through the case's own zaakinformatieobjecten only."""

from collections.abc import Awaitable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from ..caller import Caller
from ..dates import moment
from ..documenten import Document, record
from . import lists
from .in_time import NONSENSE, in_time
from .records import Zaak, id_in

ON_A_PAGE = 20
"""Each document of a page costs a call; of a case with hundreds the rest is behind a link."""


@dataclass(frozen=True, slots=True)
class Documents:
    """A page of the documents of one case, as the register tells them; newest first. Not filtered yet."""

    found: Sequence[Document]
    unread: int
    """Of this page that could not be read; never silently left out."""
    page: int = 1
    pages: int = 1


NONE_ASKED = Documents([], 0)


async def ids_of(zaken: Caller, zaak: Zaak) -> dict[UUID, datetime | None]:
    """Which documents are in this case and since when, the last added first.

    Raises RegisterUnavailable, RegisterRefused.
    """
    rows = sorted(
        await _links(zaken, zaak), key=lambda row: str(row.get("registratiedatum") or ""), reverse=True
    )
    found: dict[UUID, datetime | None] = {}
    for row in rows:
        if one := id_in(row["informatieobject"]):
            found.setdefault(one, _moment(row.get("registratiedatum")))
    return found


async def ids_added(zaken: Caller, zaak: Zaak, links: Collection[UUID]) -> list[UUID]:
    """Which documents came into this case by these zaakinformatieobjecten. Raises as `ids_of`."""
    added = [
        id_in(row["informatieobject"]) for row in await _links(zaken, zaak) if id_in(row["url"]) in links
    ]
    return [one for one in dict.fromkeys(added) if one]


async def _links(zaken: Caller, zaak: Zaak) -> lists.Rows:
    rows = await lists.read(zaken, "zaakinformatieobjecten", {"zaak": zaak.url})
    return [row for row in rows if row["zaak"] == zaak.url]


async def documents(zaken: Caller, added: Mapping[UUID, datetime | None], page: int) -> Documents:
    """What is told of each of a page, the last page for a number beyond it.

    Who hangs or breaks costs its own row only.
    """
    pages = max(1, -(-len(added) // ON_A_PAGE))
    page = min(page, pages)
    ids = list(added)[(page - 1) * ON_A_PAGE : page * ON_A_PAGE]
    asked: dict[str, Awaitable[Any]] = {str(one): record(zaken, one) for one in ids}
    answers = await in_time(asked)
    found = []
    for name, answer in answers.items():
        try:
            document = Document.of(answer)
        except NONSENSE:
            continue
        if str(document.id) == name:
            found.append(replace(document, added=added[document.id]))
    found.sort(key=lambda one: (one.received or one.made, one.title), reverse=True)
    return Documents(found, len(ids) - len(found), page, pages)


def _moment(told: Any) -> datetime | None:
    """What is no moment says nothing; the document is there all the same."""
    try:
        return moment(told) if told else None
    except (TypeError, ValueError):
        return None
