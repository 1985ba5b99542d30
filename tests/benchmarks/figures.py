"""One measured figure, and how a table of them is printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured: seconds, unless it says otherwise; no limit where none was set."""

    what: str
    measured: float
    limit: float | None
    unit: str = "s"
    more_is_better: bool = False

    @property
    def misses(self) -> bool:
        """Whether it is on the wrong side of its limit."""
        if self.limit is None:
            return False
        return self.measured < self.limit if self.more_is_better else self.measured > self.limit


def middle(what: str, times: Sequence[float], limit: float | None) -> Figure:
    """The median, with the fastest and slowest beside it."""
    spread = f" (median of {len(times)}: {_in_words(min(times))} – {_in_words(max(times))})"
    return Figure(what + spread, median(times), limit)


def shown(figures: Sequence[Figure]) -> str:
    """A table that a person reads."""
    widest = max(len(one.what) for one in figures)
    rows = []
    for one in figures:
        bound = "at least" if one.more_is_better else "limit"
        limit = "" if one.limit is None else f"{bound} {_in_words(one.limit, one.unit)}"
        missed = ("  UNDER" if one.more_is_better else "  OVER") if one.misses else ""
        rows.append(f"{one.what:<{widest}}  {_in_words(one.measured, one.unit):>8}  {limit}{missed}")
    return "\n".join(rows)


def _in_words(number: float, unit: str = "s") -> str:
    return f"{number * 1000:.0f} ms" if unit == "s" and number < 1 else f"{number:.2f} {unit}"
