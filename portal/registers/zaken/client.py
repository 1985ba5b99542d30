"""The questions to Zaken."""

import asyncio
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, NotThere, RegisterUnavailable
from .catalogue import result_type, statustypes, zaaktype
from .records import Case, CaseInList, Rol, Status, Zaak
from .token import headers
from .visible import visible_to_resident

PAGES = 20  # of one list; more than a resident can have


async def cases(zaken: Caller, bsn: BSN) -> list[CaseInList]:
    """The resident's visible cases, newest first.

    The BSN goes in the body (`_zoek`), so that it is in no log. One call for each hundred cases; types are
    remembered. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    body = {
        "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": _digits(bsn),
        "maximaleVertrouwelijkheidaanduiding": limit(zaken),
        "expand": ["status", "rollen"],  # a list, as Open Zaak reads it; the standard's text says a string
    }
    found = await _pages(zaken, "zaken/_zoek", {}, body)
    shown = await asyncio.gather(*(_in_list(zaken, bsn, answer) for answer in found))
    return sorted(
        (case for case in shown if case), key=lambda case: (case.zaak.started, case.zaak.number), reverse=True
    )


async def case(zaken: Caller, bsn: BSN, zaak_id: UUID) -> Case | None:
    """One case; None when it is not there, and just so when it is not this resident's.

    Five calls in two rounds, types remembered. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    _digits(bsn)
    try:
        zaak = Zaak.of(await zaken.get(f"zaken/{zaak_id}", headers(zaken)))
    except NotThere:
        return None
    if zaak.id != zaak_id:
        raise RegisterUnavailable("another case than asked")
    kind, steps, roles, statuses, result = await asyncio.gather(
        zaaktype(zaken, zaak.zaaktype),
        statustypes(zaken, zaak.zaaktype),
        _pages(zaken, "rollen", {"zaak": zaak.url}),
        _pages(zaken, "statussen", {"zaak": zaak.url}),
        _result(zaken, zaak),
    )
    held = [Rol.of(one) for one in roles]
    if not visible_to_resident(zaak, kind, held, bsn, limit(zaken)):
        return None
    reached = sorted((Status.of(one) for one in statuses), key=lambda status: status.set_on)
    return Case(zaak, kind, steps, reached, held, result)


async def runs_with(zaken: Caller, bsn: BSN, number: str) -> bool:
    """Whether the case of that number (identificatie) runs and this person has a part in it, whichever.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    body = {
        "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn": _digits(bsn),
        "maximaleVertrouwelijkheidaanduiding": limit(zaken),
        "expand": ["status", "rollen"],
    }
    for answer in await _pages(zaken, "zaken/_zoek", {}, body):
        roles = [Rol.of(one) for one in answer["_expand"].get("rollen") or []]
        if answer["identificatie"] == number and any(rol.is_person(bsn) for rol in roles):
            return Zaak.of(answer).ended is None
    return False


def limit(zaken: Caller) -> str:
    """The highest confidentiality that this connection shows; the strictest unless configured."""
    return str(zaken.connection.parameters.get("max_confidentiality", "openbaar"))


def _digits(bsn: BSN) -> str:
    """An empty filter would give everybody's cases. Raises NoPerson."""
    if not isinstance(bsn, BSN):
        raise NoPerson
    return bsn.reveal()


async def _in_list(zaken: Caller, bsn: BSN, answer: Mapping[str, Any]) -> CaseInList | None:
    zaak = Zaak.of(answer)
    roles = [Rol.of(one) for one in answer["_expand"].get("rollen") or []]
    kind = await zaaktype(zaken, zaak.zaaktype)
    if not visible_to_resident(zaak, kind, roles, bsn, limit(zaken)):
        return None
    status = Status.of(answer["_expand"]["status"])
    steps = await statustypes(zaken, zaak.zaaktype)
    text = next((one.text for one in steps if one.url == status.statustype), "")
    return CaseInList(zaak, kind, text, status.set_on)


async def _result(zaken: Caller, zaak: Zaak) -> str:
    """How it ended, in the type's words; the officer's own remarks are never shown."""
    if zaak.result is None:
        return ""
    answer = await zaken.get(f"resultaten/{zaak.result}", headers(zaken))
    return await result_type(zaken, str(answer["resultaattype"]))


async def _pages(
    zaken: Caller, path: str, params: Mapping[str, str], body: Mapping[str, Any] | None = None
) -> list[Mapping[str, Any]]:
    """A list, bare or paged. `next` says only that there is more: it is absolute, often with the host behind
    the proxy, so we count pages ourselves and follow no link.
    """
    found: list[Mapping[str, Any]] = []
    for page in range(1, PAGES + 1):
        asked = {**params, "page": str(page)} if page > 1 else dict(params)
        if body is None:
            answer = await zaken.get(path, headers(zaken), asked)
        else:
            answer = await zaken.post(path, headers(zaken), body, asked)
        if isinstance(answer, list):
            return answer
        found += answer["results"]
        if not answer["next"]:
            return found
    raise RegisterUnavailable("more pages than a resident can have")
