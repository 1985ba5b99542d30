"""How many pages may be waiting for registers at once: at most half of this process's threads.

A page that waits holds its thread; were all threads to wait, the site would stand still with the register.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

_free = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))


class Place:
    """One of the places, held until `leave`."""

    def __init__(self) -> None:
        self._held = True

    def leave(self) -> None:
        """Give the place back; harmless to repeat."""
        if self._held:
            self._held = False
            _free.release()


def take_a_place() -> Place | None:
    """A place to wait in, or None when the others are all taken."""
    return Place() if _free.acquire(blocking=False) else None


@contextmanager
def place_to_wait() -> Iterator[bool]:
    """For a page that shows all answers at once: whether it may ask and wait."""
    place = take_a_place()
    try:
        yield place is not None
    finally:
        if place:
            place.leave()
