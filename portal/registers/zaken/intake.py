"""What a catalogue asks of a new case: its type of today, and the types of all that hangs on it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from portal.periods import Period

from ..caller import Caller
from ..errors import RegisterUnavailable
from ..zgw_token import headers
from .records import Statustype, Zaaktype

KEPT = 3600  # seconds; a new version of a type is used within the hour
MOST = 2000  # in memory, of all connections together
Key: TypeAlias = tuple[str, ...]
_kept: dict[Key, tuple[float, Any]] = {}
"""By connection (so by municipality), its addresses, and what was asked; touched on the loop thread only."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Intake:
    """Addresses of types, for a new case of one kind."""

    zaaktype: str
    key: str
    """How the municipality's own choices know the kind."""
    roltype: str
    """Of who asks for the case."""
    handler: str
    """The roltype of who handles it; empty where the type has none."""
    properties: Mapping[str, str]
    """What the type wants to know (eigenschappen), by name."""
    document_type: str
    """Of what comes in with the application."""
    first_status: str
    promise: Period | None


async def intake(zaken: Caller, kind: str) -> Intake:
    """What is needed for a new case of a kind, by the identification of its type.

    Five calls in two rounds, remembered for an hour. Raises RegisterUnavailable, RegisterRefused.
    """
    return await _remembered(zaken, ("intake", kind), lambda: _asked(zaken, kind))


async def incoming_document(zaken: Caller, zaaktype: str) -> str:
    """The type (informatieobjecttype) of what comes in with cases of a type; empty where nothing may.

    Remembered for an hour. Raises RegisterUnavailable, RegisterRefused.
    """

    async def ask() -> str:
        rows = await _rows(
            zaken, "zaaktype-informatieobjecttypen", {"zaaktype": zaaktype, "richting": "inkomend"}
        )
        return next((str(one["informatieobjecttype"]) for one in rows if one["richting"] == "inkomend"), "")

    return await _remembered(zaken, ("incoming", zaaktype), ask)


async def _remembered(zaken: Caller, what: Key, ask: Callable[[], Awaitable[T]]) -> T:
    """What was told within the hour, by the same catalogue; it may have been moved since."""
    one = zaken.connection
    key = (str(one.id), one.base_url, str(one.parameters["catalogi_url"]), *what)
    until, known = _kept.get(key, (0.0, None))
    if time.monotonic() > until:
        known = await ask()
        if len(_kept) >= MOST:
            _kept.clear()
        _kept[key] = (time.monotonic() + KEPT, known)
    told: T = known
    return told


async def _asked(zaken: Caller, kind: str) -> Intake:
    types = await _rows(zaken, "zaaktypen", {"identificatie": kind, "status": "definitief"})
    row = next((one for one in types if _is_of_today(one)), None)
    if row is None:
        raise RegisterUnavailable("no published type of that kind")
    of_it = {"zaaktype": str(row["url"])}
    roles, steps, properties, documents = await asyncio.gather(
        _rows(zaken, "roltypen", of_it),
        _rows(zaken, "statustypen", of_it),
        _rows(zaken, "eigenschappen", of_it),
        _rows(zaken, "zaaktype-informatieobjecttypen", {**of_it, "richting": "inkomend"}),
    )
    known = Zaaktype.of(row)
    return Intake(
        zaaktype=known.url,
        key=known.key,
        roltype=_first(_with_role(roles, "initiator")),
        handler=next(iter(_with_role(roles, "behandelaar")), ""),
        properties={str(one["naam"]): str(one["url"]) for one in properties},
        document_type=_first(
            str(one["informatieobjecttype"]) for one in documents if one["richting"] == "inkomend"
        ),
        first_status=_first(
            one.url for one in sorted(map(Statustype.of, steps), key=lambda step: step.number)
        ),
        promise=known.promise,
    )


def _is_of_today(row: Mapping[str, Any]) -> bool:
    today = date.today().isoformat()  # noqa: DTZ011  # the catalogue's days have no zone
    ends = row.get("eindeGeldigheid")
    return row.get("concept") is False and row["beginGeldigheid"] <= today and not (ends and ends <= today)


def _with_role(roles: Sequence[Mapping[str, Any]], general: str) -> list[str]:
    return [str(one["url"]) for one in roles if one["omschrijvingGeneriek"] == general]


def _first(urls: Iterable[str]) -> str:
    """Raises RegisterUnavailable where the catalogue leaves out what a case cannot do without."""
    found: str | None = next(iter(urls), None)
    if found is None:
        raise RegisterUnavailable("a type is incomplete")
    return found


async def _rows(zaken: Caller, what: str, params: Mapping[str, str]) -> list[Mapping[str, Any]]:
    answer = await zaken.get(what, headers(zaken), params, root=zaken.connection.parameters["catalogi_url"])
    if answer["next"]:
        raise RegisterUnavailable("more types than a case can have")
    rows: list[Mapping[str, Any]] = answer["results"]
    return rows
