"""Reads all pages of a list. `next` says only that there is more: often it has the host behind the proxy."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from .errors import RegisterUnavailable

PAGES = 5  # of a hundred; more than a resident can have


async def all_pages(page: Callable[[int], Awaitable[Any]]) -> list[Mapping[str, Any]]:
    """The rows of each page, asked by its number. Raises RegisterUnavailable when it has no end."""
    rows: list[Mapping[str, Any]] = []
    for number in range(1, PAGES + 1):
        answer = await page(number)
        rows += answer["results"]
        if not answer["next"]:
            return rows
    raise RegisterUnavailable("more pages than a resident can have")
