"""JSON from outside, read strictly: no name twice in one object, no numbers that are none, not too deep."""

import json
from pathlib import Path
from typing import Any

from ..files import content
from ..refusal import ThemeRefused, shown

DEEPEST = 24
MOST_NODES = 60_000  # the whole of NL Design System's own library has about a third


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file. Raises ThemeRefused."""
    try:
        tree = json.loads(content(path), object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise ThemeRefused([f"tokens.json kan niet gelezen worden: {shown(error)}"]) from None
    if not isinstance(tree, dict):
        raise ThemeRefused(["tokens.json moet een object met tokens zijn."])
    if _nodes(tree) > MOST_NODES:
        raise ThemeRefused([f"tokens.json bevat meer dan {MOST_NODES} waarden."])
    return tree


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ThemeRefused([f"tokens.json: {shown(name)} staat er op één plek twee keer."])
        found[name] = value
    return found


def _constant(name: str) -> Any:
    raise ThemeRefused([f"tokens.json: {name} is geen getal dat kan."])


def _nodes(value: Any, depth: int = 0) -> int:
    if depth > DEEPEST:
        raise ThemeRefused(["tokens.json: te veel lagen in elkaar."])
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(_nodes(one, depth + 1) for one in inner)
