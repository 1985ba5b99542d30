"""What the BRP says at the door: may this person go on to Mijn of this municipality?"""

from django.db import transaction
from django.utils import timezone

from portal.accounts.standing import Standing
from portal.municipalities.acting import current_municipality
from portal.municipalities.bsn import BSN
from portal.municipalities.connections import connections

from ..answers import Answer, Broken, Found, Late, Refused, Skipped
from ..gather import Question, ask_one
from .client import person
from .visible import standing


def standing_at_sign_in(bsn: BSN) -> Standing:
    """How this person stands to the municipality in force; SILENT while the BRP says nothing.

    Register it with `portal.accounts.standing.ask_at_sign_in`.
    """
    with transaction.atomic():  # over before the question: nobody waits with a transaction in hand
        known = connections("brp")
    if not known:
        return Standing.UNKNOWN
    answer = ask_one(Question(known[0], lambda brp: person(brp, bsn)))
    if isinstance(answer, Found):
        return standing(answer.value, current_municipality().code, timezone.localdate())
    return Standing.SILENT if _says_nothing(answer) else Standing.UNKNOWN


def _says_nothing(answer: Answer) -> bool:
    """Whether nothing was said of this person: no answer came, or the BRP did not know who asks.

    What could be about them is no silence: an answer that we cannot make out, or that we may not ask (403).
    Nor is a BRP that the municipality switched off: that lasts for as long as it likes.
    """
    match answer:
        case Late() | Skipped():
            return True
        case Broken():
            return not answer.answered
        case Refused():
            return answer.unheard
    return False
