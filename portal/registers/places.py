"""How many pages may be waiting for registers at once: at most half of this process's threads.

A page that waits holds its thread; were all threads to wait, the site would stand still with the register. Of
downloads, which take as long as the visitor's line does, a quarter beside them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from django.conf import settings

_free = BoundedSemaphore(max(1, settings.WEB_THREADS // 2))
_downloads = BoundedSemaphore(max(1, settings.WEB_THREADS // 4))


class Place:
    """One of the places, held until `leave`."""

    def __init__(self, among: BoundedSemaphore) -> None:
        self._among, self._held = among, True

    def leave(self) -> None:
        """Give the place back; harmless to repeat."""
        if self._held:
            self._held = False
            self._among.release()


def take_a_place() -> Place | None:
    """A place to wait in, or None when the others are all taken."""
    return _taken(_free)


def take_a_place_to_download() -> Place | None:
    """A place to hand on a file in, or None when the others are all taken."""
    return _taken(_downloads)


def _taken(among: BoundedSemaphore) -> Place | None:
    return Place(among) if among.acquire(blocking=False) else None


@contextmanager
def place_to_wait() -> Iterator[bool]:
    """For a page that shows all answers at once: whether it may ask and wait."""
    place = take_a_place()
    try:
        yield place is not None
    finally:
        if place:
            place.leave()
