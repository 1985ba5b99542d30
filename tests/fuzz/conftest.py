"""The world that is called at, the wire to it, and what is watched meanwhile."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from django.core.cache import cache

from portal.municipalities.models import Municipality
from tests.api.conftest import desk_at, offering, parking
from tests.figures import LONG
from tests.sharing.conftest import Desk

from .watch import CANARY, Watched, fingerprint, watched_log
from .wire import Answer, Call, Wire, wire
from .world import World, built

__all__ = ["desk_at", "offering", "parking"]

SHARES = {
    "tokens": 0.2, "operations": 0.3, "wallet": 0.15, "sign_out": 0.1, "way_back": 0.05, "addresses": 0.2,
}  # fmt: skip
CALLS = int(os.environ.get("FUZZ_CALLS") or (10_000 if LONG else 1_000))
AT_ONCE = 100
"""Calls between two looks at all tables."""


@dataclass
class Fuzz:
    """Sends calls, and holds everything against what was before."""

    world: World
    wire: Wire
    log: Watched
    figure: Callable[[str], None]

    def run(self, entrance: str, ask: Callable[[int], tuple[Call, Answer]]) -> None:
        """As many calls as this entrance gets. `ask` makes the next one and sends it."""
        number = round(CALLS * SHARES[entrance])
        before, asked, statuses = fingerprint(self.world.places), [], dict[int, int]()
        for count in range(1, number + 1):
            call, answer = ask(count)
            asked.append(call)
            assert answer.status < 500, f"{answer.status} at call {count}: {call}"[:2000]
            assert call.may_be_answered or answer.status >= 400, f"{answer.status}: {call}"[:2000]
            statuses[answer.status] = statuses.get(answer.status, 0) + 1
            if count % AT_ONCE == 0 or count == number:
                self._nothing_happened(before, asked)
                asked = []
        told = ", ".join(f"{count} × {status}" for status, count in sorted(statuses.items()))
        self.figure(f"{number} calls, 0 changes of state, 0 answers 5xx, 0 lines with a payload ({told})")

    def _nothing_happened(self, before: object, asked: list[Call]) -> None:
        now = fingerprint(self.world.places)
        changed = [name for name in now if now[name] != before[name]]  # type: ignore[index]
        assert not changed, f"{changed} after one of {[(one.what, one.method, one.path) for one in asked]}"
        assert self.log.with_any_of([CANARY, *self.world.secrets]) == []
        cache.clear()  # limits on tries have tests of their own; here they would hide all else


@pytest.fixture
def world(offering: Municipality, parking: object, veldrecht: Municipality, desk_at: Desk) -> World:
    return built(offering, veldrecht, desk_at)


@pytest.fixture
def fuzz(world: World, figure: Callable[[str], None]) -> Iterator[Fuzz]:
    with wire() as sends, watched_log() as log:
        yield Fuzz(world, sends, log, figure)
