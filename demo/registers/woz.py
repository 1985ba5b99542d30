"""What houses of the demo are worth: Haal Centraal WOZ 1.0. Each municipality has a key, and its own houses.

`python -m demo.registers.woz --port N --state DIR`.
"""

import re
import sys
import time
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from demo.content.own_registers import HOUSES, LANDLORD, SLOW, House
from demo.content.residents import CODES
from demo.state import day_of_reset, secrets_of

from .serving import Asked, Register, Reply, serve_alone

ROOT = "/woz/api/v1"
PARAMETERS = {
    "rsin": r"[0-9]{9}",
    "kvkNummer": r"[0-9]{8}",
    "adresseerbaarObjectIdentificatie": r"[0-9]{16}",
    "nummeraanduidingIdentificatie": r"[0-9]{16}",
    "postcode": r"[1-9][0-9]{3}[A-Z]{2}",
    "huisnummer": r"[1-9][0-9]{0,4}",
    "huisnummertoevoeging": r"[0-9a-zA-Z]{1,4}",
    "huisletter": r"[a-zA-Z]",
    "fields": r".*",
    "page": r"[1-9][0-9]{0,8}",
    "pageSize": r"[1-9][0-9]?|100",
}


class Woz:
    """Answers about the houses of the municipality whose key it is."""

    def __init__(
        self, keys: Mapping[str, str], houses: Sequence[House], day: date, slow: Mapping[str, float]
    ) -> None:
        self._keys, self._houses, self._day, self._slow = keys, houses, day, slow

    def __call__(self, asked: Asked) -> Reply:
        code = self._keys.get(asked.headers.get("x-api-key", ""))
        if code is None:
            return _problem(401, "authentication", "Niet correct geauthenticeerd.")
        if asked.method != "GET" or not asked.path.startswith(f"{ROOT}/wozobjecten"):
            return _problem(404, "notFound", "Opgevraagde resource bestaat niet.")
        time.sleep(self._slow.get(code, 0))
        own = [one for one in self._houses if CODES[one.at.municipality][0] == code]
        if asked.path == f"{ROOT}/wozobjecten":
            return self._search(asked, own)
        return self._one(asked.path.rpartition("/")[2], own)

    def _search(self, asked: Asked, own: Sequence[House]) -> Reply:
        query = {name: values[0] for name, values in asked.query.items()}
        if any(name not in PARAMETERS or not re.fullmatch(PARAMETERS[name], query[name]) for name in query):
            return _problem(400, "paramsValidation", "Een parameter is niet correct.")
        if not {"postcode", "adresseerbaarObjectIdentificatie", "rsin", "kvkNummer"} & query.keys():
            return _problem(400, "paramsRequired", "Ten minste een parameter moet worden opgegeven.")
        found = [one for one in own if asked.fault == "foreign" or _is_at(one, query)]
        rows = [self._worded(one) for one in found]
        links = {"self": {"href": f"{ROOT}/wozobjecten"}}
        return _hal({"_links": links, "_embedded": {"wozObjecten": rows}})

    def _one(self, number: str, own: Sequence[House]) -> Reply:
        found = [one for one in own if one.number == number]
        if not re.fullmatch("[0-9]{12}", number):
            return _problem(400, "paramsValidation", "De identificatie is niet correct.")
        return _hal(self._worded(found[0])) if found else _problem(404, "notFound", "Bestaat niet.")

    def _worded(self, house: House) -> dict[str, Any]:
        home = house.at
        where: dict[str, Any] = {
            "straat": home.street,
            "huisnummer": int(home.number),
            "postcode": home.postcode,
            "woonplaats": CODES[home.municipality][1],
        }
        if home.addition:
            where["huisnummertoevoeging"] = home.addition
        return {
            "identificatie": house.number,
            "aanduiding": where,
            "belanghebbendeEigenaar": _owner(house),
            "belanghebbendeGebruiker": {
                "type": "natuurlijk_persoon",
                "burgerservicenummer": house.user.bsn,
                "naam": house.user.name,
            },
            **({"grondoppervlakte": house.ground} if house.ground else {}),
            "verantwoordelijkeGemeente": dict(
                zip(("code", "omschrijving"), CODES[home.municipality], strict=True)
            ),
            "waarden": [self._value(house, n) for n in range(len(house.values))],
            "_links": {"self": {"href": f"{ROOT}/wozobjecten/{house.number}"}},
        }

    def _value(self, house: House, n: int) -> dict[str, Any]:
        """Of the tax year `n` years before this one; its day of reference lies a year earlier."""
        year = self._day.year - n
        states = house.states if n == 0 else ("beschikking_genomen",)
        return {
            "vastgesteldeWaarde": house.values[n],
            "waardepeildatum": f"{year - 1}-01-01",
            "ingangsdatum": f"{year}-01-01",
            "beschikkingsStatussen": list(states),
            "indicatieBezwaarBeroep": "bezwaar_ingediend" in states,
        }


def _owner(house: House) -> dict[str, Any]:
    if house.owner.isdigit():
        return {
            "type": "natuurlijk_persoon",
            "burgerservicenummer": house.owner,
            "naam": house.at.name,
        }
    kind = "niet_natuurlijk_persoon" if house.owner == LANDLORD else "natuurlijk_persoon"
    return {"type": kind, "naam": house.owner}


def _is_at(house: House, query: Mapping[str, str]) -> bool:
    home = house.at
    known = {"postcode": home.postcode, "huisnummer": home.number, "huisnummertoevoeging": home.addition}
    asked = {name: query[name] for name in known if name in query}
    return bool(asked) and all(known[name] == value for name, value in asked.items())


def _hal(body: Any) -> Reply:
    return Reply(200, body, {"Content-Type": "application/hal+json", "api-version": "1.0.0"})


def _problem(status: int, code: str, title: str) -> Reply:
    body: dict[str, Any] = {
        "type": "https://www.rfc-editor.org/rfc/rfc9110#section-15.5",
        "title": title,
        "status": status,
        "detail": title,
        "instance": f"{ROOT}/wozobjecten",
        "code": code,
    }
    if status == 400:
        body["invalidParams"] = [{"name": "query", "code": code, "reason": title}]
    return Reply(status, body, {"Content-Type": "application/problem+json", "api-version": "1.0.0"})


def demo_register(
    keys: Mapping[str, str],
    day: date,
    port: int = 0,
    houses: Sequence[House] = HOUSES,
    slow: Mapping[str, float] | None = None,
) -> Register:
    """The demo's houses; `keys` gives the municipality's code of each key."""
    return Register("WOZ (demo)", Woz(keys, houses, day, SLOW if slow is None else slow), port)


def _made(state: Path, port: int) -> Register:
    return demo_register(secrets_of(state).tokens("woz"), day_of_reset(state), port)


if __name__ == "__main__":
    sys.exit(serve_alone("woz", _made))
