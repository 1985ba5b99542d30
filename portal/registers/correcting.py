"""Where a resident says that a fact is wrong: a room above tells it, the page of own data shows it."""

from collections.abc import Callable

_correct: list[Callable[[], str]] = []


def corrections_go_to(find: Callable[[], str]) -> None:
    """Register what gives that page; empty where there is none. Only the last counts."""
    _correct[:] = [find]


def where_to_correct() -> str:
    """That page, in a transaction of the caller; empty where no room offers it."""
    return _correct[0]() if _correct else ""
