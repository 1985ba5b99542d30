"""Tells other rooms whether a resident has a case, and how to name it."""

from uuid import UUID

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..about_case import KnownCase, NamedCase
from ..caller import Caller
from ..gather import Question
from .client import case, id_with_number


def ask_for_case(zaken: Connection, bsn: BSN, zaak: UUID) -> Question:
    """Answers a KnownCase; None when it is not there, and just so when it is not this resident's."""
    return Question(zaken, lambda caller: _known(caller, bsn, zaak))


def ask_for_named(zaken: Connection, bsn: BSN, named: NamedCase) -> Question:
    """The same, of a case that another register names by its id or its number."""

    async def find(caller: Caller) -> KnownCase | None:
        zaak = named.id or await id_with_number(caller, bsn, named.number)
        return await _known(caller, bsn, zaak) if zaak else None

    return Question(zaken, find)


async def _known(zaken: Caller, bsn: BSN, zaak: UUID) -> KnownCase | None:
    found = await case(zaken, bsn, zaak)
    return KnownCase(found.zaaktype.title, found.shown_number, found.zaak.id) if found else None
