"""The question to the BRP."""

from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, NotUnderstood
from ..haal_centraal import headers
from .records import Person

FIELDS = [
    "naam.volledigeNaam",
    "adressering.aanschrijfwijze",
    "geboorte",
    "verblijfplaats",
    "nationaliteiten",
    "partners.naam",
    "partners.geboorte.datum",
    "partners.ontbindingHuwelijkPartnerschap",
    "kinderen.naam",
    "kinderen.geboorte.datum",
    "ouders.naam",
    "ouders.geboorte.datum",
    "gemeenteVanInschrijving",
    "indicatieCurateleRegister",
    "burgerservicenummer",
]
"""What we ask; the BRP adds suspension, secrecy and doubt by itself, and refuses those when named."""


async def person(brp: Caller, bsn: BSN) -> Person | None:
    """Ask the BRP for one person.

    Returns None when the BRP does not know the BSN. Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    if not isinstance(bsn, BSN):
        raise NoPerson
    question = {
        "type": "RaadpleegMetBurgerservicenummer",
        "burgerservicenummer": [bsn.reveal()],
        "fields": FIELDS,
    }
    answer: dict[str, Any] = await brp.post("personen", headers(brp), question)
    persons = answer["personen"]
    if any(one["burgerservicenummer"] != bsn.reveal() for one in persons) or len(persons) > 1:
        raise NotUnderstood("somebody else's data")
    return Person.of(persons[0]) if persons else None
