"""A municipality closes: all that was shared stops, and at the end its log is signed a last time.

Stopping is a recall of every purpose: at its commit nothing is read any more, also of a yes that was on its
way, and residents and consumers are told as of any other recall. Repeated, it goes on where it was.
"""

from datetime import datetime

from django.db import transaction

from portal.municipalities.acting import current_municipality

from . import grants, requests
from .ledger import days, deposits, heads
from .ledger.entries import locked_head
from .models import AccessToken, Deposit, Duty, Grant, GrantKey, Purpose, PurposeVersion, Restore, SignedHead
from .purposes import recall


class NotYet(Exception):
    """The log cannot be closed now; says why."""


def stop_all(by: str, why: str, at: datetime) -> None:
    """Take every purpose back, and end what stands under them; what is locked now, the worker ends."""
    published = PurposeVersion.objects.values("purpose")
    with transaction.atomic():
        slugs = list(Purpose.objects.filter(id__in=published).values_list("slug", flat=True))
    for slug in slugs:
        with transaction.atomic():  # each by itself: an editor may be publishing at this moment
            recall(slug, by, why)
    with transaction.atomic():
        AccessToken.objects.all().delete()
    for end_some in (grants.end_recalled, grants.erase_over):
        while end_some(at):
            pass
    while _some_questions_end():
        pass


def owed() -> dict[str, int]:
    """What must still happen, in words for operators; zeros too. What was given up is not waited for."""
    waiting = Duty.objects.filter(done=None, failed=None)
    return {
        "grants to end": Grant.objects.filter(values__isnull=False).count(),
        "messages to consumers": waiting.filter(kind=Duty.TELL_CONSUMER).count(),
        "erasures to list": waiting.filter(kind=Duty.LIST_ERASURE).count(),
        "heads to deposit": Deposit.objects.filter(done=None).count(),
    }


def given_up() -> int:
    """How many messages to consumers could not be delivered in a day."""
    return Duty.objects.filter(kind=Duty.TELL_CONSUMER, failed__isnull=False).count()


def sign_the_last_head(at: datetime) -> SignedHead | None:
    """Seal all days until that of the closing, sign the log as it then is, and bring the head outside.

    None for a log without a leaf. Call it outside a transaction. Raises NotYet.
    """
    closed = current_municipality().closed
    if closed is None or at < days.bounds(closed.astimezone(days.HERE).date())[1] + days.SETTLED:
        raise NotYet("the day on which it closed must be over: its uses are sealed then")
    with transaction.atomic():
        if Restore.objects.filter(lifted=None).exists():
            raise NotYet("a backup came back and was not made right; see replay_erasures")
    while days.seal(at):
        pass
    with transaction.atomic():
        size = locked_head().size
        newest = _newest()
        if size and (newest is None or newest.size != size):
            newest = heads.sign(at)
    while deposits.deliver():
        pass
    with transaction.atomic():
        if Deposit.objects.filter(done=None).exists():
            raise NotYet("the last head is not outside yet; try again in a few minutes")
    return newest


def destroy_grant_keys(last: SignedHead | None) -> int:
    """Destroy what is left of grants' keys, in the caller's transaction. Raises NotYet.

    Not when the log grew after its last head: then what was exported is not all of it.
    """
    if locked_head().size != (last.size if last else 0):
        raise NotYet("the act log grew after its last head; begin again")
    destroyed, _models = GrantKey.objects.all().delete()
    return destroyed


def _newest() -> SignedHead | None:
    return SignedHead.objects.order_by("-at").first()


def _some_questions_end() -> int:
    """So many at once, in a transaction of their own: nothing stays locked for long."""
    with transaction.atomic():
        return requests.end_all()
