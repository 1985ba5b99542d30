"""One question for all who ask at the same moment, in threads of one process.

Who comes may only trust what is read after they came. So whoever comes while a question is under way waits
for the next one, and one of those who wait asks it for all of them. Nobody depends on another: who waited
too long, or whose asker failed, asks alone.
"""

from collections.abc import Callable, Mapping
from threading import Condition, Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")
PATIENCE = 1.0
"""Seconds to wait for an asker."""


class Round(Generic[Key, Answer]):
    """Those who share one question."""

    def __init__(self, lock: Lock) -> None:
        self.keys: set[Key] = set()
        self.changed = Condition(lock)
        self.waiting = 0
        self.wants_an_asker = False
        self.answers: Mapping[Key, Answer] | None = None
        self.failed = False

    @property
    def over(self) -> bool:
        return self.answers is not None or self.failed


class Together(Generic[Key, Answer]):
    """Asks for many keys at once what each thread asks for one."""

    def __init__(self, ask: Callable[[list[Key]], Mapping[Key, Answer]]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._under_way = False
        self._next: Round[Key, Answer] = Round(self._lock)

    def of(self, key: Key) -> Answer | None:
        """The answer for this key, read after now; None where there is none. Raises what asking raises."""
        with self._lock:
            mine = self._next
            mine.keys.add(key)
            asks = self._waits_to_ask(mine) if self._under_way else self._begins()
        if asks:
            return self._ask_for(mine).get(key)
        if mine.answers is None:  # it took too long, or failed
            return self._ask([key]).get(key)
        return mine.answers.get(key)

    def _begins(self) -> bool:
        self._under_way, self._next = True, Round(self._lock)
        return True

    @staticmethod
    def _waits_to_ask(mine: Round[Key, Answer]) -> bool:
        """Until it is told, or is the one to ask; True for that one."""
        mine.waiting += 1
        mine.changed.wait_for(lambda: mine.over or mine.wants_an_asker, PATIENCE)
        mine.waiting -= 1
        asks, mine.wants_an_asker = mine.wants_an_asker, False
        return asks

    def _ask_for(self, shared: Round[Key, Answer]) -> Mapping[Key, Answer]:
        """And hand the asking on to the next round, whatever came of this one."""
        try:
            shared.answers = self._ask(list(shared.keys))
            return shared.answers
        finally:
            with self._lock:
                shared.failed = shared.answers is None
                shared.changed.notify_all()
                following = self._next
                self._under_way = following.waiting > 0  # who waited too long has left
                self._next = Round(self._lock)
                if self._under_way:
                    following.wants_an_asker = True
                    following.changed.notify()
