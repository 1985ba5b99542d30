"""Reads all pages of a list. `next` says only that there is more: often it has the host behind the proxy."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .errors import RegisterUnavailable

PAGES = 5  # of a hundred; more than a resident can have
ROWS = 2_000  # of one page; we ask for 500 at most


async def all_pages(page: Callable[[int], Awaitable[Any]]) -> list[Mapping[str, Any]]:
    """The rows of each page, asked by its number. Raises RegisterUnavailable when it has no end."""
    rows: list[Mapping[str, Any]] = []
    for number in range(1, PAGES + 1):
        answer = await page(number)
        rows += rows_in(answer)
        if not answer["next"]:
            return rows
    raise RegisterUnavailable("more pages than a resident can have")


def rows_in(answer: Any) -> list[Mapping[str, Any]]:
    """The rows of a page, or of a bare list. Raises RegisterUnavailable for more than it can have.

    Rows are read on the one thread that asks all registers: for a hundred thousand all municipalities wait.
    """
    rows = list(answer if isinstance(answer, list) else answer["results"])
    if len(rows) > ROWS:
        raise RegisterUnavailable("more rows than a page can have")
    return rows
