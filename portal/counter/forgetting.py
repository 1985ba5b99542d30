"""What goes by itself: codes and values whose time is over, and what hung on a session that ended."""

from datetime import datetime, timedelta
from uuid import UUID

from portal.sharing.grants import By

from . import handover
from .models import Handover, Help, Lock

KNOWN_FOR = timedelta(days=1)
"""How long it is known that a handover was; the grant and its use stay."""
HELP_TIME = timedelta(minutes=60)
"""How long what the BRP said of a person stays ready for who helps them."""
PROOF = timedelta(days=366)
"""How long it is known who was helped by whom, and how their identity was checked."""


def forget_over(at: datetime) -> None:
    """For the municipality in force, each turn of the worker."""
    over = Handover.objects.filter(until__lte=at).exclude(state=Handover.State.ENDED)
    over.update(state=Handover.State.ENDED, code_hash=None, values=None)
    Handover.objects.filter(until__lte=at - KNOWN_FOR).delete()
    Help.objects.filter(begun__lte=at - HELP_TIME, ended=None).update(ended=at, person=None, draft=None)
    Help.objects.filter(begun__lte=at - PROOF).delete()
    Lock.objects.filter(at__lte=at - PROOF).delete()


def forget_session(session: UUID) -> None:
    """The resident signed out, or was away: what was shown ends, since they no longer look along."""
    rows = Handover.objects.select_for_update().filter(session=session)
    for row in rows.exclude(state=Handover.State.ENDED):
        handover.end(row, By(row.subject_id), handover.EndedBy.SESSION)
