"""A page in pieces: what is known comes at once, what registers tell follows in the same answer.

A piece is drawn outside view, middleware and transaction, on a thread that serves somebody else next: so each
piece puts municipality and language in force for itself, and nothing of the session is written.
"""

from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol, TypeVar

from django.db import connection as database
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, override

from portal.municipalities.acting import acting_for, current_municipality
from portal.municipalities.models import Municipality

from .earlier import Memory
from .places import Place, take_a_place

MARK: SafeString = mark_safe("<!-- what registers tell -->")
LEAST = 2048  # bytes before the first pause, or proxies and browsers hold them back


class Asking(Protocol):
    """Questions under way."""

    def close(self) -> None:
        """Cancel what is left. Harmless to repeat."""


Asked = TypeVar("Asked", bound=Asking)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose turn it is, for the pieces of a page."""

    municipality: Municipality
    language: str

    @classmethod
    def now(cls) -> "Turn":
        return cls(current_municipality(), get_language() or "nl")

    @contextmanager
    def taken(self) -> Iterator[None]:
        """It is in force, to draw one piece."""
        with acting_for(self.municipality), override(self.language):
            yield


def in_pieces(
    ask: Callable[[], Asked],
    around: Callable[[], str],
    tell: Callable[[Asked | None], Generator[bytes, None, None]],
    memory: Memory,
    too_busy: int = 200,
) -> HttpResponseBase:
    """The page: asks, draws what is around the parts, and streams.

    `tell` gives first what is known at once, then each piece as it comes. Where too many pages wait already,
    nothing is asked (None): then the page comes whole, at once, with the status `too_busy`.
    """
    place, asking = take_a_place(), None
    try:
        asking = ask() if place else None
        shell = around()
    except BaseException:
        if asking:
            asking.close()
        if place:
            place.leave()
        raise
    streamed = Streamed(shell, tell(asking), asking, place, memory)
    if not place:
        return HttpResponse(b"".join(streamed), status=too_busy)
    answer = StreamingHttpResponse(streamed)
    answer["X-Accel-Buffering"] = "no"
    return answer


class Streamed(Iterator[bytes]):
    """The pieces. The server calls `close` when the visitor leaves; nothing is asked after that."""

    def __init__(
        self,
        shell: str,
        told: Generator[bytes, None, None],
        asking: Asking | None,
        place: Place | None,
        memory: Memory,
    ) -> None:
        self._asking, self._place, self._memory = asking, place, memory
        self._pieces = _pieces(shell, told)

    def __next__(self) -> bytes:
        return next(self._pieces)

    def close(self) -> None:
        """Cancel what is under way, let the next visitor in, and keep what came. Harmless to repeat."""
        self._pieces.close()
        if self._asking:
            self._asking.close()
        if self._place:
            self._place.leave()
        self._memory.write()

    def __del__(self) -> None:
        # A middleware that fails throws the answer away before the server ever sees it.
        self.close()


def _pieces(shell: str, told: Generator[bytes, None, None]) -> Generator[bytes, None, None]:
    before, after = shell.split(MARK, 1)
    if not database.in_atomic_block:
        database.close()  # nobody's connection while we wait
    yield _long_enough(before.encode() + next(told, b""))
    yield from told
    yield after.encode()


def _long_enough(piece: bytes) -> bytes:
    missing = LEAST - len(piece)
    return piece + b"<!--" + b" " * missing + b"-->" if missing > 0 else piece
