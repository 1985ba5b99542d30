"""Several questions of which a few may hang or break, without the others waiting for them."""

import asyncio
from asyncio import FIRST_COMPLETED
from collections.abc import Awaitable, Iterable, Mapping
from typing import TypeVar

from ..errors import RegisterError

PATIENCE = 0.5  # seconds in which no answer came at all; the others are left then
UTMOST = 2.0  # seconds for all of them
NONSENSE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError)
"""What reading an answer raises that is JSON, but not what the API promises; to JSON Infinity is a number."""
T = TypeVar("T")


async def in_time(asked: Mapping[str, Awaitable[T]]) -> dict[str, T]:
    """The answers that came, by name; who hangs or breaks is left out.

    It waits as long as answers keep coming, and for the first of a slow register, but never beyond UTMOST.
    """
    tasks = {name: asyncio.ensure_future(one) for name, one in asked.items()}
    waiting = set(tasks.values())
    try:
        async with asyncio.timeout(UTMOST):
            while waiting:
                came, waiting = await asyncio.wait(waiting, timeout=PATIENCE, return_when=FIRST_COMPLETED)
                if not came and len(waiting) < len(tasks):
                    break
    except TimeoutError:
        pass
    finally:
        for task in waiting:
            task.cancel()
    done = {name: task for name, task in tasks.items() if task.done() and not task.cancelled()}
    faults(task.exception() for task in done.values())
    return {name: task.result() for name, task in done.items() if task.exception() is None}


async def or_none(asked: Awaitable[T]) -> T | None:
    """The answer; None where it does not come, for a part that the page can do without."""
    try:
        async with asyncio.timeout(UTMOST):
            return await asked
    except (TimeoutError, RegisterError, *NONSENSE):
        return None


def faults(read: Iterable[object]) -> list[Exception]:
    """What went wrong, where it was the register's doing; a fault of ours is raised."""
    found = [one for one in read if isinstance(one, BaseException)]
    for fault in found:
        if not isinstance(fault, (RegisterError, *NONSENSE)):
            raise fault
    return [one for one in found if isinstance(one, Exception)]
