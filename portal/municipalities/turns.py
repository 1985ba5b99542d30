"""The worker's turn: what rooms keep for a while goes in time, and what failed waits longer each time."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction

from .acting import current_municipality

log = logging.getLogger(__name__)
_steps: list[Callable[[datetime], object]] = []


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


def doubling(first: timedelta, attempts: int, longest: timedelta) -> timedelta:
    """How long to leave what failed, after so many attempts before."""
    grown: timedelta = first * 2 ** min(attempts, 20)  # capped: a timedelta that is too long is a fault
    return min(longest, grown)
