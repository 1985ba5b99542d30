"""Which records a query of Klantinteracties finds, and what is expanded in them."""

from collections.abc import Callable, Mapping
from typing import Any

from .klantinteracties_records import Record
from .klantinteracties_store import KINDS, Store
from .problems import Unknown

Test = Callable[[Record, str, Store], bool]


def _whose(code: str) -> Test:
    """Whether a partij is identified so."""
    return lambda row, value, _store: any(
        one["partijIdentificator"][code] == value for one in row["partijIdentificatoren"]
    )


def _of_person(test: Test) -> Test:
    """Whether somebody in a contact passes a test of a partij."""

    def passes(contact: Record, value: str, store: Store) -> bool:
        owners = [store.held["betrokkenen"][one["uuid"]]["wasPartij"] for one in contact["hadBetrokkenen"]]
        return any(owner and test(store.held["partijen"][owner["uuid"]], value, store) for owner in owners)

    return passes


def _about(code: str) -> Test:
    """Whether a contact was about something with that code."""

    def passes(contact: Record, value: str, store: Store) -> bool:
        subjects = [
            store.held["onderwerpobjecten"][one["uuid"]] for one in contact["gingOverOnderwerpobjecten"]
        ]
        return any(one["onderwerpobjectidentificator"][code] == value for one in subjects)

    return passes


def _names(field: str) -> Test:
    """Whether a record names another by its uuid."""
    return lambda row, value, _store: (row[field] or {}).get("uuid") == value


def _is(field: str) -> Test:
    return lambda row, value, _store: row[field] == value


_CODES = ("codeObjecttype", "codeRegister", "codeSoortObjectId", "objectId")
_IDENTIFIED = {f"partijIdentificator__{code}": _whose(code) for code in _CODES}
PARAMETERS: Mapping[str, Mapping[str, Test]] = {
    "partijen": _IDENTIFIED,
    "klantcontacten": {
        **{f"hadBetrokkene__wasPartij__{name}": _of_person(test) for name, test in _IDENTIFIED.items()},
        "hadBetrokkene__wasPartij__uuid": _of_person(_is("uuid")),
        **{
            f"onderwerpobject__onderwerpobjectidentificator{code[0].upper()}{code[1:]}": _about(code)
            for code in _CODES
        },
        "referentienummer": _is("referentienummer"),
        "kanaal": _is("kanaal"),
    },
    "betrokkenen": {
        "wasPartij__uuid": _names("wasPartij"),
        "hadKlantcontact__uuid": _names("hadKlantcontact"),
    },
    "digitaleadressen": {
        "verstrektDoorPartij__uuid": _names("verstrektDoorPartij"),
        "adres": _is("adres"),
        "soortDigitaalAdres": _is("soortDigitaalAdres"),
        "referentie": _is("referentie"),
    },
    "onderwerpobjecten": {
        "klantcontact__uuid": _names("klantcontact"),
        "wasKlantcontact__uuid": _names("wasKlantcontact"),
    },
}
"""The filters of each list that are here; a real one knows more, and refuses what it does not know."""


def found(kind: str, query: Mapping[str, list[str]], store: Store) -> list[Record]:
    """The records that pass every filter. The identifying codes count together, on one identification."""
    tests = PARAMETERS[kind]
    if unknown := set(query) - set(tests) - {"expand", "page", "pageSize"}:
        raise Unknown(min(unknown))
    asked = [(tests[name], values[0]) for name, values in query.items() if name in tests]
    return [row for row in store.all(kind) if all(test(row, value, store) for test, value in asked)]


def expanded(kind: str, row: Record, query: Mapping[str, list[str]], store: Store) -> Record:
    """A record with what was asked beside it; a part of a part only where its parent is named too."""
    wanted = [one for text in query.get("expand", []) for one in text.split(",") if one]
    return _with(kind, row, wanted, store)


def _with(kind: str, row: Record, wanted: list[str], store: Store) -> Record:
    parts = KINDS[kind]
    beside: dict[str, Any] = {}
    for name in wanted:
        first, _dot, rest = name.partition(".")
        if first not in parts:
            raise Unknown("expand", "invalid")
        if rest:
            continue
        inner = [one.partition(".")[2] for one in wanted if one.startswith(f"{first}.")]
        held = row[first]
        named: list[Record] = held if isinstance(held, list) else [held] if held else []
        other = parts[first]
        full = [_with(other, store.held[other][one["uuid"]], inner, store) for one in named] if other else []
        beside[first] = full if isinstance(held, list) else next(iter(full), None)
    return {**row, "_expand": beside} if wanted else row
