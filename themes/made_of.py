"""What the committed base style was made of, and what it asks of themes.

The list is `base.json`, written by `themes.bundle`.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any


@cache
def made_of() -> dict[str, Any]:
    """The whole list."""
    found: dict[str, Any] = json.loads((Path(__file__).parent / "base.json").read_text())
    return found


@cache
def tokens_of_base() -> frozenset[str]:
    """The basis tokens that the base style reaches."""
    return frozenset(made_of()["tokens"])


@cache
def tokens_of_layer() -> frozenset[str]:
    """The tokens of the basis layer that are no colours, whether the base style reaches them or not."""
    return frozenset(made_of()["layer"])


def fonts_of(face: str) -> list[dict[str, str]]:
    """The files of a bundled typeface."""
    files: list[dict[str, str]] = made_of()["fonts"][face]
    return files
