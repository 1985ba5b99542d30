"""Works out the sums that Tokens Studio writes: `{space} * 2`, `roundTo(4px / 3, 1)`.

Read by hand, never handed to Python: numbers with one unit, the four operations, brackets and a few names.
"""

import math
import re
from collections.abc import Callable, Sequence

PART = re.compile(r"\s*(?:(\d+\.?\d*|\.\d+)(px|rem|em|ch|%)?|([A-Za-z]+)|([-+*/^(),]))", re.A)
NAMES: dict[str, Callable[..., float]] = {
    "round": round, "floor": math.floor, "ceil": math.ceil, "abs": abs, "min": min, "max": max,
    "roundTo": lambda number, digits=0: round(number, max(0, min(int(digits), 6))),
    "sqrt": math.sqrt,
}  # fmt: skip
LONGEST = 200
DEEPEST = 20

Measure = tuple[float, str]
"""A number and its unit."""


class NoSum(Exception):
    """The text is not a sum."""


def worked_out(text: str) -> str:
    """A sum's outcome with its unit; a text that is no sum as it is."""
    if len(text) > LONGEST or not re.search(r"[-+*/^(]", text.strip().lstrip("-+")):
        return text
    try:
        number, unit = _Sum(text).whole()
    except (NoSum, ZeroDivisionError, OverflowError, ValueError, TypeError):
        return text
    return f"{round(number, 4):g}{unit}" if math.isfinite(number) else text


class _Sum:
    def __init__(self, text: str) -> None:
        self.parts: list[tuple[str, str, str, str]] = []
        at = 0
        while at < len(text.rstrip()):
            found = PART.match(text, at)
            if not found:
                raise NoSum
            self.parts.append((found[1] or "", found[2] or "", found[3] or "", found[4] or ""))
            at = found.end()
        self.depth = 0

    def whole(self) -> Measure:
        found = self.added()
        if self.parts:
            raise NoSum
        return found

    def next_is(self, signs: str) -> str:
        """Take the next sign when it is one of these."""
        if self.parts and self.parts[0][3] and self.parts[0][3] in signs:
            return self.parts.pop(0)[3]
        return ""

    def added(self) -> Measure:
        self.depth += 1
        if self.depth > DEEPEST:
            raise NoSum
        found = self.multiplied()
        while sign := self.next_is("+-"):
            other = self.multiplied()
            found = (found[0] + other[0] if sign == "+" else found[0] - other[0], _one_unit(found, other))
        self.depth -= 1
        return found

    def multiplied(self) -> Measure:
        found = self.raised()
        while sign := self.next_is("*/"):
            other = self.raised()
            if other[1] and (found[1] or sign == "/") and not (sign == "/" and found[1] == other[1]):
                raise NoSum
            unit = "" if sign == "/" and other[1] else found[1] or other[1]
            found = (found[0] * other[0] if sign == "*" else found[0] / other[0], unit)
        return found

    def raised(self) -> Measure:
        found = self.single()
        if self.next_is("^"):
            power = self.single()
            if power[1] or abs(power[0]) > 8 or abs(found[0]) > 10_000:
                raise NoSum
            return float(found[0] ** power[0]), found[1]
        return found

    def single(self) -> Measure:
        if self.next_is("-"):
            number, unit = self.single()
            return -number, unit
        if self.next_is("("):
            found = self.added()
            if not self.next_is(")"):
                raise NoSum
            return found
        if not self.parts:
            raise NoSum
        digits, unit, name, sign = self.parts.pop(0)
        if digits:
            return float(digits), unit
        if name in NAMES and not sign and self.next_is("("):
            return self.called(name)
        raise NoSum

    def called(self, name: str) -> Measure:
        given = [self.added()]
        while self.next_is(","):
            given.append(self.added())
        if not self.next_is(")"):
            raise NoSum
        return float(NAMES[name](*(number for number, _unit in given))), _unit_of(given)


def _one_unit(one: Measure, other: Measure) -> str:
    """The unit of a sum; a plain number goes with any."""
    if one[1] and other[1] and one[1] != other[1]:
        raise NoSum
    return one[1] or other[1]


def _unit_of(given: Sequence[Measure]) -> str:
    units = {unit for _number, unit in given if unit}
    if len(units) > 1:
        raise NoSum
    return units.pop() if units else ""
