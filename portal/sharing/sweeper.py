"""What must happen later: ended, listed as erased, forgotten; and told to consumers, in a turn of its own.

Each duty is a row, written in its act's transaction. The sweeper takes it under a lease, so a crash at any
moment means another turn and nothing lost; whoever is told must bear being told twice.
"""

import json
import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from portal.accounts import door, sessions, sign_in
from portal.municipalities import lines
from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality
from portal.municipalities.turns import by_itself, doubling, take_turn

from . import asking_anew, feed, grants, monthly, requests, telling
from .forgetting import forget_tokens, forget_unconfirmed, forget_used_assertions
from .ledger import days, deposits, heads, restores
from .models import Duty
from .terms import forget_over

LEASE = timedelta(seconds=60)
ERASURES_AT_ONCE, MESSAGES_AT_ONCE = 200, 8
"""Few enough messages to be done within a lease, also when each consumer takes its time."""
A_TURN = 20.0  # seconds for one municipality's consumers; the rest waits for the next turn
FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)
LEFT_ALONE = timedelta(minutes=1)
"""How long at most nothing is sent to a consumer that did not answer time and again, however much is due."""
GIVEN_UP_AFTER = timedelta(hours=24)
SELDOM = timedelta(minutes=10)
"""How often it is looked whether a day is over, or a term of years."""
_tended: dict[UUID, datetime] = {}
"""When this process last looked, by municipality."""
_silent: dict[UUID | None, tuple[int, datetime]] = {}
"""By consumer how many turns in a row it did not answer this process, and until when it is left alone."""
log = logging.getLogger(__name__)
_tellings: list[Callable[[Municipality], int]] = []
_slow: list[Callable[[Municipality], int]] = []


def _forget_sessions(_at: datetime) -> None:
    sessions.forget_old()


def _forget_sign_ins(_at: datetime) -> None:
    sign_in.forget_old()


def _forget_who_may_come_in(_at: datetime) -> None:
    door.forget_old()


OURS: Sequence[Callable[[datetime], object]] = (
    _forget_sessions,
    _forget_sign_ins,
    _forget_who_may_come_in,
    forget_unconfirmed,
    asking_anew.go_on,
    requests.end_over,
    forget_used_assertions,
    forget_tokens,
    monthly.move_on,
)
ENDS: Sequence[Callable[[datetime], object]] = (grants.end_recalled, grants.erase_over)
"""Each grant in a transaction of its own."""


def tell_too(step: Callable[[Municipality], int]) -> None:
    """Register what a room above has others do; it may wait for them, and opens its own transactions."""
    if step not in _tellings:
        _tellings.append(step)


def tell_for_others(municipality: Municipality) -> int:
    """What the rooms above registered; gives how much was done."""
    return sum(step(municipality) for step in _tellings)


def take_time_too(step: Callable[[Municipality], int]) -> None:
    """Register what takes long, such as handing on files; it has a thread of its own."""
    if step not in _slow:
        _slow.append(step)


def slow_for_others(municipality: Municipality) -> int:
    """What the rooms above registered as slow; gives how much was done."""
    return sum(step(municipality) for step in _slow)


def sweep(municipality: Municipality) -> int:
    """Both turns for one municipality; gives how many duties were done."""
    return tidy(municipality) + tell(municipality)


def tidy(municipality: Municipality) -> int:
    """What depends on nobody else: ends, forgets and lists erasures. Never waits for a consumer.

    What fails is logged, and the rest goes on. Raises OperationalError when the database is gone.
    """
    with acting_for(municipality):
        now, done = timezone.now(), 0
        for step in OURS:
            # In a transaction each: what one locks is free again for the next.
            with by_itself(f"{step.__module__}.{step.__name__}"), transaction.atomic():
                step(now)
        for end_some in ENDS:
            with by_itself(f"{end_some.__module__}.{end_some.__name__}"):
                end_some(now)
        take_turn(now)
        with by_itself("listing erasures"):
            taken = _take(Duty.LIST_ERASURE, now, ERASURES_AT_ONCE)
            done = sum(_fulfil(duty, _list) for duty in taken)
        with by_itself("tending the ledger"):
            _tend_ledger(now)
        return done


def tell(municipality: Municipality) -> int:
    """Tell consumers. One that does not answer is asked once a turn, so that it holds up no other.

    From the second turn on it is left alone for a while: else all that is due to it would fill each turn.
    """
    with acting_for(municipality):
        now = timezone.now()
        alone = [one for one, (_turns, until) in _silent.items() if now < until]
        taken = _take(Duty.TELL_CONSUMER, now, MESSAGES_AT_ONCE, but=alone)
        silent: set[UUID | None] = set()
        done, ends = 0, monotonic() + A_TURN
        for duty in taken:
            if duty.consumer_id in silent or monotonic() > ends:
                _later(duty)
            elif _fulfil(duty, _tell):
                done += 1
                _silent.pop(duty.consumer_id, None)
            else:
                silent.add(duty.consumer_id)
                _leave_alone(duty.consumer_id)
        return done + deposits.deliver()


def _tend_ledger(now: datetime) -> None:
    """See whether a backup came back, seal the day, forget what is past its term, sign the head."""
    whose = current_municipality().id
    first = whose not in _tended
    with transaction.atomic():
        restores.look(whole=first)
    if first or now >= _tended[whose] + SELDOM:
        with by_itself("sealing the day"):
            days.seal(now)
        with by_itself("forgetting what is past its term"):
            forget_over(now)
        _tended[whose] = now
    with transaction.atomic():
        heads.make(now)


def destroy_past_keys(municipalities: Sequence[Municipality]) -> list[str]:
    """Destroy the keys of months that no grant of anyone hangs on any more; gives which."""
    gone = []
    for month in monthly.past_keys(timezone.now()):
        if not any(_hangs_on(month, one) for one in municipalities):
            monthly.destroy(month)
            gone.append(month)
    return gone


def _hangs_on(month: str, municipality: Municipality) -> bool:
    with acting_for(municipality), transaction.atomic():
        return monthly.is_in_use(month)


def _leave_alone(consumer: UUID | None) -> None:
    turns, until = _silent.get(consumer, (0, timezone.now()))
    if turns:
        until = timezone.now() + doubling(FIRST_WAIT, turns, LEFT_ALONE)
    _silent[consumer] = turns + 1, until


def _take(kind: str, now: datetime, most: int, but: Sequence[UUID | None] = ()) -> list[Duty]:
    """Lease what is due, oldest first; nothing `but` of other consumers."""
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    with transaction.atomic():
        rows = Duty.objects.select_for_update(skip_locked=True, of=("self",)).select_related("consumer")
        due = rows.filter(free, kind=kind, done=None, failed=None, due__lte=now).exclude(consumer__in=but)
        taken = list(due.order_by("due")[:most])
        Duty.objects.filter(id__in=[duty.id for duty in taken]).update(
            leased_until=now + LEASE, attempts=F("attempts") + 1
        )
    return taken


def _fulfil(duty: Duty, do: Callable[[Duty], None]) -> bool:
    try:
        do(duty)
    except Exception as fault:  # whatever it is, the duties after it are not held up
        log.warning("duty %s of kind %s waits: %s", duty.id, duty.kind, type(fault).__name__)
        _again(duty)
        return False
    _update(duty, done=timezone.now())
    return True


def _again(duty: Duty) -> None:
    """Try again; telling is given up after a day, and then an operator's work."""
    now = timezone.now()
    if duty.kind == Duty.TELL_CONSUMER and now >= duty.since + GIVEN_UP_AFTER:
        log.error("duty %s: a consumer could not be told for a day", duty.id)
        _update(duty, failed=now, leased_until=None)
    else:
        _later(duty)


def _later(duty: Duty) -> None:
    """After a while that grows."""
    wait = doubling(FIRST_WAIT, duty.attempts, LONGEST_WAIT)
    _update(duty, due=timezone.now() + wait, leased_until=None)


def _update(duty: Duty, **values: object) -> None:
    with transaction.atomic():
        Duty.objects.filter(id=duty.id).update(**values)


def _list(duty: Duty) -> None:
    assert duty.grant_id is not None
    with transaction.atomic():
        gone = restores.list_is_gone()
    if gone:  # one that begins anew here would pass for all that was erased
        raise FileNotFoundError(restores.LIST_GONE)
    list_erasure(duty.municipality_id, duty.grant_id)


def list_erasure(municipality: UUID, grant: UUID) -> None:
    """Add to the erasure list, kept outside the database and its backups, so a restore can be undone."""
    line = json.dumps({"municipality": str(municipality), "grant": str(grant)})
    lines.append(Path(settings.ERASURE_LIST), [line])


def _tell(duty: Duty) -> None:
    with transaction.atomic():
        event = feed.event_of(duty)
        url = feed.duty_consumer(duty).events_url
        message = telling.prepared(url, event, current_municipality(), timezone.now()) if url else None
    if message:
        telling.send(message)
