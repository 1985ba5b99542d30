"""The worker's turn: what rooms keep for a while goes in time, and what failed waits longer each time."""

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from .acting import current_municipality

log = logging.getLogger(__name__)
_steps: list[Callable[[datetime], object]] = []
_last: defaultdict[tuple[UUID, str], dict[UUID, None]] = defaultdict(dict)
"""By municipality and step what this process could not do; what was tried longest ago comes first."""


def at_each_turn(step: Callable[[datetime], object]) -> None:
    """Register what a room forgets; it runs in a transaction of its own, for the municipality in force."""
    if step not in _steps:
        _steps.append(step)


def take_turn(at: datetime) -> None:
    """All of them; one room's trouble holds up no other, and no erasure."""
    for step in _steps:
        with by_itself(step.__module__), transaction.atomic():
            step(at)


@contextmanager
def by_itself(step: str) -> Iterator[None]:
    """Trouble in here, such as a row that cannot be read, is logged and holds up nothing that comes after.

    Raises OperationalError when the database is gone: no other step would do better.
    """
    try:
        yield
    except Exception as fault:
        log.error("%s: %s failed: %s", current_municipality().slug, step, type(fault).__name__)
        if not connection.in_atomic_block:
            connection.close()  # a broken one would stay broken
            connection.ensure_connection()


def one_by_one(
    step: str,
    find: Callable[[Collection[UUID]], Iterable[UUID]],
    do: Callable[[UUID], bool],
    most: int,
) -> int:
    """Do it for `most` of what is found, each in a transaction of its own; gives how many were done.

    What cannot be done comes after all others from then on, however much of it there is: `find` leaves out
    what it is given. Call it outside a transaction.
    """
    last = _last[current_municipality().id, step]
    with transaction.atomic():
        first = list(islice(find(last), most))
    done = 0
    for one in [*first, *list(last)[: most - len(first)]]:
        last.pop(one, None)
        last[one] = None
        with by_itself(f"{step} ({one})"):
            with transaction.atomic():
                did = do(one)
            del last[one]
            done += did
    return done


def doubling(first: timedelta, attempts: int, longest: timedelta) -> timedelta:
    """How long to leave what failed, after so many attempts before."""
    grown: timedelta = first * 2 ** min(attempts, 20)  # capped: a timedelta that is too long is a fault
    return min(longest, grown)
