"""How many pages may be waiting for registers at once: at most half of this process's threads.

A page that waits holds its thread; were all threads to wait, the site would stand still with the register. Of
downloads, which take as long as the visitor's line does, a quarter beside them. Who finds no place may queue
for a moment, an eighth of the threads at most: as a rule a register answers sooner than that.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock
from uuid import UUID

from django.conf import settings

_free = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))
_downloads = BoundedSemaphore(max(1, settings.WEB_THREADS // 4))
_queue = BoundedSemaphore(max(1, settings.WEB_THREADS // 8))
PATIENCE = 0.5  # seconds in the queue
_asking = Lock()


_who: set[UUID] = set()
"""Residents who are downloading: one who is slow, or means harm, holds one place and not all."""


class Place:
    """One of the places, held until `leave`."""

    def __init__(self, among: BoundedSemaphore, who: UUID | None = None) -> None:
        self._among, self._who, self._held = among, who, True

    def leave(self) -> None:
        """Give the place back; harmless to repeat."""
        if self._held:
            self._held = False
            if self._who:
                _who.discard(self._who)
            self._among.release()


def take_a_place() -> Place | None:
    """A place to wait in; None when the others are all taken, also after a moment in the queue."""
    if _free.acquire(blocking=False):
        return Place(_free)
    if not _queue.acquire(blocking=False):
        return None
    try:
        return Place(_free) if _free.acquire(timeout=PATIENCE) else None
    finally:
        _queue.release()


def take_a_place_to_download(who: UUID) -> Place | None:
    """A place to hand on a file in, one for each resident; None when the others are all taken."""
    with _asking:
        if who in _who or not _downloads.acquire(blocking=False):
            return None
        _who.add(who)
        return Place(_downloads, who)


@contextmanager
def place_to_wait() -> Iterator[bool]:
    """For a page that shows all answers at once: whether it may ask and wait."""
    place = take_a_place()
    try:
        yield place is not None
    finally:
        if place:
            place.leave()
