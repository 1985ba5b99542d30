"""The citizen service number, wrapped so that it cannot slip into a log or a page."""

import re
from dataclasses import dataclass, field

_LOOKS_LIKE_ONE = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){8}(?!\d)")


@dataclass(frozen=True, slots=True, repr=False)
class BSN:
    """A valid burgerservicenummer: nine digits that pass the eleven-test.

    Raises ValueError, without the number in it, for anything else.
    Source: Wet algemene bepalingen burgerservicenummer; Logisch Ontwerp BSN.
    """

    _digits: str
    proven: int = field(default=0, compare=False)
    """How surely its bearer showed that it is theirs (`portal.accounts.level`); 0 where nobody did."""

    def __post_init__(self) -> None:
        digits = self._digits
        if not (digits.isascii() and digits.isdigit() and len(digits) == 9 and digits != "0" * 9):
            raise ValueError("not a BSN")
        weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
        if sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11:
            raise ValueError("not a BSN")

    def reveal(self) -> str:
        """The nine digits; every place that calls this is a place to look at."""
        return self._digits

    def __repr__(self) -> str:
        return "BSN(…)"

    __str__ = __repr__


def left_out(text: str, instead: str) -> str:
    """A text that somebody typed, with `instead` for each number in it that can be a BSN."""
    return _LOOKS_LIKE_ONE.sub(lambda found: instead if _is_one(found[0]) else found[0], text)


def holds_one(text: str) -> bool:
    """Whether a text that somebody typed holds a number that can be a BSN."""
    return any(_is_one(found[0]) for found in _LOOKS_LIKE_ONE.finditer(text))


def _is_one(written: str) -> bool:
    try:
        BSN("".join(str(int(sign)) for sign in written if sign.isdecimal()))
    except ValueError:
        return False
    return True
