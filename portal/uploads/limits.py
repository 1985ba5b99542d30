"""How much a resident may add: enough for who has a lot to send, too little to fill us up with."""

from datetime import timedelta
from uuid import UUID

from django.db.models import F, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.accounts.limits import too_many
from portal.accounts.models import Resident

from .models import Upload

LARGEST = 50 * 1024 * 1024  # bytes of one file
FILES, TOTAL = 20, 200 * 1024 * 1024  # of one resident in a day
DAY = timedelta(days=1)


BEGUN, WINDOW = 60, 3600
"""Files that a resident may begin with in an hour, also those that are not taken."""


class TooMuch(Exception):
    """The resident sent as much as one may in a day."""


def refuse_too_often(resident: UUID) -> None:
    """Count one more file. Raises TooMuch."""
    if too_many("uploads", str(resident), most=BEGUN, seconds=WINDOW):
        raise TooMuch


def refuse_too_much(resident: UUID, size: int) -> None:
    """Raises TooMuch when a file of that size is more than the day allows; in the caller's transaction.

    The resident's row is locked, so that files that come at once are counted one after another. One that is
    coming with a form counts as the largest: how large it is, nobody knows yet.
    """
    list(Resident.objects.select_for_update(no_key=True).filter(id=resident).values_list("id"))
    today = Upload.objects.filter(resident_id=resident, begun__gt=timezone.now() - DAY)
    total = today.aggregate(total=Sum(Coalesce(F("size"), Value(LARGEST))))["total"] or 0
    if today.count() >= FILES or total + size > TOTAL:
        raise TooMuch
