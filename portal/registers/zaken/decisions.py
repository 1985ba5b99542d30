"""The decisions in a case: Besluiten 1.1, with the names of their kinds from Catalogi."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from uuid import UUID

from ..caller import Caller
from ..dates import day_with_more
from ..errors import NotThere, RegisterUnavailable
from ..zgw_token import headers
from . import lists
from .catalogue import decision_type
from .records import Zaak, id_in


@dataclass(frozen=True, slots=True)
class Decision:
    """What the municipality decided (besluit)."""

    id: UUID
    zaak: str
    number: str
    kind: str
    """What kind of decision it is, in the catalogue's words."""
    decided: date
    starts: date | None
    """From when it holds."""
    ends: date | None
    sent: date | None
    """The day it was sent; before that it is nobody's to see."""
    answer_by: date | None
    """The last day to object, where the register says so itself."""

    @classmethod
    def of(cls, answer: Mapping[str, Any], kind: str) -> Self:
        return cls(
            id=id_in(answer["url"]) or UUID(int=0),
            zaak=str(answer["zaak"]),
            number=str(answer.get("identificatie") or ""),
            kind=kind,
            decided=date.fromisoformat(answer["datum"]),
            starts=day_with_more(answer.get("ingangsdatum")),
            ends=day_with_more(answer.get("vervaldatum")),
            sent=day_with_more(answer.get("verzenddatum")),
            answer_by=day_with_more(answer.get("uiterlijkeReactiedatum")),
        )


def connected(zaken: Caller) -> bool:
    """Whether the municipality connected its decisions."""
    return bool(zaken.connection.parameters.get("besluiten_url"))


async def decisions(zaken: Caller, zaak: Zaak) -> list[Decision]:
    """The decisions in a case, newest first; not filtered yet.

    Raises RegisterUnavailable, RegisterRefused.
    """
    url = str(zaken.connection.parameters["besluiten_url"])
    rows = await lists.read(zaken, "besluiten", {"zaak": zaak.url}, root=url)
    kinds = await asyncio.gather(*(decision_type(zaken, str(row["besluittype"])) for row in rows))
    found = [Decision.of(row, kind) for row, kind in zip(rows, kinds, strict=True)]
    return sorted(found, key=lambda one: (one.decided, one.number), reverse=True)


async def decision(zaken: Caller, one: UUID) -> Decision | None:
    """One decision, without the name of its kind; None when it is not there.

    Raises RegisterUnavailable, RegisterRefused.
    """
    url = str(zaken.connection.parameters["besluiten_url"])
    try:
        found = Decision.of(await zaken.get(f"besluiten/{one}", headers(zaken), root=url), "")
    except NotThere:
        return None
    if found.id != one:
        raise RegisterUnavailable("another decision than asked")
    return found
