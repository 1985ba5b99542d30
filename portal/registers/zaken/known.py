"""Tells other rooms whether a resident has a case, and how to name it."""

from uuid import UUID

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..about_case import KnownCase
from ..caller import Caller
from ..gather import Question
from .client import case


def ask_for_case(zaken: Connection, bsn: BSN, zaak: UUID) -> Question:
    """Answers a KnownCase; None when it is not there, and just so when it is not this resident's."""

    async def find(caller: Caller) -> KnownCase | None:
        found = await case(caller, bsn, zaak)
        return KnownCase(found.zaaktype.title, found.shown_number) if found else None

    return Question(zaken, find)
