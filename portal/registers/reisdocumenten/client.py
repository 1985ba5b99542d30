"""The question for travel documents."""

from collections.abc import Sequence
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, RegisterUnavailable
from .records import TravelDocument

FIELDS = [
    "reisdocumentnummer",
    "soort",
    "datumEindeGeldigheid",
    "inhoudingOfVermissing",
    "houder.burgerservicenummer",
]
"""What we ask; of doubt the register tells by itself."""

HEADERS = {
    "doelbinding": "x-doelbinding",
    "verwerking": "x-verwerking",
    "gebruiker": "x-gebruiker",
    "oin": "x-origin-oin",
}
"""As for the BRP: gateways ask for them, the API's text names none."""


async def documents(reisdocumenten: Caller, bsn: BSN) -> Sequence[TravelDocument]:
    """Ask for the documents of one person; empty where there are none.

    Raises NoPerson, RegisterUnavailable, RegisterRefused.
    """
    if not isinstance(bsn, BSN):
        raise NoPerson
    question = {
        "type": "ZoekMetBurgerservicenummer",
        "burgerservicenummer": bsn.reveal(),
        "fields": FIELDS,
    }
    answer: dict[str, Any] = await reisdocumenten.post("reisdocumenten", headers(reisdocumenten), question)
    found = answer["reisdocumenten"]
    if any(one["houder"]["burgerservicenummer"] != bsn.reveal() for one in found):
        raise RegisterUnavailable("somebody else's document")
    return [TravelDocument.of(one) for one in found]


def headers(reisdocumenten: Caller) -> dict[str, str]:
    """The key, and what its gateway wants to hear."""
    parameters = reisdocumenten.connection.parameters
    told = {header: str(parameters[name]) for name, header in HEADERS.items() if parameters.get(name)}
    return {
        "X-Api-Key": reisdocumenten.connection.credentials["api_key"],
        "Accept": "application/json",
        "Content-Type": "application/json; charset=utf-8",
        **told,
    }
