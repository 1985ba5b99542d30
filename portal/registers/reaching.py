"""Where a resident chose to hear of their cases; the room that knows it offers a question, others ask."""

from collections.abc import Callable

from django.db import transaction

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection, connections

from .answers import Answer, Found
from .gather import Question, ask_one

_known_by: dict[str, Callable[[Connection, BSN], Question]] = {}


def mail_is_known_by(kind: str, ask: Callable[[Connection, BSN], Question]) -> None:
    """Register who knows; the question finds an address, "" where nothing was chosen, None for no mail."""
    _known_by[kind] = ask


def chosen_mail(bsn: BSN) -> Answer:
    """The address that a resident chose; Found("") where no register knows. Call it outside a transaction."""
    for kind, ask in _known_by.items():
        with transaction.atomic():
            there = connections(kind)
        if there:
            return ask_one(ask(there[0], bsn))
    return Found("")
