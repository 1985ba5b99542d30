"""What the presenter reads in the terminal: one line for each step, with how long it took."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


def say(text: str = "") -> None:
    """A line, at once, also when the output is a pipe."""
    print(text, flush=True)


def complain(text: str) -> None:
    """Something went wrong; the text says what to do."""
    print(f"\n{text}\n", file=sys.stderr, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Name a step before it runs, and its seconds after it."""
    began = monotonic()
    say(f"  … {text}")
    yield
    say(f"  ✓ {text} ({monotonic() - began:.1f} s)")
