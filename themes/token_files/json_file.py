"""JSON from outside, read strictly: no name twice in one object, no numbers that are none, not too deep."""

import json
from pathlib import Path
from typing import Any

from ..files import NO_UTF8, content, utf8
from ..refusal import ThemeRefused, shown

DEEPEST = 24
MOST_NODES = 60_000  # the whole of NL Design System's own library has about a third


def read_json(path: Path) -> dict[str, Any]:
    """The object in a file. Raises ThemeRefused."""
    return as_object(parsed(content(path), path.name), path.name)


def parsed(data: bytes, where: str) -> Any:
    """What a file's text says, whatever it is; `where` is how messages call it. Raises ThemeRefused."""
    if (text := utf8(data)) is None:
        raise ThemeRefused([f"{where} kan niet gelezen worden: {NO_UTF8}"])
    try:
        tree = json.loads(text, object_pairs_hook=_object, parse_constant=_constant)
    except (ValueError, RecursionError) as error:
        raise ThemeRefused([f"{where} kan niet gelezen worden: {shown(error)}"]) from None
    except Unfit as unfit:
        raise ThemeRefused([f"{where}: {unfit}"]) from None
    within_limits(tree, where)
    return tree


def within_limits(tree: Any, where: str) -> None:
    """Raises ThemeRefused where it is too deep or too large."""
    try:
        nodes = _nodes(tree)
    except Unfit as unfit:
        raise ThemeRefused([f"{where}: {unfit}"]) from None
    if nodes > MOST_NODES:
        raise ThemeRefused([f"{where} bevat meer dan {MOST_NODES} waarden."])


def as_object(value: Any, where: str) -> dict[str, Any]:
    """The same, where it is an object with tokens. Raises ThemeRefused."""
    if not isinstance(value, dict):
        raise ThemeRefused([f"{where} moet een object met tokens zijn."])
    return value


class Unfit(Exception):
    """Why a text is not taken."""


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise Unfit(f"{shown(name)} staat er op één plek twee keer.")
        if not name.isascii() and any("\ud800" <= one <= "\udfff" for one in name):
            raise Unfit(f"in de naam {shown(name)} staat een half teken, dat niemand kan tonen.")
        found[name] = value
    return found


def _constant(name: str) -> Any:
    raise Unfit(f"{name} is geen getal dat kan.")


def _nodes(value: Any, depth: int = 0) -> int:
    if depth > DEEPEST:
        raise Unfit("te veel lagen in elkaar.")
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + sum(_nodes(one, depth + 1) for one in inner)
