"""The question for the value of a house."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, RegisterUnavailable
from ..own_data import Home
from .records import WozObject
from .visible import is_about

MOST = 5
"""Objects that are asked for one by one: a house, and a garage or two that belong to it."""


async def objects(woz: Caller, bsn: BSN, home: Home) -> Sequence[WozObject]:
    """Ask for what stands at a house and names this person; empty where there is nothing of theirs.

    One call, and one for each object of which the list tells no values. Where it names more than a house can
    have, as of a building with one number, this person's may be among the rest: that is not called empty.
    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    if not isinstance(bsn, BSN):
        raise NoPerson
    told: Mapping[str, Any] = await woz.get("wozobjecten", headers(woz), _where(home))
    if not {"_embedded", "_links"} & told.keys():
        raise RegisterUnavailable("no list")  # never taken for an empty one
    rows = (told.get("_embedded") or {}).get("wozObjecten") or []
    bare = [row for row in rows if "waarden" not in row]
    if len(bare) > MOST or (told.get("_links") or {}).get("next"):
        raise RegisterUnavailable("more objects than a house can have")
    whole = [row for row in rows if "waarden" in row]
    whole += await asyncio.gather(*(woz.get(f"wozobjecten/{_id(row)}", headers(woz)) for row in bare))
    return [WozObject.of(one, bsn) for one in whole if is_about(one, bsn, home)]


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
