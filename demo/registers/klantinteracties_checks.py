"""What a real Open Klant refuses to write, field by field, with the names it gives in `invalidParams`."""

import re
from collections.abc import Iterator
from typing import Any

from .klantinteracties_records import OF_A_PERSON, Record, is_uuid
from .klantinteracties_store import Store

NUMBER = re.compile(r"(0[1-9][0-9]{8}|\+[0-9]{9,15}|00[0-9]{7,13})")
MAIL = re.compile(r"[^@\s]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
TAG = re.compile(r"[-a-zA-Z0-9_]*")
DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
MOMENT = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d(:[0-5]\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?")
LONGEST = {"kanaal": 50, "onderwerp": 200, "inhoud": 1000, "reactie": 4000, "taal": 3}
Wrong = tuple[str, str]
"""The name of a field, and a code."""


def address(told: Record, store: Store, own: str = "") -> Iterator[Wrong]:
    """A digitaal adres; `own` is the one that is changed. Its mail address is looked at as Django does."""
    kind = told.get("soortDigitaalAdres")
    if kind not in ("email", "telefoonnummer", "overig"):
        yield "soortDigitaalAdres", "invalid_choice"
        return
    text = told.get("adres")
    right = {"email": MAIL, "telefoonnummer": NUMBER}.get(kind)
    if not isinstance(text, str) or not 0 < len(text) <= 80 or (right and not right.fullmatch(text)):
        yield "adres", "invalid"
    yield from _text(told, "omschrijving", 40)
    if not isinstance(told.get("referentie", ""), str) or not TAG.fullmatch(told.get("referentie", "")):
        yield "referentie", "invalid"
    if not isinstance(told.get("isStandaardAdres", False), bool):
        yield "isStandaardAdres", "invalid"
    day = told.get("verificatieDatum")
    if day is not None and not (isinstance(day, str) and DAY.fullmatch(day)):
        yield "verificatieDatum", "invalid"
    owner = named(told.get("verstrektDoorPartij"))
    if told.get("verstrektDoorPartij") is not None and owner not in store.held["partijen"]:
        yield "verstrektDoorPartij.uuid", "invalid"
    if told.get("isStandaardAdres") is True and owner is None:
        yield "isStandaardAdres", "invalid"
    if any(_same_tag(one, told, owner) for one in store.all("digitaleadressen") if one["uuid"] != own):
        yield "nonFieldErrors", "unique"


def person(told: Record, store: Store) -> Iterator[Wrong]:
    """A partij of the kind that Mijn makes; nobody is made twice."""
    if told.get("soortPartij") != "persoon":
        yield "soortPartij", "invalid_choice"
    if not isinstance(told.get("indicatieActief"), bool):
        yield "indicatieActief", "required"
    identified = told.get("partijIdentificatoren")
    if not isinstance(identified, list) or len(identified) != 1:
        yield "partijIdentificatoren", "invalid"
        return
    who = identified[0].get("partijIdentificator") if isinstance(identified[0], dict) else None
    if not isinstance(who, dict) or any(who.get(code) != value for code, value in OF_A_PERSON.items()):
        yield "partijIdentificatoren.0.partijIdentificator", "invalid"
        return
    if not isinstance(who.get("objectId"), str) or not re.fullmatch(r"[0-9]{9}", who["objectId"]):
        yield "partijIdentificatoren.0.partijIdentificator.objectId", "invalid"
    elif any(is_person(one, who["objectId"]) for one in store.all("partijen")):
        yield "nonFieldErrors", "unique"


def contact(told: Record, store: Store, own: str = "") -> Iterator[Wrong]:
    """A klantcontact; its referentienummer is a number that no other has."""
    for name in ("kanaal", "onderwerp", "taal"):
        if not isinstance(told.get(name), str) or not told[name]:
            yield name, "required"
    for name, longest in LONGEST.items():
        yield from _text(told, name, longest)
    if not isinstance(told.get("vertrouwelijk"), bool):
        yield "vertrouwelijk", "required"
    moment = told.get("plaatsgevondenOp", "2026-01-01T00:00:00Z")
    if not isinstance(moment, str) or not MOMENT.fullmatch(moment):
        yield "plaatsgevondenOp", "invalid"
    number = told.get("referentienummer")
    if number is not None and not (isinstance(number, str) and re.fullmatch(r"[0-9]{1,10}", number)):
        yield "referentienummer", "invalid"
    others = (one for one in store.all("klantcontacten") if one["uuid"] != own)
    if number is not None and any(one["referentienummer"] == number for one in others):
        yield "referentienummer", "unique"


def part(told: Any, store: Store) -> Iterator[Wrong]:
    """A betrokkene."""
    if not isinstance(told, dict):
        yield "", "invalid"
        return
    if told.get("rol") not in ("klant", "vertegenwoordiger"):
        yield "rol", "invalid_choice"
    if not isinstance(told.get("initiator"), bool):
        yield "initiator", "required"
    if told.get("wasPartij") is not None and named(told["wasPartij"]) not in store.held["partijen"]:
        yield "wasPartij.uuid", "invalid"


def about(told: Any, store: Store) -> Iterator[Wrong]:
    """An onderwerpobject."""
    if not isinstance(told, dict):
        yield "", "invalid"
        return
    earlier, codes = told.get("wasKlantcontact"), told.get("onderwerpobjectidentificator")
    if earlier is not None and named(earlier) not in store.held["klantcontacten"]:
        yield "wasKlantcontact.uuid", "invalid"
    held = [codes] if codes is None or isinstance(codes, dict) else [{"": codes}]
    if any(not isinstance(one, str) or len(one) > 200 for each in held for one in (each or {}).values()):
        yield "onderwerpobjectidentificator", "invalid"


def named(told: Any) -> str | None:
    """The uuid by which a record is named, or None."""
    return told["uuid"] if isinstance(told, dict) and is_uuid(told.get("uuid")) else None


def is_person(partij: Record, bsn: str) -> bool:
    """Whether a partij is the person of that number."""
    return any(one["partijIdentificator"]["objectId"] == bsn for one in partij["partijIdentificatoren"])


def _text(told: Record, name: str, longest: int) -> Iterator[Wrong]:
    text = told.get(name, "")
    if not isinstance(text, str):
        yield name, "invalid"
    elif len(text) > longest:
        yield name, "max_length"


def _same_tag(one: Record, told: Record, owner: str | None) -> bool:
    return bool(
        told.get("referentie")
        and one["referentie"] == told["referentie"]
        and one["soortDigitaalAdres"] == told.get("soortDigitaalAdres")
        and (one["verstrektDoorPartij"] or {}).get("uuid") == owner
    )
