"""Whether a case is this resident's and takes documents. Asked outside a transaction."""

from uuid import UUID

from django.db import transaction

from portal.accounts.sessions import Session
from portal.municipalities.connections import Connection, connections
from portal.registers.about_case import CaseRef
from portal.registers.answers import Answer
from portal.registers.gather import Question, ask_each
from portal.registers.zaken.adding import case_to_add_to

from . import scanner


def case_system(id: UUID) -> Connection | None:
    """The municipality's own case system of that id; None also while there is no scanner. One query."""
    if not scanner.is_on():
        return None
    with transaction.atomic():
        return next((known for known in connections("zaken") if known.id == id), None)


def ask_for(session: Session, system: Connection, case: CaseRef) -> Answer | None:
    """Found holds a CaseToAddTo, or None for a case that is not this resident's."""
    bsn = session.bsn
    (answer,) = ask_each([Question(system, lambda caller: case_to_add_to(caller, bsn, case.zaak))])
    return answer
