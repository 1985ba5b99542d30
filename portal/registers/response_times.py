"""How fast connections answered lately, and what went wrong last, for the administrators' page.

Measured in memory and handed to the shared cache now and then, so that no call waits for it and nothing is
written to the database. It says nothing of what was asked, or about whom.
"""

import time
from collections import deque
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from threading import Lock
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from portal.municipalities.connections import Connection

from .outcomes import Outcome

RECENT = 100  # calls
KEPT = 7 * 24 * 3600  # seconds
EVERY = 2.0  # seconds between two times that a process hands over


@dataclass(slots=True)
class Lately:
    """What is known of one connection."""

    milliseconds: deque[int] = field(default_factory=lambda: deque(maxlen=RECENT))
    well: datetime | None = None
    """When it last answered as it should."""
    failed: datetime | None = None
    fault: Outcome | None = None

    @property
    def median(self) -> int | None:
        return round(median(self.milliseconds)) if self.milliseconds else None

    @property
    def slowest(self) -> int | None:
        return max(self.milliseconds, default=None)

    def add(self, newer: "Lately") -> None:
        """What was learned since."""
        self.milliseconds.extend(newer.milliseconds)
        self.well = newer.well or self.well
        if newer.failed:
            self.failed, self.fault = newer.failed, newer.fault


_waiting: dict[str, Lately] = {}
_lock = Lock()
_handed = 0.0


def measured(connection: Connection, seconds: float) -> None:
    """One call that was answered, or was given up."""
    with _lock:
        _waiting.setdefault(_key(connection), Lately()).milliseconds.append(round(seconds * 1000))


def learned(connection: Connection, outcome: Outcome) -> None:
    """What came of one question."""
    with _lock:
        lately = _waiting.setdefault(_key(connection), Lately())
        if outcome is Outcome.WORKS:
            lately.well = timezone.now()
        else:
            lately.failed, lately.fault = timezone.now(), outcome


def hand_over(*, now: bool = False) -> None:
    """Give what was measured to all processes, when it was a while ago. A page never breaks on it."""
    global _handed
    with _lock:
        if not _waiting or (not now and time.monotonic() - _handed < EVERY):
            return
        _handed, newer = time.monotonic(), dict(_waiting)
        _waiting.clear()
    with suppress(RedisError, OSError):
        # Two processes at once lose a few measures of one of them, which is no harm.
        known: Mapping[str, Any] = cache.get_many(list(newer))
        for key, lately in newer.items():
            before = known.get(key, Lately())
            before.add(lately)
            newer[key] = before
        cache.set_many(newer, KEPT)


def lately(connections: Iterable[Connection]) -> dict[UUID, Lately]:
    """What is known of each; nothing where the cache is down."""
    hand_over(now=True)
    wanted = {_key(one): one.id for one in connections}
    found: Mapping[str, Any] = {}
    with suppress(RedisError, OSError):
        found = cache.get_many(list(wanted))
    return {id: found.get(key, Lately()) for key, id in wanted.items()}


def _key(connection: Connection) -> str:
    return f"response-times|{connection.municipality_id}|{connection.id}"
