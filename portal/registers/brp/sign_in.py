"""What the BRP says at the door: may this person go on to Mijn of this municipality?"""

from django.db import transaction
from django.utils import timezone

from portal.accounts.standing import Standing
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connections

from ..answers import Found
from ..gather import Question, ask_one
from .client import person
from .visible import standing


def standing_at_sign_in(bsn: BSN) -> Standing:
    """How this person stands to the municipality in force; UNKNOWN when the BRP cannot tell now.

    Register it with `portal.accounts.standing.ask_at_sign_in`.
    """
    with transaction.atomic():  # over before the question: nobody waits with a transaction in hand
        known = connections("brp")
    if not known:
        return Standing.UNKNOWN
    answer = ask_one(Question(known[0], lambda brp: person(brp, bsn)))
    if not isinstance(answer, Found):
        return Standing.UNKNOWN
    return standing(answer.value, current_municipality().code, timezone.localdate())
