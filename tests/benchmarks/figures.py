"""One measured figure, and how a table of them is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in seconds; None where no limit was set."""

    what: str
    seconds: float
    limit: float | None


def middle(what: str, times: Sequence[float], limit: float | None) -> Figure:
    """The median, with the fastest and slowest beside it."""
    spread = f" (median of {len(times)}: {_in_words(min(times))} – {_in_words(max(times))})"
    return Figure(what + spread, median(times), limit)


def shown(figures: Sequence[Figure]) -> str:
    """A table that a person reads."""
    widest = max(len(one.what) for one in figures)
    rows = []
    for one in figures:
        limit = "" if one.limit is None else f"limit {_in_words(one.limit)}"
        over = "  OVER" if one.limit is not None and one.seconds > one.limit else ""
        rows.append(f"{one.what:<{widest}}  {_in_words(one.seconds):>8}  {limit}{over}")
    return "\n".join(rows)


def _in_words(seconds: float) -> str:
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.2f} s"
