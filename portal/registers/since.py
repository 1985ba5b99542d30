"""What is new to a resident: what came after their previous visit. One rule for all that has a moment."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from .dates import day_here


def is_new(at: date | datetime | None, since: datetime | None) -> bool:
    """Whether what came at that moment or day is new; at a first visit nothing is, since all would be.

    A day says less than a moment. What came on the very day of that visit is new: who came in the morning did
    not see what came in the afternoon.
    """
    if at is None or since is None:
        return False
    if isinstance(at, datetime):
        return at > since
    return at >= day_here(since)


def news(at: date | datetime | None, since: datetime | None) -> str:
    """How a page says so; empty where it is not new."""
    return _("Nieuw sinds uw vorige bezoek") if is_new(at, since) else ""
