"""`[[telefoon]]` in a purpose becomes the fact of the municipality that publishes it.

The library writes a purpose once; what is published is whole, since a published text never changes.
"""

import re
from collections.abc import Mapping
from typing import Any

from portal.municipalities.acting import current_municipality
from portal.municipalities.facts import NAMES, facts

SLOT = re.compile(r"\[\[\s*([a-z][a-z0-9-]*)\s*\]\]")
OWN = ("team", "contact")
"""What a municipality fills in for one purpose, beside its facts."""
KNOWN = frozenset({*NAMES, *OWN, "gemeente"})


def known_here(content: Mapping[str, Any]) -> Mapping[str, str]:
    """What the slots are filled with in the municipality in force. One query."""
    own = {name: text for name, text in content.get("slots", {}).items() if text.strip()}
    here = {**facts(), "gemeente": current_municipality().name}
    by_phone = {"contact": f"Bel {here['telefoon']}"} if here.get("telefoon") else {}
    return {**by_phone, **here, **own}


def filled(content: Mapping[str, Any], known: Mapping[str, str]) -> dict[str, Any]:
    """The content with its slots filled; what is not known stays a slot, for the checker to find."""

    def fill(part: Any) -> Any:
        if isinstance(part, str):
            return SLOT.sub(lambda found: known.get(found[1], "").strip() or found[0], part)
        if isinstance(part, Mapping):
            return {name: fill(one) for name, one in part.items()}
        return [fill(one) for one in part] if isinstance(part, list | tuple) else part

    return {name: fill(part) for name, part in content.items() if name != "slots"}


def slots_in(text: str) -> set[str]:
    """The names of the slots in a text."""
    return set(SLOT.findall(text))
