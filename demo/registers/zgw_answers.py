"""How a ZGW API answers: one record with its ETag, a page of a list, or a problem."""

import hashlib
import json
from collections.abc import Set
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from .serving import Asked, Reply
from .zgw_records import Record

VERSION = {"API-version": "1.5.1", "Content-Crs": "EPSG:4326"}
SIZE = 100
SEARCH = {
    "rol__betrokkeneIdentificatie__natuurlijkPersoon__inpBsn",
    "rol__omschrijvingGeneriek",
    "maximaleVertrouwelijkheidaanduiding",
    "identificatie",
    "ordering",
    "expand",
}
"""What `_zoek` takes here; anything else is unknown, as a newer version's parameters are to an older one."""

IMPLEMENTED_CATALOGI: dict[str, set[str]] = {
    "zaaktypen": {"identificatie", "status"},
    "statustypen": {"zaaktype", "status"},
    "resultaattypen": {"zaaktype", "status"},
    "roltypen": {"zaaktype", "status"},
    "eigenschappen": {"zaaktype", "status"},
    "zaaktype-informatieobjecttypen": {"zaaktype", "status", "richting"},
}
"""The lists of Catalogi, with the parameters they take."""


def one(asked: Asked, found: Record | None, known: Set[str]) -> Reply:
    """One record, or 304 for who has it already."""
    if fault := unknown_parameter(asked, known):
        return fault
    if found is None:
        return problem(404, "not_found", "Niet gevonden.")
    tag = '"' + hashlib.sha256(json.dumps(found).encode()).hexdigest()[:32] + '"'
    if asked.headers.get("if-none-match") == tag:
        return Reply(304, None, {"ETag": tag})
    return Reply(200, found, {"ETag": tag, **VERSION})


def paged(asked: Asked, root: str, rows: list[Record]) -> Reply:
    """A page of a list; `next` is absolute. Beyond the end is 404."""
    text = asked.query.get("page", ["1"])[0]
    page = int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0
    if page < 1 or (page > 1 and (page - 1) * SIZE >= len(rows)):
        return problem(404, "not_found", "Ongeldige pagina.")

    def link(number: int) -> str:
        others = {name: values[0] for name, values in asked.query.items()}
        return f"{root}{asked.path}?{urlencode({**others, 'page': number})}"

    body = {
        "count": len(rows),
        "next": link(page + 1) if page * SIZE < len(rows) else None,
        "previous": link(page - 1) if page > 1 else None,
        "results": rows[(page - 1) * SIZE : page * SIZE],
    }
    return Reply(200, body, VERSION)


def unknown_parameter(asked: Asked, known: Set[str]) -> Reply | None:
    """400 for a query parameter that this version does not know."""
    if unknown := set(asked.query) - known:
        return problem(400, "unknown-parameters", f"Onbekende query parameter: {min(unknown)[:60]}")
    return None


def problem(status: int, code: str, title: str) -> Reply:
    """An error in the form of the standard."""
    body = {
        "type": f"http://127.0.0.1/ref/fouten/{code}/",
        "code": code,
        "title": title,
        "status": status,
        "detail": title,
        "instance": f"urn:uuid:{uuid5(NAMESPACE_URL, code)}",
    }
    if status == 400:
        body["invalidParams"] = [{"name": "", "code": code, "reason": title}]
    return Reply(status, body, {"Content-Type": "application/problem+json", **VERSION})
