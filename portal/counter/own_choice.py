"""What a resident may show: what BRP and case systems know of who is in session, asked anew each time."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from portal.accounts.required import Session
from portal.municipalities.connections import connections
from portal.registers.answers import Found
from portal.registers.brp.section import ask as ask_brp
from portal.registers.brp.shareable import SHAREABLE
from portal.registers.gather import ask_each
from portal.registers.zaken.section import ask_all as ask_zaken
from portal.registers.zaken.section import listed
from portal.sharing.purposes import Version

CASE, ABOUT = "zaak", "onderwerp"
"""The attributes that choosing a case gives: its number, and what it is about."""


@dataclass(frozen=True, slots=True)
class Known:
    """What can be shown now."""

    attributes: Mapping[str, str]
    """Name to value, of the purpose's attributes that the BRP knows."""
    cases: Mapping[str, str]
    """Number to what it is about."""
    complete: bool
    """Every register answered."""


def known(session: Session, version: Version) -> Known:
    """Ask the registers side by side, outside a transaction. What does not answer is left out, and said."""
    with transaction.atomic():
        brp, zaken = connections("brp")[:1], connections("zaken")
    questions = [ask_brp(one, session.bsn) for one in brp] + [ask_zaken(one, session.bsn) for one in zaken]
    answers = list(ask_each(questions)) if questions else []
    attributes = {}
    for answer in answers[: len(brp)]:
        if isinstance(answer, Found) and answer.value:
            for one in version.attributes:
                register, _dot, name = (one.register or "").partition(".")
                if register == "brp" and name in SHAREABLE and (value := SHAREABLE[name](answer.value)):
                    attributes[one.name] = value
    names = {one.name for one in version.attributes}
    found = listed(list(zip(zaken, answers[len(brp) :], strict=True)))
    rows = [*found.running, *found.closed] if {CASE, ABOUT} <= names else []
    cases = {row.number: row.title for row in rows}
    complete = all(isinstance(answer, Found) for answer in answers)
    return Known(attributes, cases, complete)
