"""Reads a list of an API whole: bare or paged, the pages after the first side by side."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from ..caller import Caller
from ..errors import RegisterUnavailable
from ..paged import rows_in
from ..zgw_token import headers
from .capabilities import capabilities_of

PAGES = 20  # of one list; more than a resident can have
Rows = list[Mapping[str, Any]]
Meanwhile = Callable[[Rows], Awaitable[None]]
"""What to ask about the first page while the others come."""


async def read(
    zaken: Caller,
    path: str,
    params: Mapping[str, str],
    body: Mapping[str, Any] | None = None,
    root: str = "",
    size: int | None = None,
    meanwhile: Meanwhile | None = None,
) -> Rows:
    """All rows; `size` asks for pages of that size where the register takes such a wish.

    `next` says only that there is more: it is absolute, often with the host behind the proxy, so we count
    pages ourselves and follow no link.
    """

    async def page(number: int) -> Any:
        asked = {**params, **({"page": str(number)} if number > 1 else {}), **_wish(zaken, size)}
        if body is None:
            return await zaken.get(path, headers(zaken), asked, root=root)
        return await zaken.post(path, headers(zaken), body, asked)

    first = await page(1)
    rows: Rows = rows_in(first)
    if isinstance(first, list) or not first["next"]:
        return rows
    pages = -(-int(first["count"]) // max(len(rows), 1))
    if pages > PAGES:
        raise RegisterUnavailable("more pages than a resident can have")
    coming = asyncio.gather(*map(page, range(2, max(pages, 2) + 1)))
    if meanwhile:
        await asyncio.gather(coming, meanwhile(rows))
    others = await coming
    if others[-1]["next"]:
        raise RegisterUnavailable("longer than it says")
    return rows + [row for other in others for row in rows_in(other)]


async def first(zaken: Caller, path: str, body: Mapping[str, Any], size: int) -> Rows:
    """The first page of a search, of that size at most."""
    answer: Any = await zaken.post(path, headers(zaken), body, _wish(zaken, size))
    return rows_in(answer)


def _wish(zaken: Caller, size: int | None) -> dict[str, str]:
    longest = capabilities_of(zaken.connection.parameters).page_size
    return {"pageSize": str(min(size, longest))} if size and longest else {}
