"""An export of Tokens Studio in more files, put together into the one file it could have been as well.

`tokens/` holds a file for each set, in folders as far as the set's name has parts; `$metadata.json` has their
order and `$themes.json` the themes that turn them on.
"""

import unicodedata
from pathlib import Path
from typing import Any

from ..files import MOST_OF_TOKENS, OF_TOKENS, TOKENS, content, token_files
from ..refusal import ThemeRefused, shown
from .json_file import as_object, parsed, within_limits

METADATA, THEMES = OF_TOKENS


def read_sets(folder: Path) -> tuple[dict[str, Any], list[str]]:
    """The tree of the file it could have been, and what is to be told of it. Raises ThemeRefused."""
    tree: dict[str, Any] = {}
    reasons: list[str] = []
    for path in token_files(folder):
        if path.is_dir():
            continue
        try:
            name = path.relative_to(folder).as_posix()
            where = f"{TOKENS}/{shown(name)}"
            value = _fit(name, parsed(content(path, MOST_OF_TOKENS), where), where)
            key = _spelled(name.removesuffix(".json"))
            if key in tree:
                raise ThemeRefused([f"{where} is er twee keer, met de accenten anders geschreven."])
            tree[key] = value
        except ThemeRefused as refused:
            reasons += refused.reasons
    if reasons:
        raise ThemeRefused(reasons)
    within_limits(tree, f"{TOKENS}/")
    return _ordered(tree)


def _fit(name: str, value: Any, where: str) -> Any:
    """What a file holds, if it is what its name says. Raises ThemeRefused."""
    if name == THEMES:
        if not isinstance(value, list):
            raise ThemeRefused([f"{where} moet een lijst met thema's zijn."])
        return value
    tree = as_object(value, where)
    if name != METADATA and ("$themes" in tree or "$metadata" in tree):
        raise ThemeRefused(
            [f"{where} is een export in één bestand. Zet het als tokens.json in de themamap, zonder tokens/."]
        )
    return tree


def _ordered(tree: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The tree with an order; that of the names where there is none, and that is told."""
    order = tree.get("$metadata", {}).get("tokenSetOrder")
    if isinstance(order, list):
        named = [_spelled(one) for one in order if isinstance(one, str)]
        return {**tree, "$metadata": {"tokenSetOrder": named}}, []
    names = [name for name in tree if not name.startswith("$")]
    told = f"in {TOKENS}/{METADATA} ontbreekt de volgorde van de sets (tokenSetOrder); zij liggen nu op naam."
    return {**tree, "$metadata": {"tokenSetOrder": names}}, [told]


def _spelled(name: str) -> str:
    """An accent with its letter, however the computer that the files come from writes it."""
    return unicodedata.normalize("NFC", name)
