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
IMPLEMENTED_CATALOGI: dict[str, set[str]] = {
    "zaaktypen": {"identificatie", "status"},
    "statustypen": {"zaaktype", "status"},
    "resultaattypen": {"zaaktype", "status"},
    "roltypen": {"zaaktype", "status"},
    "eigenschappen": {"zaaktype", "status"},
    "zaaktype-informatieobjecttypen": {"zaaktype", "status", "richting"},
    "besluittypen": {"zaaktypen", "status"},
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


def paged(asked: Asked, root: str, rows: list[Record], longest: int | None = None) -> Reply:
    """A page of a list; `next` is absolute. Beyond the end is 404."""
    page = _number(asked, "page")
    size = min(_number(asked, "pageSize") or SIZE, longest) if longest and "pageSize" in asked.query else SIZE
    if page < 1 or (page > 1 and (page - 1) * size >= len(rows)):
        return problem(404, "not_found", "Ongeldige pagina.")

    def link(number: int) -> str:
        others = {name: values[0] for name, values in asked.query.items()}
        return f"{root}{asked.path}?{urlencode({**others, 'page': number})}"

    body = {
        "count": len(rows),
        "next": link(page + 1) if page * size < len(rows) else None,
        "previous": link(page - 1) if page > 1 else None,
        "results": rows[(page - 1) * size : page * size],
    }
    return Reply(200, body, VERSION)


def _number(asked: Asked, name: str) -> int:
    """A number in the address; 1 when it is not there, 0 when it is none."""
    text = asked.query.get(name, ["1"])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


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
