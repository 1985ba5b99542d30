"""One question for all who ask at the same moment, in threads of one process.

Who comes may only trust what is read after they came. So whoever comes while a question is under way waits
for the next one, and one of those who wait asks it for all of them.
"""

from collections.abc import Callable, Mapping
from threading import Condition, Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Answer = TypeVar("Answer")


class Round(Generic[Key, Answer]):
    """Those who share one question."""

    def __init__(self, lock: Lock) -> None:
        self.keys: set[Key] = set()
        self.changed = Condition(lock)
        self.wants_an_asker = False
        self.answers: Mapping[Key, Answer] | None = None
        self.fault: BaseException | None = None

    @property
    def over(self) -> bool:
        return self.answers is not None or self.fault is not None


class Together(Generic[Key, Answer]):
    """Asks for many keys at once what each thread asks for one."""

    def __init__(self, ask: Callable[[list[Key]], Mapping[Key, Answer]]) -> None:
        self._ask = ask
        self._lock = Lock()
        self._under_way = False
        self._next: Round[Key, Answer] = Round(self._lock)

    def of(self, key: Key) -> Answer | None:
        """The answer for this key, read after now; None where there is none. Raises what asking raised."""
        with self._lock:
            mine = self._next
            mine.keys.add(key)
            if self._under_way:
                while not mine.over and not mine.wants_an_asker:
                    mine.changed.wait()
                mine.wants_an_asker = False
            else:
                self._under_way, self._next = True, Round(self._lock)
        if not mine.over:
            self._ask_for(mine)
        if mine.fault is not None:
            raise mine.fault
        assert mine.answers is not None
        return mine.answers.get(key)

    def _ask_for(self, shared: Round[Key, Answer]) -> None:
        """And hand the asking on to the next round, whatever came of this one."""
        answers, fault = None, None
        try:
            answers = self._ask(list(shared.keys))
        except BaseException as raised:  # those who wait must hear of it
            fault = raised
        with self._lock:
            shared.answers, shared.fault = answers, fault
            shared.changed.notify_all()
            following = self._next
            self._under_way = bool(following.keys)
            if following.keys:
                self._next = Round(self._lock)
                following.wants_an_asker = True
                following.changed.notify()
