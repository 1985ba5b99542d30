"""Follows references: `{a.b}`, also within a text or a part of a value, `$a.b` of old, and JSON pointers.

First in the file, then in the tokens that we generated.
"""

import re
from collections.abc import Mapping
from typing import Any

from ..refusal import ThemeRefused, meant, shown
from .arrangements import Tree, pointed
from .trees import Token

CURLY = re.compile(r"\{([^{}]{1,200})\}")
OF_OLD = re.compile(r"\$[\w.-]{1,200}")
DEEPEST = 40
MOST_TEXT = 500
"""Characters; texts that refer to texts that refer to each twice grow fast."""


class References:
    """The tokens of one tree, and what they refer to."""

    def __init__(self, tree: Tree, tokens: Mapping[str, Token], generated: Mapping[str, str]) -> None:
        self.tree = tree
        self.tokens = tokens
        self.generated = generated

    def value(self, token: Token) -> Any:
        """A token's value with all references followed. Raises ThemeRefused."""
        return self._value(token, (token.name,))

    def _value(self, token: Token, above: tuple[str, ...]) -> Any:
        value = self._followed(token.value, above)
        if token.modify:
            from .colours import modified

            changes = self._followed(dict(token.modify), above)
            return modified(value, changes, token.name)
        return value

    def _followed(self, value: Any, above: tuple[str, ...]) -> Any:
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                return self._pointed(value["$ref"], above)
            return {key: self._followed(one, above) for key, one in value.items()}
        if isinstance(value, list):
            return [self._followed(one, above) for one in value]
        if not isinstance(value, str):
            return value
        text = value.strip()
        if OF_OLD.fullmatch(text) and text[1:] in self.tokens:
            return self._follow(text[1:], above)
        if whole := CURLY.fullmatch(text):
            return self._named(whole[1].strip(), above)
        replaced = CURLY.sub(lambda found: in_text(self._named(found[1].strip(), above)), value)
        if len(replaced) > MOST_TEXT and replaced != value:
            raise ThemeRefused([f"tokens: {shown(above[0])} wordt te lang."])
        return replaced

    def _named(self, name: str, above: tuple[str, ...]) -> Any:
        name = name.removesuffix(".$root")
        for spelled in (name, name.removesuffix(".value"), name.removesuffix(".$value")):
            if spelled in self.tokens:
                return self._follow(spelled, above)
        own = name.removesuffix(".value").removeprefix("basis.").replace(".", "-")
        if own in self.generated:
            return self.generated[own]
        return self._part(name, above)

    def _part(self, name: str, above: tuple[str, ...]) -> Any:
        """A part of a token's value, such as the size of a typography."""
        *parents, part = name.removesuffix(".value").split(".")
        parent = ".".join(parents)
        if parent in self.tokens:
            whole = self._follow(parent, above)
            if isinstance(whole, dict) and part in whole:
                return whole[part]
        known = (*self.tokens, *(f"basis.{one}" for one in self.generated))
        raise ThemeRefused(
            [f"tokens: {shown(above[0])} verwijst naar {shown(name)}, en dat is er niet.{meant(name, known)}"]
        )

    def _follow(self, name: str, above: tuple[str, ...]) -> Any:
        if name in above or len(above) > DEEPEST:
            raise ThemeRefused([f"tokens: {shown(above[0])} verwijst in een kring naar zichzelf."])
        return self._value(self.tokens[name], (*above, name))

    def _pointed(self, reference: str, above: tuple[str, ...]) -> Any:
        """What a JSON pointer points at: a token, its value, or a part of that."""
        if not reference.startswith("#/"):
            raise ThemeRefused(
                [f"tokens: {shown(above[0])} verwijst naar een ander bestand ({shown(reference)})."]
            )
        parts = reference.removeprefix("#/").split("/")
        for at in range(len(parts), 0, -1):
            name = ".".join(one.replace("~1", "/").replace("~0", "~") for one in parts[:at])
            if name.removesuffix(".$root") in self.tokens:
                found = self._follow(name.removesuffix(".$root"), above)
                rest = [one for one in parts[at:] if one not in {"$value", "value"}]
                return pointed(found, "#/" + "/".join(rest)) if rest else found
        raise ThemeRefused(
            [f"tokens: {shown(above[0])} verwijst naar {shown(reference)}, en dat is er niet."]
        )


def in_text(value: Any) -> str:
    """A value as it stands within a text."""
    if isinstance(value, dict) and isinstance(value.get("value"), int | float):
        return f"{value['value']:g}{value.get('unit', '')}"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    return f"{value:g}"
