"""The purposes of the demo, one a file; texts as a good editor wrote them."""

from collections.abc import Callable
from typing import Any

from .digitaal_bericht import message_by_email
from .maatje_18 import buddy

__all__ = ["EVERYWHERE", "PURPOSES", "Purpose", "buddy", "message_by_email"]

Purpose = Callable[[str, str], dict[str, Any]]
"""The content for a municipality, by its name and phone."""

EVERYWHERE: dict[str, Purpose] = {"digitaal-bericht": message_by_email, "maatje-18": buddy}
PURPOSES: dict[str, dict[str, Purpose]] = {
    "zandmeer": {**EVERYWHERE},
    "veldrecht": {**EVERYWHERE},
    "oeverstad": {**EVERYWHERE},
}
"""Which municipality offers which purpose, by slug."""
