"""The worker's turn: what rooms keep for a while goes in time, and what failed waits longer each time."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction

log = logging.getLogger(__name__)
_steps: list[Callable[[datetime], object]] = []


def at_each_turn(step: Callable[[datetime], object]) -> None:
    """Register what a room forgets; it runs in a transaction of its own, for the municipality in force."""
    if step not in _steps:
        _steps.append(step)


def take_turn(at: datetime) -> None:
    """All of them; one room's trouble holds up no other, and no erasure."""
    for step in _steps:
        try:
            with transaction.atomic():
                step(at)
        except Exception as fault:
            log.error("%s failed: %s", step.__module__, type(fault).__name__)


def doubling(first: timedelta, attempts: int, longest: timedelta) -> timedelta:
    """How long to leave what failed, after so many attempts before."""
    grown: timedelta = first * 2 ** min(attempts, 20)  # capped: a timedelta that is too long is a fault
    return min(longest, grown)
