"""Reading one claim of an ID token that is believed."""

from collections.abc import Mapping, Sequence
from typing import Any


def at(claims: Mapping[str, Any], path: Sequence[str]) -> Any:
    """What stands at the end of a path of names; None where there is nothing."""
    found: Any = claims
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
