"""Why a theme is refused, in words for its designer."""

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import islice

LONGEST = 60  # characters of a value in a message
MOST_NAMES = 500  # that a misspelt one is compared with; each takes some microseconds
LONGEST_NAME = 100


class ThemeRefused(Exception):
    """The folder is not a theme that can be shown; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(self.reasons))


def meant(name: str, known: Iterable[str]) -> str:
    """“ Bedoelt u …?” when a known name looks like this one."""
    if len(name) > LONGEST_NAME:
        return ""
    found = get_close_matches(name, list(islice(known, MOST_NAMES)), n=1, cutoff=0.5)
    return f" Bedoelt u “{shown(found[0])}”?" if found else ""


def shown(value: object) -> str:
    """A value from a file as it may stand in a message: short, on one line, and every character to be seen.

    What has no shape of its own, such as a control character or one that turns text around, is written as
    its number: U+202E.
    """
    whole = str(value)
    seen = whole[: 10 * LONGEST]
    text = "".join(one if one.isprintable() else f"U+{ord(one):04X}" for one in " ".join(seen.split()))
    return text if len(text) <= LONGEST and seen == whole else text[: LONGEST - 3] + "…"
