"""Requests that come at the same moment share one question; none gets what was read before it came."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event, Thread
from typing import Any

import pytest

from portal.municipalities.together import Together


class Slow:
    """Answers when it is told to, with how many questions there were before."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.begun, self.may_answer = [Event() for _ in range(9)], [Event() for _ in range(9)]
        self.faults: dict[int, BaseException] = {}

    def __call__(self, keys: list[str]) -> dict[str, int]:
        number = len(self.asked)
        self.asked.append(sorted(keys))
        self.begun[number].set()
        assert self.may_answer[number].wait(20)
        if number in self.faults:
            raise self.faults[number]
        return {key: number for key in keys if key != "nobody"}


@pytest.fixture
def slow() -> Slow:
    return Slow()


def waiting(together: Together[str, int], most: int) -> bool:
    return together._next.waiting >= most


def until(true: Callable[[], bool]) -> None:
    for _ in count():
        if true():
            return
        Event().wait(0.001)


def test_alone_one_asks_at_once(slow: Slow) -> None:
    slow.may_answer[0].set()
    slow.may_answer[1].set()
    together = Together(slow)
    assert together.of("a") == 0
    assert together.of("nobody") is None
    assert slow.asked == [["a"], ["nobody"]]


def test_who_comes_while_a_question_is_under_way_shares_the_next_one(slow: Slow) -> None:
    together = Together(slow)
    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(together.of, "a")
        assert slow.begun[0].wait(20)
        later = [threads.submit(together.of, key) for key in ("a", "b", "c", "nobody")]
        until(lambda: waiting(together, 4))
        slow.may_answer[0].set()
        assert first.result(20) == 0  # it waits for nobody
        assert slow.begun[1].wait(20)
        last = threads.submit(together.of, "d")
        until(lambda: waiting(together, 1))
        slow.may_answer[1].set()
        assert [one.result(20) for one in later] == [1, 1, 1, None]  # not what was asked before they came
        slow.may_answer[2].set()
        assert last.result(20) == 2
    assert slow.asked == [["a"], ["a", "b", "c", "nobody"], ["d"]]


@pytest.mark.parametrize("fault", [ConnectionError("gone"), SystemExit()])
def test_a_fault_is_the_askers_own_and_the_others_ask_alone(slow: Slow, fault: BaseException) -> None:
    slow.faults[1] = fault
    for may in slow.may_answer[1:]:
        may.set()
    together = Together(slow)
    told: list[object] = []

    def asks() -> None:
        try:
            told.append(together.of("b"))
        except BaseException as raised:
            told.append(raised)

    with ThreadPoolExecutor(2) as threads:
        threads.submit(together.of, "a")
        assert slow.begun[0].wait(20)
        sharing = [Thread(target=asks) for _ in range(3)]
        for one in sharing:
            one.start()
        until(lambda: together._next.waiting == 3)
        slow.may_answer[0].set()
        for one in sharing:
            one.join(20)
    assert told.count(fault) == 1
    assert all(one is fault or isinstance(one, int) for one in told)
    assert together.of("b") is not None


def test_who_waits_too_long_asks_alone_and_nobody_waits_for_who_left(
    slow: Slow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.municipalities.together.PATIENCE", 0.05)
    for may in slow.may_answer[1:]:
        may.set()
    together = Together(slow)
    with ThreadPoolExecutor(2) as threads:
        stuck = threads.submit(together.of, "a")
        assert slow.begun[0].wait(20)
        assert together.of("b") == 1
        slow.may_answer[0].set()
        assert stuck.result(20) == 0
    assert together.of("c") == 2
    assert slow.asked == [["a"], ["b"], ["c"]]


def test_many_at_once_all_get_an_answer_that_is_new_enough() -> None:
    began = count()
    now = [0]

    def ask(keys: list[Any]) -> dict[Any, int]:
        now[0] = next(began)
        return dict.fromkeys(keys, now[0])

    together: Together[int, int] = Together(ask)

    def visit(key: int) -> bool:
        before = now[0]
        told = together.of(key)
        return told is not None and told >= before

    with ThreadPoolExecutor(16) as threads:
        assert all(threads.map(visit, range(4000)))
