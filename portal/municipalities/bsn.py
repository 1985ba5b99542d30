"""The citizen service number, wrapped so that it cannot slip into a log or a page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class BSN:
    """A valid burgerservicenummer: nine digits that pass the eleven-test.

    Raises ValueError, without the number in it, for anything else.
    Source: Wet algemene bepalingen burgerservicenummer; Logisch Ontwerp BSN.
    """

    _digits: str

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
