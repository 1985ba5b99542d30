"""The list of a resident's cases in one system, in two steps: all of it in outline, then what a page shows.

To let a real Open Zaak put status and roles beside a case costs it milliseconds for every row, and types ten
times as many (facts/zgw.md §6). So the outline is asked without, types come from memory, and status and roles
are asked for the rows of one page. Nothing is shown of a case before its roles name this resident.
"""

import asyncio
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..case_types import choice_of
from ..errors import NoPerson, RegisterError, RegisterUnavailable
from ..zgw_token import headers
from . import catalogue, lists
from .capabilities import capabilities_of
from .in_time import NONSENSE, faults, in_time
from .records import CaseInList, Rol, Sketch, Status, Statustype, Zaak, Zaaktype, by_start
from .visible import businesses_beside, may_be_shown, needs_surer_sign_in, owned_by

PERSON = "betrokkeneIdentificatie__natuurlijkPersoon__inpBsn"
EXPAND = {"expand": ["status", "rollen"]}
"""A list, as Open Zaak reads it; the standard's text says a string."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Whose cases are and how they stand, by the case's address. What could not be read is in neither."""

    roles: Mapping[str, Sequence[Rol]]
    statuses: Mapping[str, Status]


NONE_BESIDE = Beside({}, {})


@dataclass(frozen=True, slots=True)
class Outline:
    """All cases that may be this resident's."""

    sketches: Sequence[Sketch]
    unread: int
    """Rows that could not be judged, as they or their type could not be read; never silently left out."""
    above: int = 0
    """Own cases that ask for a surer sign-in, as far as that is known already."""
    beside: Beside = NONE_BESIDE
    """How some of them stand, as far as that was asked already."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Cases that are this resident's for sure, in the order asked."""

    cases: Sequence[CaseInList]
    unread: int
    """Rows of which it could not be made sure."""
    above: int = 0
    """Own cases that ask for a surer sign-in."""
    examples: Sequence[Sketch] = ()
    """Of those that were asked about only to know whose they are, this resident's."""


async def newest_beside(zaken: Caller, bsn: BSN, most: int) -> Beside:
    """What the newest that run have beside them, asked while the outline is on its way: a round less.

    Nothing where the register cannot do it in one small call, or does not answer; then `details` asks.
    Raises NoPerson.
    """
    can = capabilities_of(zaken.connection.parameters)
    if not (can.search and can.expand and can.order and can.page_size):
        return NONE_BESIDE
    asked = _asked(zaken, bsn) | {"einddatum__isnull": True, "ordering": ["-startdatum"]}
    try:
        return _beside(await lists.first(zaken, "zaken/_zoek", asked | EXPAND, most))
    except (RegisterError, *NONSENSE):
        return NONE_BESIDE


async def outline(zaken: Caller, bsn: BSN, early: int = 0) -> Outline:
    """One call for each hundred cases or more; one more where roles come in one go, and two for all types.

    Where a status costs a call and the list has more pages, it asks how so many (`early`) of the newest stand
    while those come: a round less, if the register begins with the newest.
    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    digits(bsn)
    can = capabilities_of(zaken.connection.parameters)
    at_once = not can.search and not can.expand and can.roles_by_person
    statuses: dict[str, Status] = {}

    async def of_the_newest(first: lists.Rows) -> None:
        read = [zaak for row in first if isinstance(zaak := _zaak(row), Zaak)]
        newest = sorted(read, key=by_start, reverse=True)[:early]
        statuses.update(await _statuses(zaken, newest))

    rows, roles, _ready = await asyncio.gather(
        rows_of(zaken, bsn, of_the_newest if at_once and early else None),
        _roles_of(zaken, bsn) if at_once else _nothing(),
        catalogue.get_ready(zaken),
    )
    rows = list({str(row["url"]): row for row in rows}.values())  # a row that moved a page down is in both
    sketches, unread = await _sketches(zaken, rows, roles)
    if rows and len(unread) == len(rows):
        raise unread[0]
    if not at_once:
        return Outline(sketches, len(unread))
    mine = [one for one in sketches if owned_by(one.zaak, one.roles or (), bsn)]
    above = sum(needs_surer_sign_in(one.zaak, one.roles or (), bsn) for one in sketches)
    return Outline(mine, len(unread), above, Beside({}, statuses))


async def details(
    zaken: Caller,
    bsn: BSN,
    sketches: Sequence[Sketch],
    examples: Sequence[Sketch] = (),
    known: Beside = NONE_BESIDE,
) -> Shown:
    """How these cases stand, once it is sure that they are this resident's; of examples only the last.

    One call with search and expand, none where all is `known` already; else one for each status that is not
    known, and who hangs costs its own row only.
    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    can = capabilities_of(zaken.connection.parameters)
    asked = [*sketches, *examples]
    if not asked:
        return Shown([], 0)
    roles, statuses = known.roles, known.statuses
    if can.search and can.expand:
        if missing := [one for one in asked if one.zaak.url not in roles]:
            found = await _expanded(zaken, bsn, missing)
            roles, statuses = {**roles, **found.roles}, {**statuses, **found.statuses}
    else:
        unknown = [one.zaak for one in sketches if one.zaak.url not in statuses]
        roles, others = await asyncio.gather(_roles(zaken, asked), _statuses(zaken, unknown))
        statuses = {**statuses, **others}

    def is_own(sketch: Sketch) -> bool:
        return owned_by(sketch.zaak, roles.get(sketch.zaak.url, ()), bsn)

    mine = list(filter(is_own, sketches))
    steps = await _steps(zaken, {one.zaaktype.url for one in mine})
    cases = [
        _in_list(one, statuses.get(one.zaak.url), steps.get(one.zaaktype.url), roles[one.zaak.url])
        for one in mine
    ]
    above = sum(needs_surer_sign_in(one.zaak, roles.get(one.zaak.url, ()), bsn) for one in asked)
    unread = sum(one.zaak.url not in roles for one in asked)
    return Shown(cases, unread, above, list(filter(is_own, examples)))


async def rows_of(zaken: Caller, bsn: BSN, meanwhile: lists.Meanwhile | None = None) -> lists.Rows:
    """The cases that the register's own filter finds, as it words them.

    Where a register knows no search, `meanwhile` is asked about the first page while the others come.
    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    can = capabilities_of(zaken.connection.parameters)
    if can.search:
        body = _asked(zaken, bsn) | ({"ordering": ["-startdatum"]} if can.order else {})
        return await lists.read(zaken, "zaken/_zoek", {}, body, size=500)
    order = {"ordering": "-startdatum"} if can.order else {}
    return await lists.read(zaken, "zaken", _asked(zaken, bsn) | order, size=500, meanwhile=meanwhile)


def limit(zaken: Caller) -> str:
    """The highest confidentiality that this connection shows; the strictest unless configured."""
    return str(zaken.connection.parameters.get("max_confidentiality", "openbaar"))


def digits(bsn: BSN) -> str:
    """An empty filter would give everybody's cases. Raises NoPerson."""
    if not isinstance(bsn, BSN):
        raise NoPerson
    return bsn.reveal()


def _asked(zaken: Caller, bsn: BSN) -> dict[str, Any]:
    return {f"rol__{PERSON}": digits(bsn), "maximaleVertrouwelijkheidaanduiding": limit(zaken)}


async def _roles_of(zaken: Caller, bsn: BSN) -> Mapping[str, Sequence[Rol]]:
    """The person's parts in all cases, by the case's address."""
    found: dict[str, list[Rol]] = {}
    for row in await lists.read(zaken, "rollen", {PERSON: digits(bsn)}, size=500):
        rol = Rol.of(row)
        found.setdefault(rol.zaak, []).append(rol)
    return found


async def _nothing() -> None:
    return None


async def _sketches(
    zaken: Caller, rows: lists.Rows, roles: Mapping[str, Sequence[Rol]] | None
) -> tuple[list[Sketch], list[Exception]]:
    """Those rows that may be shown, and what was wrong with each that could not be judged.

    A long list has few types: each is looked up once, and a row costs no task of its own.
    """
    read = [_zaak(row) for row in rows]
    urls = list({one.zaaktype for one in read if isinstance(one, Zaak)})
    found = await asyncio.gather(*(catalogue.zaaktype(zaken, url) for url in urls), return_exceptions=True)
    kinds = dict(zip(urls, found, strict=True))
    unread = faults(kinds[one.zaaktype] if isinstance(one, Zaak) else one for one in read)
    parameters, most = zaken.connection.parameters, limit(zaken)
    choices = {
        url: choice_of(parameters, kind.key) for url, kind in kinds.items() if isinstance(kind, Zaaktype)
    }
    number = capabilities_of(parameters).number
    sketches = []
    for zaak in read:
        kind = kinds[zaak.zaaktype] if isinstance(zaak, Zaak) else None
        if not isinstance(zaak, Zaak) or not isinstance(kind, Zaaktype):
            continue
        if may_be_shown(zaak, kind, most, choices[zaak.zaaktype]):
            held = None if roles is None else roles.get(zaak.url, ())
            sketches.append(Sketch(zaak, kind, number(zaak.number), held))
    return sketches, unread


def _zaak(row: Mapping[str, Any]) -> Zaak | Exception:
    try:
        return Zaak.of(row)
    except NONSENSE as fault:
        return fault


async def _expanded(zaken: Caller, bsn: BSN, sketches: Sequence[Sketch]) -> Beside:
    """Of these cases in one call."""
    asked = _asked(zaken, bsn) | {"uuid__in": [str(one.zaak.id) for one in sketches]}
    return _beside(await lists.read(zaken, "zaken/_zoek", {}, asked | EXPAND, size=len(sketches)))


def _beside(rows: lists.Rows) -> Beside:
    roles: dict[str, Sequence[Rol]] = {}
    statuses: dict[str, Status] = {}
    for row in rows:
        try:
            beside = row.get("_expand") or {}
            roles[str(row["url"])] = [Rol.of(one) for one in beside.get("rollen") or []]
            statuses[str(row["url"])] = Status.of(beside["status"])
        except NONSENSE:
            continue
    return Beside(roles, statuses)


async def _roles(zaken: Caller, sketches: Sequence[Sketch]) -> Mapping[str, Sequence[Rol]]:
    """The roles that came with the outline, or else one call for each case."""
    known = {one.zaak.url: one.roles for one in sketches if one.roles is not None}
    asked = [one.zaak.url for one in sketches if one.roles is None]
    found: dict[str, Sequence[Rol]] = {}
    for url, rows in (
        await in_time({url: lists.read(zaken, "rollen", {"zaak": url}) for url in asked})
    ).items():
        try:
            found[url] = [Rol.of(row) for row in rows]
        except NONSENSE:
            continue
    return known | found


async def _statuses(zaken: Caller, cases: Sequence[Zaak]) -> Mapping[str, Status]:
    """One call for each case; of who hangs or breaks there is none."""
    asked = {zaak.url: zaken.get(f"statussen/{zaak.status}", headers(zaken)) for zaak in cases}
    statuses: dict[str, Status] = {}
    for url, answer in (await in_time(asked)).items():
        try:
            status = Status.of(answer)
        except NONSENSE:
            continue
        if status.zaak == url:
            statuses[url] = status
    return statuses


async def _steps(zaken: Caller, kinds: Collection[str]) -> Mapping[str, Sequence[Statustype]]:
    """The steps of these kinds of case; without those that could not be read."""
    asked = [catalogue.statustypes(zaken, kind) for kind in kinds]
    found = await asyncio.gather(*asked, return_exceptions=True)
    for fault in faults(found):
        if not isinstance(fault, (RegisterUnavailable, *NONSENSE)):
            raise fault
    return {
        kind: steps for kind, steps in zip(kinds, found, strict=True) if not isinstance(steps, BaseException)
    }


def _in_list(
    sketch: Sketch, status: Status | None, steps: Sequence[Statustype] | None, roles: Sequence[Rol]
) -> CaseInList:
    came = status is not None and steps is not None
    step = next((one for one in steps or () if status and one.url == status.statustype), None)
    return CaseInList(
        sketch.zaak,
        sketch.zaaktype,
        sketch.shown_number,
        step.text if step else "",
        came,
        businesses_beside(sketch.zaak, roles),
        status.set_on if status else None,
        step.number if step else None,
    )
