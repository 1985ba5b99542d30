"""The question for travel documents."""

from collections.abc import Sequence
from typing import Any

from portal.municipalities.bsn import BSN

from ..caller import Caller
from ..errors import NoPerson, RegisterUnavailable
from ..haal_centraal import headers
from .records import TravelDocument

FIELDS = [
    "reisdocumentnummer",
    "soort",
    "datumEindeGeldigheid",
    "inhoudingOfVermissing",
    "houder.burgerservicenummer",
]
"""What we ask; of doubt the register tells by itself."""


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
