"""Where somebody lives, as lines to show.

Source: Haal Centraal BRP Personen 2.7, schema `AbstractVerblijfplaats`.
"""

from collections.abc import Mapping
from typing import Any

from ..own_data import Home


def lines(place: Mapping[str, Any]) -> list[str]:
    """The lines of an address; none where the register knows none or words it in a way we do not know."""
    address = place.get("verblijfadres") or {}
    if place.get("type") == "Adres":
        return _in_the_netherlands(address)
    if place.get("type") == "Locatie":
        return [str(address["locatiebeschrijving"])] if address.get("locatiebeschrijving") else []
    if place.get("type") == "VerblijfplaatsBuitenland":
        country = (address.get("land") or {}).get("omschrijving")
        abroad = (address.get("regel1"), address.get("regel2"), address.get("regel3"), country)
        return [str(line).strip() for line in abroad if line]
    return []


def home(place: Mapping[str, Any]) -> Home | None:
    """The house, for who asks of houses; None of a postal address only, or of a place without a number."""
    address = place.get("verblijfadres") or {}
    use = (place.get("functieAdres") or {}).get("code", "W")
    if place.get("type") != "Adres" or use != "W" or not address.get("postcode"):
        return None
    return Home(
        postcode=str(address["postcode"]),
        number=int(address["huisnummer"]),
        letter=str(address.get("huisletter") or ""),
        addition=str(address.get("huisnummertoevoeging") or ""),
        object_id=str(place.get("adresseerbaarObjectIdentificatie") or ""),
    )


def _in_the_netherlands(address: Mapping[str, Any]) -> list[str]:
    street = address.get("officieleStraatnaam") or address.get("korteStraatnaam") or ""
    beside = (address.get("aanduidingBijHuisnummer") or {}).get("omschrijving") or ""
    number = f"{address.get('huisnummer') or ''}{address.get('huisletter') or ''}"
    if addition := address.get("huisnummertoevoeging"):
        number += f"-{addition}"
    postcode = str(address.get("postcode") or "")
    town = (f"{postcode[:4]} {postcode[4:]}", str(address.get("woonplaats") or ""))
    written = (" ".join(filter(None, (street, beside, number))), " ".join(town).strip())
    return [line for line in written if line]
