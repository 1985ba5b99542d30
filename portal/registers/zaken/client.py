"""The questions to Zaken: a resident's newest cases, all of them, or one."""

import asyncio
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..case_types import choice_of
from ..documenten import Document, document, document_is_shown
from ..documenten import connected as documents_are_connected
from ..errors import NotThere, RegisterUnavailable
from ..zgw_token import headers
from . import lists
from .capabilities import capabilities_of
from .catalogue import result_type, statustypes, zaaktype
from .decisions import Decision, decisions
from .decisions import connected as decisions_are_connected
from .documents import NONE_ASKED, Documents, documents, ids_of
from .in_time import or_none
from .outline import details, digits, limit, newest_beside, outline, rows_of
from .records import Case, CaseInList, Rol, Sketch, Status, Zaak, by_start
from .visible import visible_to_resident

LOOKED_AT = 20  # cases in which businesses are looked for
ROUNDS = 3  # in which cases of others that a register hands us are left behind


@dataclass(frozen=True, slots=True)
class Several:
    """Cases of a resident, newest first."""

    cases: Sequence[CaseInList]
    left_out: int
    """That were not asked about, and may be this resident's."""
    unread: int
    """That could not be judged; never silently left out."""
    above: int
    """Own ones that ask for a surer sign-in than this one; of them nothing more is told."""


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case with what lies beside it; that is not filtered yet."""

    case: Case
    decisions: Sequence[Decision] | None
    """None where they could not be read."""
    documents: Documents | None
    limit: str
    """The highest confidentiality that is shown."""


async def newest(zaken: Caller, bsn: BSN, most: int) -> Several:
    """The newest cases that run. Two calls at once with search and expand, types remembered.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    known, beside = await asyncio.gather(outline(zaken, bsn), newest_beside(zaken, bsn, most))
    ordered = _newest_first(known.sketches)
    running = [one for one in ordered if one.zaak.ended is None]
    found: list[CaseInList] = []
    unread, above, asked = known.unread, known.above, 0
    for _round in range(ROUNDS):
        batch = running[asked : asked + most - len(found)]
        shown = await details(zaken, bsn, batch, known=beside)
        found += shown.cases
        unread, above, asked = unread + shown.unread, above + shown.above, asked + len(batch)
    return Several(found, len(ordered) - asked, unread, above)


async def every(zaken: Caller, bsn: BSN) -> Several:
    """All cases, for who must choose one of them. Raises NoPerson, RegisterUnavailable, RegisterRefused."""
    known = await outline(zaken, bsn)
    shown = await details(zaken, bsn, _newest_first(known.sketches))
    return Several(shown.cases, 0, known.unread + shown.unread, known.above + shown.above)


async def businesses(zaken: Caller, bsn: BSN) -> Sequence[str]:
    """The KVK numbers of those who asked together with this person, in the newest cases.

    Raises NoPerson, RegisterUnavailable, RegisterRefused; also where some case could not be looked at.
    """
    known = await outline(zaken, bsn)
    ordered = _newest_first(known.sketches)
    shown = await details(zaken, bsn, ordered[:LOOKED_AT])
    if known.unread or shown.unread:
        raise RegisterUnavailable("not all cases could be looked at")
    return list(dict.fromkeys(number for one in shown.cases for number in one.businesses))


async def case(zaken: Caller, bsn: BSN, zaak_id: UUID) -> Case | None:
    """One case; None when it is not there, and just so when it is not this resident's.

    Five calls in two rounds, types remembered. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    zaak = await _zaak(zaken, bsn, zaak_id)
    return await _told(zaken, bsn, zaak) if zaak else None


async def whole_case(zaken: Caller, bsn: BSN, zaak_id: UUID, page: int = 1) -> WholeCase | None:
    """One case with its decisions and a page of its documents, where those are connected; None as `case`.

    Seven calls in two rounds, and one for each document of the page. What cannot be read of decisions and
    documents costs its own part only. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    zaak = await _zaak(zaken, bsn, zaak_id)
    if zaak is None:
        return None
    told, decided, ids = await asyncio.gather(
        _told(zaken, bsn, zaak),
        or_none(decisions(zaken, zaak)) if decisions_are_connected(zaken) else _no_rows(),
        or_none(ids_of(zaken, zaak)) if documents_are_connected(zaken) else _no_documents(),
    )
    if told is None:
        return None
    papers = await documents(zaken, ids, page) if ids is not None else None
    return WholeCase(told, decided, papers, limit(zaken))


async def decided_case(zaken: Caller, bsn: BSN, zaak_id: UUID) -> WholeCase | None:
    """One case with its decisions, and no document asked about; six calls. Raises as `whole_case`."""
    zaak = await _zaak(zaken, bsn, zaak_id)
    if zaak is None:
        return None
    told, decided = await asyncio.gather(
        _told(zaken, bsn, zaak),
        or_none(decisions(zaken, zaak)) if decisions_are_connected(zaken) else _no_rows(),
    )
    return WholeCase(told, decided, NONE_ASKED, limit(zaken)) if told else None


async def own_document(zaken: Caller, bsn: BSN, zaak_id: UUID, one: UUID) -> Document | None:
    """A document that this resident may have, out of a case of their own; None for any other.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    zaak = await _zaak(zaken, bsn, zaak_id)
    if zaak is None or not documents_are_connected(zaken):
        return None
    told, ids = await asyncio.gather(_told(zaken, bsn, zaak), ids_of(zaken, zaak))
    if told is None or one not in ids:
        return None
    found = await document(zaken, one)
    return found if found.id == one and document_is_shown(found, limit(zaken)) else None


async def _zaak(zaken: Caller, bsn: BSN, zaak_id: UUID) -> Zaak | None:
    digits(bsn)
    try:
        zaak = Zaak.of(await zaken.get(f"zaken/{zaak_id}", headers(zaken)))
    except NotThere:
        # One that says so of everything is broken: it must have a list of cases at all.
        await rows_of(zaken, bsn)
        return None
    if zaak.id != zaak_id:
        raise RegisterUnavailable("another case than asked")
    return zaak


async def _told(zaken: Caller, bsn: BSN, zaak: Zaak) -> Case | None:
    """A case with its steps and roles, if it is this resident's."""
    kind, steps, roles, statuses, result = await asyncio.gather(
        zaaktype(zaken, zaak.zaaktype),
        statustypes(zaken, zaak.zaaktype),
        lists.read(zaken, "rollen", {"zaak": zaak.url}),
        lists.read(zaken, "statussen", {"zaak": zaak.url}),
        _result(zaken, zaak),
    )
    held = [Rol.of(one) for one in roles if one["zaak"] == zaak.url]
    choice = choice_of(zaken.connection.parameters, kind.key)
    if not visible_to_resident(zaak, kind, held, bsn, limit(zaken), choice):
        return None
    reached = sorted(
        (status for status in map(Status.of, statuses) if status.zaak == zaak.url),
        key=lambda status: status.set_on,
    )
    shown = capabilities_of(zaken.connection.parameters).number(zaak.number)
    return Case(zaak, kind, shown, steps, reached, held, result)


async def _no_rows() -> list[Any]:
    return []


async def _no_documents() -> dict[UUID, datetime | None]:
    return {}


async def runs_with(zaken: Caller, bsn: BSN, number: str, kinds: Collection[str]) -> bool:
    """Whether the case of that number (identificatie) runs, is of one of these kinds (by the identificatie of
    its zaaktype), and this person has a part in it, whichever.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    for row in await rows_of(zaken, bsn):
        if row["identificatie"] != number:
            continue
        zaak = Zaak.of(row)
        roles = map(Rol.of, await lists.read(zaken, "rollen", {"zaak": zaak.url}))
        if any(rol.zaak == zaak.url and rol.is_person(bsn) for rol in roles):
            return zaak.ended is None and (await zaaktype(zaken, zaak.zaaktype)).identification in kinds
    return False


async def id_with_number(zaken: Caller, bsn: BSN, number: str) -> UUID | None:
    """The id of the case of that number (identificatie) among those a register says are this person's.

    Whether it is theirs is for `case` to say. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    return next(
        (Zaak.of(one).id for one in await rows_of(zaken, bsn) if one["identificatie"] == number), None
    )


def _newest_first(sketches: Iterable[Sketch]) -> list[Sketch]:
    return sorted(sketches, key=lambda one: by_start(one.zaak), reverse=True)


async def _result(zaken: Caller, zaak: Zaak) -> str:
    """How it ended, in the type's words; the officer's own remarks are never shown."""
    if zaak.result is None or zaak.ended is None:
        return ""  # before the end it may still change
    answer: Any = await zaken.get(f"resultaten/{zaak.result}", headers(zaken))
    return await result_type(zaken, str(answer["resultaattype"]))
