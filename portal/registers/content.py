"""A file out of a register, handed on piece by piece: it is never whole in memory, and never on our disk.

The register is read on the loop thread, as fast as the visitor takes it. When the visitor leaves, the server
calls `close`, and the register is told to stop too.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from time import monotonic
from typing import Any

import httpx

from . import loop
from .errors import RegisterTooSlow, RegisterUnavailable
from .gather import Question
from .places import Place

LARGEST = 250_000_000  # bytes
FIRST = 4.0  # seconds for the first piece
STALL = 10.0  # seconds without a next piece
LONGEST = 300.0  # seconds for all of it; a visitor who takes longer holds a thread


class Content(Iterator[bytes]):
    """The content behind one address, opened: the first piece is there. Holds a place until it is closed."""

    def __init__(self, question: Question, size: int | None, place: Place) -> None:
        """`question` opens an answer (`Caller.open`); `size` is what the register told of it before.

        Raises RegisterTooSlow, RegisterUnavailable, RegisterRefused, NotThere; the place is then left.
        """
        self._place, self._until, self._count = place, monotonic() + LONGEST, 0
        self._answer: httpx.Response | None = None
        try:
            self._answer, self._pieces, self._next = self._wait(_opened(question), FIRST)
            self.size = _size_of(self._answer, size)
        except BaseException:
            self.close()
            raise

    def __next__(self) -> bytes:
        piece: bytes | None = self._next
        left = self._until - monotonic()
        if piece is None or left <= 0:
            self.close()
            if piece is None and self.size in (None, self._count):
                raise StopIteration
            # The answer's length was told, so that the visitor's browser sees that this is not all of it.
            raise RegisterUnavailable("cut off")
        self._count += len(piece)
        if self._count > (LARGEST if self.size is None else self.size):
            self.close()
            raise RegisterUnavailable("longer than told")
        try:
            self._next = self._wait(_next(self._pieces), min(STALL, left))
        except BaseException:
            self.close()
            raise
        return piece

    def close(self) -> None:
        """Stop reading, and let the next visitor in. Harmless to repeat."""
        self._place.leave()
        if self._answer is not None:
            asyncio.run_coroutine_threadsafe(self._answer.aclose(), loop.running())
            self._answer = None

    def __del__(self) -> None:
        # A middleware that fails throws the answer away before the server ever sees it.
        self.close()

    def _wait(self, asked: Any, seconds: float) -> Any:
        future: Future[Any] = asyncio.run_coroutine_threadsafe(_within(asked, seconds), loop.running())
        try:
            return future.result()
        finally:
            future.cancel()


async def _within(asked: Any, seconds: float) -> Any:
    try:
        async with asyncio.timeout(seconds):
            return await asked
    except (TimeoutError, httpx.TimeoutException):
        raise RegisterTooSlow from None
    except (httpx.HTTPError, httpx.InvalidURL) as fault:
        raise RegisterUnavailable(type(fault).__name__) from None


async def _opened(question: Question) -> tuple[httpx.Response, AsyncIterator[bytes], bytes | None]:
    answer: httpx.Response = await question.ask(loop.caller(question.connection))
    try:
        pieces = answer.aiter_raw()
        return answer, pieces, await _next(pieces)
    except BaseException:
        await answer.aclose()
        raise


async def _next(pieces: AsyncIterator[bytes]) -> bytes | None:
    return await anext(pieces, None)


def _size_of(answer: httpx.Response, told: int | None) -> int | None:
    """How long the content is; the record and the download must not contradict each other."""
    length = answer.headers.get("Content-Length", "")
    size = int(length) if length.isascii() and length.isdigit() else told
    if told is not None and size != told:
        raise RegisterUnavailable("another size than its record tells")
    if size is not None and size > LARGEST:
        raise RegisterUnavailable("too large")
    return size
