"""The types of cases, statuses and results, from Catalogi; published types hardly change, so remembered.

After a day a type that was asked for by itself is asked again only if it changed (If-None-Match), which costs
the register next to nothing. Lists have no mark of their version. Cases and statuses have, but there it does
not pay: it spares no call, and there would have to be something of a resident in memory between two pages.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from weakref import WeakValueDictionary

from ..caller import Caller
from ..errors import RegisterError, RegisterUnavailable
from ..paged import rows_in
from ..zgw_token import headers
from . import lists
from .in_time import NONSENSE
from .records import LONGEST, STEPS, Statustype, Zaaktype

KEPT = 24 * 3600  # seconds
MOST = 3_000  # in memory of one connection: a few hundred types with their steps and words
WAITED = 0.3  # seconds that a list waits for the whole catalogue; then it asks for its own types
TRIED_AGAIN = 600  # seconds after the catalogue could not be read whole

Place: TypeAlias = tuple[str, str, str]
Key: TypeAlias = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """What was answered, and until when it need not be asked again."""

    value: Any
    tag: str = ""
    """The mark of its version; empty where there is none."""
    until: float = 0.0


_kept: dict[Place, dict[str, _Known]] = {}
"""By municipality, connection and address; touched on the loop thread only. Apart for each: a case system
that names ever more types takes no room of another's.
"""
_asking: WeakValueDictionary[Key, asyncio.Lock] = WeakValueDictionary()
_reading: dict[Key, asyncio.Task[None]] = {}


async def zaaktype(zaken: Caller, url: str) -> Zaaktype:
    """The kind of case at an address of the connection's own catalogue."""

    kind: Zaaktype = await _remembered(zaken, url, lambda: _unless_same(zaken, url, Zaaktype.of))
    return kind


async def statustypes(zaken: Caller, zaaktype: str) -> list[Statustype]:
    """The steps of a kind of case, in order."""

    async def ask() -> _Known:
        rows = await lists.read(zaken, "statustypen", {"zaaktype": zaaktype}, root=_root(zaken))
        if len(rows) > STEPS:
            raise RegisterUnavailable("more steps than a case can have")
        return _Known(_in_order(map(Statustype.of, rows)))

    steps: list[Statustype] = await _remembered(zaken, _steps_of(zaaktype), ask)
    return steps


async def result_type(zaken: Caller, url: str) -> str:
    """How cases end, in words."""
    words: str = await _remembered(zaken, url, lambda: _unless_same(zaken, url, _words))
    return words


async def decision_type(zaken: Caller, url: str) -> str:
    """What a kind of decision is called."""
    words: str = await _remembered(zaken, url, lambda: _unless_same(zaken, url, _words_if_any))
    return words


async def get_ready(zaken: Caller) -> None:
    """Read the first page of all types where nothing of them is known: two calls in place of two a type.

    Nobody waits for it long, and nobody hears when it fails: what is missing is asked for by itself.
    """
    if _recall(zaken, "everything"):
        return
    key = _key(zaken, "everything")
    reading = _reading.get(key)
    if reading is None or reading.done():
        reading = _reading[key] = asyncio.ensure_future(_read_all(zaken))
    await asyncio.wait([reading], timeout=WAITED)


async def _read_all(zaken: Caller) -> None:
    try:
        kinds, steps = await asyncio.gather(
            zaken.get("zaaktypen", headers(zaken), root=_root(zaken)),
            zaken.get("statustypen", headers(zaken), root=_root(zaken)),
        )
        known = {step.url: step for step in map(Statustype.of, rows_in(steps))}
        for row in rows_in(kinds):
            kind = Zaaktype.of(row)
            old = _kept_of(zaken).get(kind.url)
            _remember(zaken, kind.url, _Known(kind, old.tag if old and old.value == kind else ""))
            if kind.steps and known.keys() >= set(kind.steps):  # the page may end in the middle of them
                _remember(zaken, _steps_of(kind.url), _Known(_in_order(known[url] for url in kind.steps)))
    except (RegisterError, *NONSENSE):
        # Each type is asked for by itself then, and tells what is wrong.
        _remember(zaken, "everything", _Known(True), kept=TRIED_AGAIN)
    else:
        _remember(zaken, "everything", _Known(True))


def _in_order(steps: Any) -> list[Statustype]:
    return sorted(steps, key=lambda step: step.number)


def _steps_of(zaaktype: str) -> str:
    return f"steps of {zaaktype}"


def _root(zaken: Caller) -> str:
    return str(zaken.connection.parameters["catalogi_url"])


async def _unless_same(zaken: Caller, url: str, read: Callable[[Any], Any]) -> _Known:
    """One type; where the register says that it is as it was, what we know of it."""
    old = _kept_of(zaken).get(url) or _Known(None)
    answer = await zaken.get_tagged(url, headers(zaken), old.tag, root=_root(zaken))
    return _Known(old.value if answer.same else read(answer.body), answer.tag)


def _words(answer: Any) -> str:
    return str(answer["omschrijving"])[:LONGEST]


def _words_if_any(answer: Any) -> str:
    return str(answer["omschrijving"] or "")[:LONGEST]


async def _remembered(zaken: Caller, what: str, ask: Callable[[], Awaitable[_Known]]) -> Any:
    """What is known, or asked by one while the others of a long list wait for that one answer."""
    value = _recall(zaken, what)
    if value is not None:
        return value
    asking = _asking.setdefault(_key(zaken, what), asyncio.Lock())
    async with asking:
        value = _recall(zaken, what)
        if value is None:
            found = await ask()
            _remember(zaken, what, found)
            value = found.value
    return value


def _remember(zaken: Caller, what: str, found: _Known, kept: float = KEPT) -> None:
    of_it = _kept_of(zaken)
    if len(of_it) >= MOST:
        of_it.clear()
    of_it[what] = replace(found, until=time.monotonic() + kept)


def _recall(zaken: Caller, what: str) -> Any:
    known = _kept_of(zaken).get(what)
    return known.value if known and time.monotonic() < known.until else None


def _kept_of(zaken: Caller) -> dict[str, _Known]:
    return _kept.setdefault(_place(zaken), {})


def _key(zaken: Caller, what: str) -> Key:
    return (*_place(zaken), what)


def _place(zaken: Caller) -> Place:
    one = zaken.connection
    return (str(one.municipality_id), str(one.id), one.base_url)
