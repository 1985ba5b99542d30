"""The question for the value of a house."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, RegisterUnavailable
from ..own_data import Home
from .records import WozObject
from .visible import is_about

MOST = 5
"""Objects of one house: it, and a garage or two that belong to it."""


async def objects(woz: Caller, bsn: BSN, home: Home) -> Sequence[WozObject]:
    """Ask for what stands at a house and names this person; empty where there is nothing of theirs.

    Two calls where the list tells no values, else one. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    if not isinstance(bsn, BSN):
        raise NoPerson
    told: Mapping[str, Any] = await woz.get("wozobjecten", headers(woz), _where(home))
    if not {"_embedded", "_links"} & told.keys():
        raise RegisterUnavailable("no list")  # never taken for an empty one
    rows = (told.get("_embedded") or {}).get("wozObjecten") or []
    found: list[WozObject] = []
    for row in rows[:MOST]:
        whole = row if "waarden" in row else await woz.get(f"wozobjecten/{_id(row)}", headers(woz))
        if is_about(whole, bsn, home):
            found.append(WozObject.of(whole, bsn))
    return found


def _id(row: Mapping[str, Any]) -> str:
    """It goes into an address, so it must be what the API promises."""
    number = str(row["identificatie"])
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        raise ValueError("no number of a WOZ object")
    return number


def _where(home: Home) -> dict[str, str]:
    if home.object_id:
        return {"adresseerbaarObjectIdentificatie": home.object_id}
    asked = {
        "postcode": home.postcode,
        "huisnummer": str(home.number),
        "huisletter": home.letter,
        "huisnummertoevoeging": home.addition,
    }
    return {name: value for name, value in asked.items() if value}


def headers(woz: Caller) -> dict[str, str]:
    """The key, and what its gateway wants to hear."""
    return {"X-Api-Key": woz.connection.credentials["api_key"], "Accept": "application/hal+json"}
