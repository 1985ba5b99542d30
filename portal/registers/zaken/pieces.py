"""The pieces that a new case is made of. There is no transaction on the other side, and no key against doing
it twice: so each piece can be looked for before it is made.

Everything raises RegisterTooSlow, RegisterUnavailable or RegisterRefused; after all but the last it is not
sure that nothing was made.
"""

import base64
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, NotAccepted, RegisterUnavailable
from ..zgw_token import headers
from .intake import Intake

MARK = "Bron: Mijn"
UNIT = "organisatorische_eenheid"
LONGEST_NAME = 50  # characters of such a unit's
PAGES = 5  # of roles or statuses of one new case
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Piece:
    """One record in the case system, by its address."""

    find: Callable[[Caller], Awaitable[str | None]]
    make: Callable[[Caller], Awaitable[str]]
    """Empty where the register will not have it, and the case is whole without."""


@dataclass(frozen=True, slots=True)
class NewCase:
    """A case that a resident asks for."""

    number: str
    """Its identificatie, given by us: the one thing by which it can be found again."""
    title: str
    started: date


@dataclass(frozen=True, slots=True)
class Paper:
    """The application as a document."""

    number: str
    title: str
    file_name: str
    content: bytes
    made: date


def case(new: NewCase, types: Intake) -> Piece:
    """The case itself. Another case that has our number is never taken for ours."""

    async def find(zaken: Caller) -> str | None:
        known = await zaken.get("zaken", headers(zaken), {"identificatie": new.number, **_source(zaken)})
        rows = known["results"]
        if any(
            one["identificatie"] != new.number
            or one["startdatum"] != new.started.isoformat()
            or one["omschrijving"] != new.title
            for one in rows
        ):
            raise RegisterUnavailable("another case has our number")
        return str(rows[0]["url"]) if rows else None

    async def make(zaken: Caller) -> str:
        body = {
            "identificatie": new.number,
            **_source(zaken),
            "verantwoordelijkeOrganisatie": _rsin(zaken),
            "zaaktype": types.zaaktype,
            "omschrijving": new.title,
            "toelichting": MARK,
            "startdatum": new.started.isoformat(),
        }
        return _address(await zaken.post("zaken", headers(zaken), body))

    return Piece(find, make)


def role(zaak: str, bsn: BSN, level: str, types: Intake) -> Piece:
    """Who asks, and how sure it is that it is them (DigiD's word for the level)."""
    if not isinstance(bsn, BSN):
        raise NoPerson

    async def find(zaken: Caller) -> str | None:
        return _matching(
            await _pages(zaken, "rollen", {"zaak": zaak}),
            lambda one: (
                one["zaak"] == zaak
                and one["roltype"] == types.roltype
                and (one.get("betrokkeneIdentificatie") or {}).get("inpBsn") == bsn.reveal()
            ),
        )

    async def make(zaken: Caller) -> str:
        body = {
            "zaak": zaak,
            "betrokkeneType": "natuurlijk_persoon",
            "roltype": types.roltype,
            "roltoelichting": "Aanvrager",
            "betrokkeneIdentificatie": {"inpBsn": bsn.reveal()},
            "authenticatieContext": {"source": "digid", "levelOfAssurance": level},
        }
        return _address(await zaken.post("rollen", headers(zaken), body))

    return Piece(find, make)


def handler(zaak: str, team: str, roltype: str) -> Piece:
    """The team that handles it, so that its resident knows whom to call. A case has one.

    A register may want an employee there, or a team that it knows: asking again would change nothing.
    """

    async def find(zaken: Caller) -> str | None:
        return _matching(
            await _pages(zaken, "rollen", {"zaak": zaak}),
            lambda one: one["zaak"] == zaak and one["roltype"] == roltype and one["betrokkeneType"] == UNIT,
        )

    async def make(zaken: Caller) -> str:
        body = {
            "zaak": zaak,
            "betrokkeneType": UNIT,
            "roltype": roltype,
            "roltoelichting": "Behandelaar",
            "betrokkeneIdentificatie": {"naam": team[:LONGEST_NAME]},
        }
        try:
            return _address(await zaken.write("POST", "rollen", headers(zaken), body))
        except NotAccepted:
            log.warning("%s takes no team as handler; the case goes on without", zaken.connection.name)
            return ""

    return Piece(find, make)


def fact(zaak: str, eigenschap: str, value: str) -> Piece:
    """One property of the case."""
    path = f"zaken/{zaak.rstrip('/').rpartition('/')[2]}/zaakeigenschappen"

    async def find(zaken: Caller) -> str | None:
        rows = await zaken.get(path, headers(zaken))
        return _matching(rows, lambda one: one["eigenschap"] == eigenschap)

    async def make(zaken: Caller) -> str:
        body = {"zaak": zaak, "eigenschap": eigenschap, "waarde": value}
        return _address(await zaken.post(path, headers(zaken), body))

    return Piece(find, make)


def document(paper: Paper, types: Intake) -> Piece:
    """The application as the resident sent it, as a PDF."""

    async def find(zaken: Caller) -> str | None:
        asked = {"identificatie": paper.number, **_source(zaken)}
        known = await zaken.get(
            "enkelvoudiginformatieobjecten", headers(zaken), asked, root=_documents(zaken)
        )
        return _matching(known["results"], lambda one: one["identificatie"] == paper.number)

    async def make(zaken: Caller) -> str:
        body = {
            "identificatie": paper.number,
            **_source(zaken),
            "creatiedatum": paper.made.isoformat(),
            "ontvangstdatum": paper.made.isoformat(),
            "titel": paper.title,
            "auteur": "Inwoner",
            "status": "definitief",
            "formaat": "application/pdf",
            "taal": "nld",
            "bestandsnaam": paper.file_name,
            "inhoud": base64.b64encode(paper.content).decode(),
            "bestandsomvang": len(paper.content),
            "informatieobjecttype": types.document_type,
            "vertrouwelijkheidaanduiding": "zaakvertrouwelijk",
            "indicatieGebruiksrecht": False,
        }
        made = await zaken.post("enkelvoudiginformatieobjecten", headers(zaken), body, root=_documents(zaken))
        return _address(made)

    return Piece(find, make)


def enclosure(zaak: str, informatieobject: str, title: str) -> Piece:
    """That the document belongs to the case."""

    async def find(zaken: Caller) -> str | None:
        rows = await zaken.get("zaakinformatieobjecten", headers(zaken), {"zaak": zaak})
        return _matching(rows, lambda one: one["informatieobject"] == informatieobject)

    async def make(zaken: Caller) -> str:
        body = {"zaak": zaak, "informatieobject": informatieobject, "titel": title}
        return _address(await zaken.post("zaakinformatieobjecten", headers(zaken), body))

    return Piece(find, make)


def status(zaak: str, types: Intake, at: datetime) -> Piece:
    """The first step: received. The last piece, since without a status no resident sees a case."""

    async def find(zaken: Caller) -> str | None:
        rows = await _pages(zaken, "statussen", {"zaak": zaak})
        return _matching(rows, lambda one: one["zaak"] == zaak and one["statustype"] == types.first_status)

    async def make(zaken: Caller) -> str:
        body = {"zaak": zaak, "statustype": types.first_status, "datumStatusGezet": at.isoformat()}
        return _address(await zaken.post("statussen", headers(zaken), body))

    return Piece(find, make)


def _source(zaken: Caller) -> Mapping[str, str]:
    return {"bronorganisatie": _rsin(zaken)}


def _rsin(zaken: Caller) -> str:
    return str(zaken.connection.parameters["rsin"])


def _documents(zaken: Caller) -> str:
    return str(zaken.connection.parameters["documenten_url"])


def _address(made: Mapping[str, Any]) -> str:
    return str(made["url"])


def _matching(rows: list[Mapping[str, Any]], ours: Callable[[Mapping[str, Any]], bool]) -> str | None:
    return next((str(one["url"]) for one in rows if ours(one)), None)


async def _pages(zaken: Caller, what: str, params: Mapping[str, str]) -> list[Mapping[str, Any]]:
    """All of them: what is on a later page would be made again."""
    found: list[Mapping[str, Any]] = []
    for page in range(1, PAGES + 1):
        asked = {**params, "page": str(page)} if page > 1 else params
        answer = await zaken.get(what, headers(zaken), asked)
        found += answer["results"]
        if not answer["next"]:
            return found
    raise RegisterUnavailable("more of them than a new case can have")
