"""Why a theme is refused, in words for its designer."""

from collections.abc import Iterable
from difflib import get_close_matches


class ThemeRefused(Exception):
    """The folder is not a theme that can be shown; `reasons` says why, one sentence each."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = list(reasons)
        super().__init__("\n".join(self.reasons))


def meant(name: str, known: Iterable[str]) -> str:
    """“ Bedoelt u …?” when a known name looks like this one."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.5)
    return f" Bedoelt u “{found[0]}”?" if found else ""


def shown(value: object) -> str:
    """A value from a file as it may stand in a message: short, and on one line."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:57] + "…"
