"""The BRP of the demo: Haal Centraal Personen 2.7, RaadpleegMetBurgerservicenummer.

`python -m demo.registers.brp --port N --state DIR [--persons FILE]`; the key is the state's, the persons of a
file are raw registrations in the form of the official test set.
"""

import argparse
import hmac
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from demo.content.registrations import raw_person
from demo.content.residents import RESIDENTS
from demo.state import day_of_reset, secrets_of

from .brp_records import person
from .serving import Asked, Register, Reply

PATH = "/haalcentraal/api/brp/personen"
AUTOMATIC = {"inOnderzoek", "geheimhoudingPersoonsgegevens", "opschortingBijhouding", "rni", "verificatie"}
FAMILY = {"burgerservicenummer", "geslacht", "naam", "geboorte"}
FIELDS: Mapping[str, set[str]] = {
    "burgerservicenummer": set(),
    "geslacht": {"code", "omschrijving"},
    "naam": {
        "volledigeNaam", "voornamen", "voorletters", "voorvoegsel", "geslachtsnaam",
        "aanduidingNaamgebruik", "adellijkeTitelPredicaat",
    },
    "adressering": {"aanschrijfwijze", "aanhef", "gebruikInLopendeTekst"},
    "geboorte": {"datum", "plaats", "land"},
    "nationaliteiten": {"type", "nationaliteit", "redenOpname", "datumIngangGeldigheid"},
    "partners": FAMILY
    | {"soortVerbintenis", "aangaanHuwelijkPartnerschap", "ontbindingHuwelijkPartnerschap"},
    "kinderen": FAMILY,
    "ouders": FAMILY | {"ouderAanduiding", "datumIngangFamilierechtelijkeBetrekking"},
    "gemeenteVanInschrijving": {"code", "omschrijving"},
    "indicatieCurateleRegister": set(),
    "verblijfplaats": {
        "type", "verblijfadres", "functieAdres", "datumVan",
        "adresseerbaarObjectIdentificatie", "nummeraanduidingIdentificatie",
    },
}  # fmt: skip
"""Fields that may be asked here, with what may follow after a dot; a real BRP knows more."""


class Brp:
    """Answers questions about raw registrations."""

    def __init__(self, persons: Sequence[Mapping[str, Any]], key: str) -> None:
        self._persons = {one["burgerservicenummer"]: one for one in persons}
        self._key = key

    def __call__(self, asked: Asked) -> Reply:
        if not hmac.compare_digest(asked.headers.get("x-api-key", "").encode(), self._key.encode()):
            return _problem(401, "authentication", "Niet correct geauthenticeerd.")
        if asked.path != PATH:
            return _problem(404, "notFound", "Opgevraagde resource bestaat niet.")
        if asked.method != "POST":
            return _problem(405, "methodNotAllowed", "Deze methode mag niet.")
        for header in ("x-doelbinding", "x-verwerking", "x-gebruiker", "x-origin-oin"):
            if not asked.headers.get(header):
                return _problem(403, "unauthorized", f"De header {header} ontbreekt.")
        if fault := _fault_in(asked.body):
            return _problem(400, "paramsValidation", fault)
        found = [self._persons[bsn] for bsn in asked.body["burgerservicenummer"] if bsn in self._persons]
        persons = [_only(person(raw), asked.body["fields"]) for raw in found]
        return Reply(200, {"type": "RaadpleegMetBurgerservicenummer", "personen": persons}, _OK)


_OK = {"Content-Type": "application/json; charset=utf-8"}


def _only(worded: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """Only what was asked, and what the BRP always adds."""
    kept: dict[str, Any] = {name: worded[name] for name in AUTOMATIC if name in worded}
    for wanted in fields:
        _copy(worded, kept, wanted.split("."))
    return kept


def _copy(source: Any, target: dict[str, Any], path: Sequence[str]) -> None:
    name, rest = path[0], path[1:]
    if not isinstance(source, Mapping) or name not in source:
        return
    value = source[name]
    if not rest or not isinstance(value, Mapping | list):
        target[name] = value
    elif isinstance(value, list):
        rows = target.setdefault(name, [{} for _ in value])
        for one, row in zip(value, rows, strict=True):
            row.update({key: one[key] for key in ("type", "inOnderzoek") if key in one})
            _copy(one, row, rest)
    else:
        kept = target.setdefault(name, {})
        kept.update({key: value[key] for key in ("type", "inOnderzoek") if key in value})
        _copy(value, kept, rest)


def _fault_in(body: Any) -> str:
    if not isinstance(body, dict) or body.get("type") != "RaadpleegMetBurgerservicenummer":
        return "Waarde is geen geldig zoek type."
    if set(body) - {"type", "burgerservicenummer", "fields", "gemeenteVanInschrijving"}:
        return "Parameter is niet verwacht."
    numbers, fields = body.get("burgerservicenummer"), body.get("fields")
    if not isinstance(numbers, list) or not 1 <= len(numbers) <= 20:
        return "Geef 1 tot 20 burgerservicenummers."
    if not all(isinstance(one, str) and one.isascii() and one.isdigit() and len(one) == 9 for one in numbers):
        return "Waarde voldoet niet aan patroon ^[0-9]{9}$."
    if "gemeenteVanInschrijving" in body and not _is_code(body["gemeenteVanInschrijving"]):
        return "Waarde voldoet niet aan patroon ^[0-9]{4}$."
    if not isinstance(fields, list) or not 1 <= len(fields) <= 130:
        return "Parameter fields is verplicht."
    if not all(isinstance(one, str) and _may_be_asked(one) for one in fields):
        return "Parameter bevat een niet bestaande veldnaam."
    return ""


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and value.isascii() and value.isdigit() and len(value) == 4


def _may_be_asked(field: str) -> bool:
    """A field that is there, and not one that always comes by itself."""
    first, *rest = field.split(".")
    return first in FIELDS and (not rest or rest[0] in FIELDS[first]) and not AUTOMATIC & set(rest)


def _problem(status: int, code: str, title: str) -> Reply:
    body: dict[str, Any] = {
        "type": "https://www.rfc-editor.org/rfc/rfc9110#section-15.5",
        "title": title,
        "status": status,
        "detail": title,
        "instance": PATH,
        "code": code,
    }
    if status == 400:
        body["invalidParams"] = [{"name": "body", "code": code, "reason": title}]
    return Reply(status, body, {"Content-Type": "application/problem+json"})


def demo_register(key: str, persons: Sequence[Mapping[str, Any]], port: int = 0) -> Register:
    """The demo's BRP, with these raw registrations."""
    return Register("Basisregistratie Personen (demo)", Brp(persons, key), port)


def residents(day: date) -> list[dict[str, Any]]:
    """The demo's own residents as raw registrations, when `day` is the day of reset."""
    return [raw_person(one, day) for one in RESIDENTS]


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m demo.registers.brp")
    arguments.add_argument("--port", type=int, required=True)
    arguments.add_argument("--state", type=Path, required=True)
    arguments.add_argument("--persons", type=Path)
    given = arguments.parse_args()
    own = residents(day_of_reset(given.state))
    persons = json.loads(given.persons.read_text()) if given.persons else own
    return demo_register(secrets_of(given.state).brp_key, persons, given.port).serve()


if __name__ == "__main__":
    sys.exit(main())
