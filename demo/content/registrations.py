"""The residents as the BRP holds them: raw, which `demo/registers/brp_records.py` words as the API does."""

from datetime import date, timedelta
from typing import Any

from .residents import CODES, Relative, Resident

NAME_USES = {"E": "eigen geslachtsnaam", "V": "geslachtsnaam partner voor eigen geslachtsnaam"}
NATIONALITIES = {"Nederlandse": "0001", "Marokkaanse": "0131", "Algerijnse": "0100", "Oekraïense": "0034"}
COUNTRIES = {"Nederland": "6030", "Marokko": "5022", "Algerije": "6047", "Joegoslavië": "6045"}


def raw_person(resident: Resident, day: date) -> dict[str, Any]:
    """The person as the registration holds it, when `day` is the day of reset."""
    code, name = CODES[resident.flags.get("registered_in", resident.municipality)]
    raw: dict[str, Any] = {
        "burgerservicenummer": resident.bsn,
        "geslacht": {"code": resident.gender, "omschrijving": "vrouw" if resident.gender == "V" else "man"},
        "naam": _name(resident.first_names, resident.prefix, resident.surname)
        | {"aanduidingNaamgebruik": _coded(resident.name_use, NAME_USES[resident.name_use])},
        "nationaliteiten": [
            {"nationaliteit": _coded(NATIONALITIES[resident.nationality], resident.nationality)}
        ],
        "geboorte": {
            "datum": resident.born,
            "plaats": {"omschrijving": resident.born_in},
            "land": _coded(COUNTRIES[resident.born_country], resident.born_country),
        },
        "gemeenteVanInschrijving": {"code": code, "omschrijving": name},
        "kinderen": [_relative(child) for child in resident.children],
        "ouders": [_relative(parent) for parent in resident.parents],
        "partners": [_relative(resident.partner)] if resident.partner else [],
    }
    if "titel" in resident.flags:
        title, words = resident.flags["titel"]
        raw["naam"]["adellijkeTitelPredicaat"] = {"code": title, "omschrijving": words, "soort": "titel"}
    if resident.street:
        raw["verblijfplaats"] = {
            "functieAdres": {"code": "W", "omschrijving": "woonadres"},
            "datumAanvangAdreshouding": f"{day + timedelta(days=resident.moved_in):%Y%m%d}",
            "straat": resident.street,
            "huisnummer": resident.number,
            "postcode": resident.postcode,
            "woonplaats": name,
        } | ({"huisnummertoevoeging": resident.addition} if resident.addition else {})
    for flag in ("geheimhoudingPersoonsgegevens", "indicatieCurateleRegister"):
        if flag in resident.flags:
            raw[flag] = resident.flags[flag]
    if "opschortingBijhouding" in resident.flags:
        reason, words, since = resident.flags["opschortingBijhouding"]
        raw["opschortingBijhouding"] = {"datum": since, "reden": {"code": reason, "omschrijving": words}}
    return raw


def _coded(code: str, words: str) -> dict[str, str]:
    return {"code": code, "omschrijving": words}


def _name(first: str, prefix: str, surname: str) -> dict[str, Any]:
    name: dict[str, Any] = {"voornamen": first, "geslachtsnaam": surname}
    return name | {"voorvoegsel": prefix} if prefix else name


def _relative(person: Relative) -> dict[str, Any]:
    raw: dict[str, Any] = {
        "naam": _name(person.first_names, person.prefix, person.surname),
        "geboorte": {"datum": person.born},
    }
    return raw | {"ontbindingHuwelijkPartnerschap": {"datum": person.ended}} if person.ended else raw
