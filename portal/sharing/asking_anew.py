"""A text changed so much that an earlier yes no longer does: everyone who gave one hears it, once.

Publishing writes one duty for each earlier text; the worker goes through its grants in parts. How far it came
is written in the transaction of the part, and a grant is told of once, so a crash loses and doubles nothing.
"""

from datetime import datetime

from portal.notices.kinds import Kind
from portal.notices.telling import tell

from . import grants
from .grants import Standing
from .models import Duty

AT_ONCE = 1000


def go_on(at: datetime, most: int = AT_ONCE) -> int:
    """Tell of the next part of one duty, in the caller's transaction; gives how many were told."""
    due = Duty.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        kind=Duty.ASK_ANEW, done=None, due__lte=at
    )
    duty = due.order_by("due", "id").first()
    if duty is None:
        return 0
    living = grants.rows().filter(version_id=duty.version_id, values__isnull=False)
    if duty.reached:
        living = living.filter(id__gt=duty.reached)
    part = list(living.order_by("id")[:most])
    outdated = [one for one in part if grants.standing(one, at) is Standing.OUTDATED]
    for one in outdated:
        tell(one.subject_id, Kind.REQUEST, cause=one.id)
    if len(part) < most:
        duty.done = at
    else:
        duty.reached = part[-1].id
    duty.save(update_fields=["done", "reached"])
    return len(outdated)
