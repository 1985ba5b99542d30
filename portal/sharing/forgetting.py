"""What goes by itself: proof that nobody said yes to, and sharings that led nowhere.

The worker calls these for the municipality in force; a session that ends calls `forget_session` at once.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from portal.accounts.models import ResidentSession

from .acts import UNCONFIRMED
from .models import AccessToken, Disclosure, Sharing, UsedAssertion
from .states import State

UNANSWERED = timedelta(days=1)
"""How long it is known that a sharing without a yes was begun."""
CLOCKS = timedelta(minutes=1)


def forget_unconfirmed(at: datetime) -> int:
    """Delete what was proven and not agreed to in time, or in a session that is over; gives how many.

    For the municipality in force, as everything a worker calls.
    """
    live = ResidentSession.objects.filter(id=OuterRef("sharing__session"))
    over = Q(sharing__begun__lte=at - UNCONFIRMED) | ~Exists(live)
    gone, _kinds = Disclosure.objects.filter(over).delete()
    Sharing.objects.filter(begun__lte=at - UNANSWERED).exclude(state=State.AGREED).delete()
    return gone


def forget_session(session: UUID) -> None:
    """The session ended: what was proven in it and not agreed to is gone with it."""
    Disclosure.objects.filter(sharing__in=Sharing.objects.filter(session=session)).delete()


def forget_used_assertions(at: datetime) -> None:
    """Delete calls of consumers that are too old to be taken again anyway."""
    UsedAssertion.objects.filter(until__lt=at - CLOCKS).delete()


def forget_tokens(at: datetime) -> None:
    """Delete access tokens that are over."""
    AccessToken.objects.filter(until__lt=at).delete()
