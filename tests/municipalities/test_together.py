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
    return len(together._next.keys) >= most


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
def test_a_fault_is_everyones_and_the_next_round_asks_anew(slow: Slow, fault: BaseException) -> None:
    slow.faults[1] = fault
    together = Together(slow)
    raised: list[BaseException] = []

    def asks() -> None:
        try:
            together.of("b")
        except BaseException as told:
            raised.append(told)

    with ThreadPoolExecutor(2) as threads:
        threads.submit(together.of, "a")
        assert slow.begun[0].wait(20)
        sharing = [Thread(target=asks) for _ in range(2)]
        for one in sharing:
            one.start()
        slow.may_answer[0].set()
        slow.may_answer[1].set()
        slow.may_answer[2].set()
        slow.may_answer[3].set()
        for one in sharing:
            one.join(20)
    assert raised
    assert set(map(type, raised)) == {type(fault)}
    assert together.of("c") is not None


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
