"""What is past its term goes: forms that were never sent, and the bare fact of those that were."""

from datetime import datetime, timedelta

from .models import Application, Write

DRAFTS = timedelta(days=30)
"""Counted from the last change."""
FILED = timedelta(days=365)
AT_ONCE = 500


def forget_over(at: datetime) -> int:
    """Delete them, for the municipality in force; gives how many. One not in its case yet always stays."""
    free = Application.objects.select_for_update(skip_locked=True)  # one is perhaps being saved just now
    drafts = free.filter(state=Application.DRAFT, changed__lte=at - DRAFTS)
    filed = free.filter(state=Application.FILED, changed__lte=at - FILED)
    over = [*drafts.values_list("id", flat=True)[:AT_ONCE], *filed.values_list("id", flat=True)[:AT_ONCE]]
    if over:
        Write.objects.filter(application_id__in=over).delete()
        Application.objects.filter(id__in=over).delete()
    return len(over)
