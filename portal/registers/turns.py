"""What registers keep for minutes goes in time: each room says what, and the worker's turn does it."""

from collections.abc import Callable
from datetime import datetime

_steps: list[Callable[[datetime], object]] = []


def at_each_turn(step: Callable[[datetime], object]) -> None:
    """Register what a room forgets; it runs in the turn's transaction, for the municipality in force."""
    if step not in _steps:
        _steps.append(step)


def take_turn(at: datetime) -> None:
    """All of them."""
    for step in _steps:
        step(at)
