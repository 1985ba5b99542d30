"""Where a letter to somebody goes, asked when it is printed; also of who keeps the address secret."""

from collections.abc import Sequence

from django.db import transaction

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connections

from ..answers import Found
from ..gather import Question, ask_one
from .client import person
from .records import Person


def postal_lines(bsn: BSN) -> Sequence[str] | None:
    """Name and address; None when the BRP does not know them, or gives no answer now.

    Register it with `portal.notices.known.by_post`. Asks outside a transaction.
    """
    with transaction.atomic():
        known = connections("brp")
    if not known:
        return None
    answer = ask_one(Question(known[0], lambda brp: person(brp, bsn)))
    found = answer.value if isinstance(answer, Found) else None
    return lines_of(found) if found is not None else None


def lines_of(someone: Person) -> Sequence[str] | None:
    """As the envelope has it; None when the BRP knows no address."""
    return [someone.addressed_as or someone.name, *someone.address] if someone.address else None
