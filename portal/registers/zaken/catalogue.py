"""The types of cases, statuses and results, from Catalogi; published types do not change, so remembered."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from ..caller import Caller
from ..errors import RegisterUnavailable
from .records import Statustype, Zaaktype
from .token import headers

KEPT = 24 * 3600  # seconds
MOST = 5000  # types in memory, of all connections together

_kept: dict[tuple[str, str], tuple[float, Any]] = {}
"""By connection (so by municipality) and address; touched on the loop thread only."""
_asking: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()


async def zaaktype(zaken: Caller, url: str) -> Zaaktype:
    """The kind of case at an address of the connection's own catalogue."""

    async def ask() -> Zaaktype:
        return Zaaktype.of(await _get(zaken, url))

    kind: Zaaktype = await _remembered(zaken, url, ask)
    return kind


async def statustypes(zaken: Caller, zaaktype: str) -> list[Statustype]:
    """The steps of a kind of case, in order."""

    async def ask() -> list[Statustype]:
        answer = await _get(zaken, "statustypen", {"zaaktype": zaaktype})
        if answer["next"]:
            raise RegisterUnavailable("more steps than a case can have")
        return sorted(map(Statustype.of, answer["results"]), key=lambda step: step.number)

    steps: list[Statustype] = await _remembered(zaken, f"steps of {zaaktype}", ask)
    return steps


async def result_type(zaken: Caller, url: str) -> str:
    """How cases end, in words."""

    async def ask() -> str:
        return str((await _get(zaken, url))["omschrijving"])

    words: str = await _remembered(zaken, url, ask)
    return words


async def _get(zaken: Caller, path: str, params: dict[str, str] | None = None) -> Any:
    return await zaken.get(path, headers(zaken), params, root=zaken.connection.parameters["catalogi_url"])


async def _remembered(zaken: Caller, what: str, ask: Callable[[], Awaitable[Any]]) -> Any:
    """What is known, or asked by one while the others of a long list wait for that one answer."""
    key = (f"{zaken.connection.id} {zaken.connection.base_url}", what)
    asking = _asking.setdefault(key, asyncio.Lock())
    async with asking:
        since, value = _kept.get(key, (0.0, None))
        if value is None or time.monotonic() - since > KEPT:
            value = await ask()
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = (time.monotonic(), value)
    return value
