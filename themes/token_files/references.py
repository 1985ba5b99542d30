"""Follows references: `{a.b}`, also within a text or a part of a value, `$a.b` of old, and JSON pointers.

First in the file, then in the tokens that we generated.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from ..refusal import ThemeRefused, shown
from .arrangements import pointed
from .colours import modified
from .trees import Token
from .work import OF_A_COLOUR, Work

CURLY = re.compile(r"\{([^{}]{1,200})\}")
OF_OLD = re.compile(r"\$[\w.-]{1,200}")
DEEPEST = 40
LARGEST = 1e9
MOST_TEXT = 500
"""Characters; texts that refer to texts that refer to each twice grow fast."""
MOST_VALUE = 5_000
"""Characters and parts of a value with all that it refers to; lists grow as fast."""


class References:
    """The tokens of one tree, and what they refer to."""

    def __init__(self, tokens: Mapping[str, Token], generated: Mapping[str, str], work: Work) -> None:
        self.tokens = tokens
        self.generated = generated
        self.work = work
        self.known: dict[str, Any] = {}
        """What was worked out, by the name of its token."""

    def value(self, token: Token) -> Any:
        """A token's value with all references followed. Raises ThemeRefused."""
        return self._value(token, (token.name,))

    def _value(self, token: Token, above: tuple[str, ...]) -> Any:
        if token.name not in self.known:
            value = self._followed(token.value, above)
            self._measure(value, above)
            if token.modify:
                changes = self._followed(dict(token.modify), above)
                self._measure(changes, above)
                self.work.step(OF_A_COLOUR)
                value = modified(value, changes, token.name)
            self.known[token.name] = value
        return self.known[token.name]

    def _measure(self, value: Any, above: tuple[str, ...]) -> None:
        """Raises ThemeRefused where a value has become too large."""
        size, rest = 0, [value]
        while rest:
            self.work.step()
            one = rest.pop()
            if isinstance(one, dict):
                size += sum(map(len, one))
                rest += one.values()
            elif isinstance(one, list):
                rest += one
            size += 1 + (len(one) if isinstance(one, str) else 0)
            size += one.bit_length() // 3 if isinstance(one, int) else 0
            if size > MOST_VALUE:
                raise ThemeRefused([f"tokens: {shown(above[0])} wordt te lang."])

    def _followed(self, value: Any, above: tuple[str, ...]) -> Any:
        self.work.step()
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
        if not CURLY.search(value):
            return value
        # A text that is long already is not even begun with.
        replaced = CURLY.sub(partial(self._in_place, above), value) if len(value) <= MOST_TEXT else value
        if len(replaced) > MOST_TEXT:
            raise ThemeRefused([f"tokens: {shown(above[0])} wordt te lang."])
        return replaced

    def _in_place(self, above: tuple[str, ...], found: re.Match[str]) -> str:
        """What stands in a text instead of a reference."""
        text = in_text(self._named(found[1].strip(), above))
        self.work.step(1 + len(text) // 20)
        return text

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
        found = self.work.meant(name, self._alike(name))
        raise ThemeRefused(
            [f"tokens: {shown(above[0])} verwijst naar {shown(name)}, en dat is er niet.{found}"]
        )

    def _alike(self, name: str) -> Iterator[str]:
        """Names that begin or end as this one does, or else any."""
        first, last = name.split(".")[0], name.split(".")[-1]
        known = (*self.tokens, *(f"basis.{one}" for one in self.generated))
        yield from (one for one in known if one.startswith(first) or one.endswith(last))
        yield from known

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
        parts = reference.removeprefix("#/").split("/") if len(reference) <= MOST_TEXT else []
        self.work.step(4 * len(parts))  # each is joined with all before it
        for at in range(len(parts), 0, -1):
            name = ".".join(one.replace("~1", "/").replace("~0", "~") for one in parts[:at])
            if name.removesuffix(".$root") in self.tokens:
                found = self._follow(name.removesuffix(".$root"), above)
                rest = [one for one in parts[at:] if one not in {"$value", "value"}]
                return pointed(found, "#/" + "/".join(rest), self.work) if rest else found
        raise ThemeRefused(
            [f"tokens: {shown(above[0])} verwijst naar {shown(reference)}, en dat is er niet."]
        )


def in_text(value: Any) -> str:
    """A value as it stands within a text."""
    if isinstance(value, dict) and isinstance(value.get("value"), int | float):
        return f"{in_text(value['value'])}{value.get('unit', '')}"
    # A whole number may be larger than Python can round.
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > LARGEST:
        return str(value)
    return f"{value:g}"
