"""The questions to Klantinteracties. What is written stands in `writing.py`."""

from collections.abc import Mapping
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, RegisterUnavailable
from ..for_forms import Reached
from ..paged import rows_in
from .records import AddressKind, Contact, Partij
from .visible import is_own

PERSON = {"codeObjecttype": "natuurlijk_persoon", "codeRegister": "brp", "codeSoortObjectId": "bsn"}
BESIDE = "hadBetrokkenen,hadBetrokkenen.wasPartij,gingOverOnderwerpobjecten"
"""Whose a contact was and what it was about; a part of a part only comes when its parent is named too."""
PAGES = 10  # of a hundred; more than a resident can have


async def partij(klant: Caller, bsn: BSN) -> Partij | None:
    """The resident with addresses; None when Klantinteracties has never met them. One call.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    asked = {**_person("partijIdentificator", bsn), "expand": "digitaleAdressen"}
    answer = await klant.get("partijen", headers(klant), asked)
    known = [Partij.of(one) for one in answer["results"]]
    if len(known) > 1 or not all(one.is_person(bsn) for one in known):
        raise RegisterUnavailable("somebody else's data")
    return known[0] if known else None


async def chosen_mail(klant: Caller, bsn: BSN) -> str | None:
    """The proven address that a resident chose to be told at; "" where they chose nothing, None for no mail.

    Raises as `partij`.
    """
    known = await partij(klant, bsn)
    if known is None or known.preferred is None:
        return ""
    chosen = next((one for one in known.addresses if one.id == known.preferred), None)
    wants_mail = chosen is not None and chosen.kind == AddressKind.EMAIL and chosen.verified is not None
    return chosen.text if chosen and wants_mail else None


async def reached(klant: Caller, bsn: BSN) -> Reached:
    """The telephone number and e-mail address to use. Raises as `partij`."""
    known = await partij(klant, bsn)
    phone, email = (known.address(kind) if known else None for kind in (AddressKind.PHONE, AddressKind.EMAIL))
    return Reached(phone.text if phone else "", email.text if email else "")


async def contacts(klant: Caller, bsn: BSN) -> list[Contact]:
    """The resident's own contacts, newest first. One call for each hundred.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    asked = {**_person("hadBetrokkene__wasPartij__partijIdentificator", bsn), "expand": BESIDE}
    found: list[Contact] = []
    for page in range(1, PAGES + 1):
        # We follow no link: `next` often has the host behind the proxy.
        answer = await klant.get("klantcontacten", headers(klant), {**asked, "page": str(page)})
        found += [Contact.of(one) for one in rows_in(answer)]
        if not answer["next"]:
            return sorted((one for one in found if is_own(one, bsn)), key=lambda one: one.at, reverse=True)
    raise RegisterUnavailable("more pages than a resident can have")


async def contact_with_number(klant: Caller, bsn: BSN, number: str) -> Contact | None:
    """The resident's own contact with that reference number; None also when it is somebody else's."""
    own = _digits(bsn)
    asked = {"referentienummer": number, "expand": BESIDE}
    answer = await klant.get("klantcontacten", headers(klant), asked)
    found = [Contact.of(one) for one in answer["results"]]
    return next((one for one in found if own and one.number == number and is_own(one, bsn)), None)


def headers(klant: Caller) -> Mapping[str, str]:
    """Klantinteracties knows a fixed token; nothing in it tells for whom we ask."""
    return {
        "Authorization": f"Token {klant.connection.credentials['token']}",
        "Accept": "application/json",
    }


def identified(bsn: BSN) -> Mapping[str, Any]:
    """Who a resident is, as Klantinteracties writes it."""
    return {**PERSON, "objectId": _digits(bsn)}


def _person(prefix: str, bsn: BSN) -> dict[str, str]:
    return {f"{prefix}__{code}": value for code, value in identified(bsn).items()}


def _digits(bsn: BSN) -> str:
    """An empty filter would give everybody's. Raises NoPerson."""
    if not isinstance(bsn, BSN):
        raise NoPerson
    return bsn.reveal()
