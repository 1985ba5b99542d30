"""What is past its term goes: files that were left behind half, and receipts after a year."""

from datetime import datetime, timedelta

from django.db.models import Q

from . import stored
from .models import Upload
from .states import OVER, State

LEFT_BEHIND = timedelta(days=1)
"""Counted from the last part."""
RECEIPTS = timedelta(days=365)
AT_ONCE = 200


def forget_over(at: datetime) -> int:
    """Delete them, for the municipality in force; gives how many. One that is under way always stays."""
    left = Q(state=State.RECEIVING, changed__lte=at - LEFT_BEHIND)
    old = Q(state__in=OVER, ended__lte=at - RECEIPTS)
    free = Upload.objects.select_for_update(skip_locked=True)  # a part of one may be coming in just now
    over = list(free.filter(left | old).values_list("id", flat=True)[:AT_ONCE])
    if over:
        stored.forget(over)
        Upload.objects.filter(id__in=over).delete()
    return len(over)
