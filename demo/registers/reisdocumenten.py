"""The travel documents of the demo: Haal Centraal Reisdocumenten 2.0, ZoekMetBurgerservicenummer.

`python -m demo.registers.reisdocumenten --port N --state DIR`.
"""

import hmac
import sys
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from demo.content.own_registers import GONE, KINDS, PAPERS, Paper
from demo.state import day_of_reset, secrets_of

from .brp_records import worded_date
from .serving import Asked, Register, Reply, serve_alone

ROOT = "/haalcentraal/api/reisdocumenten"
PATH = f"{ROOT}/reisdocumenten"
FIELDS = {
    "reisdocumentnummer": set[str](),
    "soort": {"code", "omschrijving"},
    "datumEindeGeldigheid": {"datum", "langFormaat", "type"},
    "inhoudingOfVermissing": {"datum", "aanduiding"},
    "houder": {"burgerservicenummer"},
}
"""Fields that may be asked, with what may follow after a dot; of doubt it tells by itself."""
_OK = {"Content-Type": "application/json; charset=utf-8"}


class Reisdocumenten:
    """Answers which documents somebody has."""

    def __init__(self, papers: Mapping[str, Sequence[Paper]], key: str, day: date) -> None:
        self._papers, self._key, self._day = papers, key, day

    def __call__(self, asked: Asked) -> Reply:
        if not hmac.compare_digest(asked.headers.get("x-api-key", "").encode(), self._key.encode()):
            return _problem(401, "authentication", "Niet correct geauthenticeerd.")
        if asked.path != PATH:
            return _problem(404, "notFound", "Opgevraagde resource bestaat niet.")
        if asked.method != "POST":
            return _problem(405, "methodNotAllowed", "Deze methode mag niet.")
        if fault := _fault_in(asked.body):
            return _problem(400, "paramsValidation", fault)
        kind = asked.body["type"]
        found = [
            _document(one, bsn, self._day)
            for bsn, papers in self._papers.items()
            for one in papers
            if bsn == asked.body.get("burgerservicenummer")
            or one.number in asked.body.get("reisdocumentnummer", [])
            or asked.fault == "foreign"
        ]
        documents = [_only(one, asked.body["fields"]) for one in found]
        return Reply(200, {"type": kind, "reisdocumenten": documents}, _OK)


def _document(one: Paper, bsn: str, day: date) -> dict[str, Any]:
    until = one.until if isinstance(one.until, str) else f"{day + timedelta(days=one.until):%Y%m%d}"
    worded: dict[str, Any] = {
        "reisdocumentnummer": one.number,
        "soort": {"code": one.kind, "omschrijving": KINDS[one.kind]},
        "datumEindeGeldigheid": worded_date(until),
        "houder": {"burgerservicenummer": bsn},
    }
    if one.gone:
        worded["inhoudingOfVermissing"] = {
            "datum": worded_date(f"{day + timedelta(days=one.gone_on):%Y%m%d}"),
            "aanduiding": {"code": one.gone, "omschrijving": GONE[one.gone]},
        }
    return worded


def _only(worded: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for wanted in fields:
        first, *rest = wanted.split(".")
        if first not in worded:
            continue
        if rest and rest[0] in worded[first]:
            kept.setdefault(first, {})[rest[0]] = worded[first][rest[0]]
        elif not rest:
            kept[first] = worded[first]
    return kept


def _fault_in(body: Any) -> str:
    if not isinstance(body, dict) or not isinstance(body.get("type"), str):
        return "Waarde is geen geldig zoek type."
    fields = body.get("fields")
    if not isinstance(fields, list) or not 1 <= len(fields) <= 25:
        return "Parameter fields is verplicht."
    if not all(isinstance(one, str) and _may_be_asked(one) for one in fields):
        return "Parameter bevat een niet bestaande veldnaam."
    if body["type"] == "ZoekMetBurgerservicenummer":
        given = [body.get("burgerservicenummer")]
        return "" if all(map(_is_bsn, given)) else "Waarde voldoet niet aan patroon ^[0-9]{9}$."
    if body["type"] == "RaadpleegMetReisdocumentnummer":
        given = body.get("reisdocumentnummer") or []
        good = isinstance(given, list) and len(given) == 1 and isinstance(given[0], str)
        return "" if good else "Geef 1 reisdocumentnummer."
    return "Waarde is geen geldig zoek type."


def _is_bsn(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 9


def _may_be_asked(field: str) -> bool:
    first, *rest = field.split(".")
    return first in FIELDS and (not rest or rest[0] in FIELDS[first])


def _problem(status: int, code: str, title: str) -> Reply:
    body: dict[str, Any] = {
        "type": "https://www.rfc-editor.org/rfc/rfc9110#section-15.5",
        "title": title.translate(str.maketrans("", "", "^[]{}$")),
        "status": status,
        "detail": title.translate(str.maketrans("", "", "^[]{}$")),
        "instance": PATH,
        "code": code,
    }
    if status == 400:
        body["invalidParams"] = [{"name": "body", "code": code, "reason": "Waarde klopt niet."}]
    return Reply(status, body, {"Content-Type": "application/problem+json"})


def demo_register(
    key: str, day: date, port: int = 0, papers: Mapping[str, Sequence[Paper]] = PAPERS
) -> Register:
    """The demo's travel documents, when `day` is the day of reset."""
    return Register("Reisdocumenten (demo)", Reisdocumenten(papers, key, day), port)


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).reisdocumenten_key, day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("reisdocumenten", _made))
