"""What of a token file counts, by its own arrangement: sets and themes, contexts, or one plain tree.

Tokens Studio keeps sets beside each other and lays them over one another in an order, as far as a theme
turns them on. DTCG's resolver does so with sets and modifiers. A plain tree is all there is.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..refusal import ThemeRefused, shown
from .work import Work

Tree = dict[str, Any]
DARK = re.compile(r"(?:^|[^a-z])(?:dark|donker|nacht|night)(?:[^a-z]|$)", re.I)
INDEX = re.compile(r"0|[1-9][0-9]{0,5}")  # in a list, as RFC 6901 writes it
OWN_KEYS = ("$themes", "$metadata")


@dataclass(slots=True)
class Arrangement:
    """The tree of the light mode, that of the dark one where there is any, and what does not count."""

    light: Tree
    dark: Tree | None = None
    left: list[str] = field(default_factory=list)
    """What was read and does not count, a sentence each."""


def arranged(tree: Tree, work: Work) -> Arrangement:
    """Which way of arranging this file has. Raises ThemeRefused."""
    if isinstance(tree.get("$themes"), list) or isinstance(_order(tree), list):
        return _tokens_studio(tree, work)
    if "resolutionOrder" in tree:
        return _resolver(tree, work)
    tops = {name: one for name, one in tree.items() if isinstance(one, dict) and not name.startswith("$")}
    if "basis" not in tops and tops and all("basis" in one for one in tops.values()):
        # An export of long ago.
        return _tokens_studio({**tree, "$metadata": {"tokenSetOrder": list(tops)}}, work)
    return Arrangement(tree)


def _order(tree: Tree) -> Any:
    metadata = tree.get("$metadata")
    return metadata.get("tokenSetOrder") if isinstance(metadata, dict) else None


def _tokens_studio(tree: Tree, work: Work) -> Arrangement:
    sets = {name: one for name, one in tree.items() if name not in OWN_KEYS and isinstance(one, dict)}
    given = _order(tree)
    order = [name for name in given if isinstance(name, str)] if isinstance(given, list) else list(sets)
    order = list(dict.fromkeys(reversed(order)))[::-1]  # of a name that comes again the last place counts
    left = [
        f"de set “{shown(name)}” staat in de volgorde, maar is er niet." for name in order if name not in sets
    ]
    in_order = set(order)
    late = [name for name in sets if name not in in_order]
    left += [
        f"de set “{shown(name)}” staat niet in de volgorde ($metadata); hij ligt bovenop." for name in late
    ]
    order = [name for name in order if name in sets] + late
    themes = [one for one in tree.get("$themes") or [] if isinstance(one, dict)]
    if not themes:
        by_day = [name for name in order if not DARK.search(name)]
        dark = _laid([sets[one] for one in order], work) if len(by_day) < len(order) else None
        return Arrangement(_laid([sets[one] for one in by_day], work), dark, left)
    chosen_light, chosen_dark = _options(themes)
    chosen = {id(one) for one in (*chosen_light, *chosen_dark)}
    left += [
        f"het thema “{shown(one.get('name'))}” is niet gekozen." for one in themes if id(one) not in chosen
    ]
    on_light, on_dark = _turned_on(chosen_light), _turned_on(chosen_dark)
    turned_on = {**on_light, **on_dark}
    left += [
        f"een thema zet de set “{shown(name)}” aan, maar die is er niet."
        for name in turned_on
        if name not in sets
    ]
    left += [
        f"de set “{shown(name)}” staat in geen gekozen thema aan." for name in order if name not in turned_on
    ]
    day = [_marked(sets[name], on_light[name]) for name in order if name in on_light]
    night = [_marked(sets[name], on_dark[name]) for name in order if name in on_dark]
    return Arrangement(_laid(day, work), _laid(night, work) if on_dark != on_light else None, left=left)


def _options(themes: list[Tree]) -> tuple[list[Tree], list[Tree]]:
    """Of each group of themes the one that is light, and the one that is dark where there is any."""
    groups: dict[str, list[Tree]] = {}
    for one in themes:
        groups.setdefault(str(one.get("group") or ""), []).append(one)
    light, dark = [], []
    for options in groups.values():
        by_day: list[Tree] = []
        by_night: list[Tree] = []
        for one in options:
            (by_night if DARK.search(str(one.get("name"))) else by_day).append(one)
        light.append((by_day or options)[0])
        dark.append((by_night or by_day)[0])
    return light, dark


def _turned_on(themes: list[Tree]) -> dict[str, str]:
    """Set to “enabled” or “source”: what is only a source in one and enabled in another is enabled."""
    found: dict[str, str] = {}
    for one in themes:
        selected = one.get("selectedTokenSets")
        for name, state in selected.items() if isinstance(selected, dict) else ():
            if state in ("enabled", "source") and found.get(name) != "enabled":
                found[name] = state
    return found


def _marked(tree: Tree, state: str) -> Tree:
    """A set that is only a source, marked as such."""
    return {SOURCE_ONLY: True, **tree} if state == "source" else tree


SOURCE_ONLY = "\0source"
"""Stands on the tokens of a set that is only there to be referred to. Files that write it lose their own."""


def _laid(trees: list[Tree], work: Work) -> Tree:
    """Trees over one another; the later wins."""
    whole: Tree = {}
    for tree in trees:
        source = tree.get(SOURCE_ONLY) is True
        over = {name: one for name, one in tree.items() if name != SOURCE_ONLY}
        _lay_over(whole, over, work, source=source)
    return whole


def is_token(node: Any, work: Work) -> bool:
    """Whether a node of a tree is a token, by `$value`, `$ref` or the `value` of Style Dictionary."""
    if not isinstance(node, dict):
        return False
    if "$value" in node or "$ref" in node:
        return True
    if "value" not in node:
        return False
    value = node["value"]
    if not isinstance(value, dict) or "unit" in value:
        return True
    return not any(_holds_token(one, work) for one in value.values())


def _holds_token(node: Any, work: Work) -> bool:
    work.step()
    return isinstance(node, dict) and (
        "$value" in node or "value" in node or any(_holds_token(one, work) for one in node.values())
    )


def _lay_over(under: Tree, over: Mapping[str, Any], work: Work, *, source: bool) -> None:
    work.step(1 + len(over))
    for key, value in over.items():
        below = under.get(key)
        if is_token(value, work):
            under[key] = {**value, SOURCE_ONLY: True} if source else value
        elif isinstance(value, dict):
            if not isinstance(below, dict) or is_token(below, work):
                below = under[key] = {}
            _lay_over(below, value, work, source=source)
        else:
            under[key] = value


def _resolver(tree: Tree, work: Work) -> Arrangement:
    """DTCG's resolver, as far as all stands in this one file."""
    left: list[str] = []
    order = tree["resolutionOrder"] if isinstance(tree["resolutionOrder"], list) else []
    light = [part for item in order for part in _Parts(tree, left, work, dark=False).of(item)]
    dark = [part for item in order for part in _Parts(tree, left, work, dark=True).of(item)]
    one, other = _laid(_last_of_each(light), work), _laid(_last_of_each(dark), work)
    return Arrangement(one, other if other != one else None, left=list(dict.fromkeys(left)))


def _last_of_each(parts: list[Tree]) -> list[Tree]:
    """Each part once, at the last of its places; what it says earlier is overruled there anyhow."""
    return list({id(one): one for one in reversed(parts)}.values())[::-1]


class _Parts:
    """The trees that an item of the resolver's order stands for, by day or by night."""

    def __init__(self, tree: Tree, left: list[str], work: Work, *, dark: bool) -> None:
        self.tree = tree
        self.left = left
        self.work = work
        self.dark = dark

    def of(self, item: Any, depth: int = 0) -> Iterator[Tree]:
        """In order."""
        self.work.step()
        if depth > 8:
            raise ThemeRefused(["tokens: sets verwijzen in een kring naar elkaar."])
        if not isinstance(item, dict):
            return
        if isinstance(reference := item.get("$ref"), str):
            if not reference.startswith("#/"):
                self.left.append(f"het bestand “{shown(reference)}” zit er niet bij.")
                return
            yield from self.of(pointed(self.tree, reference, self.work), depth + 1)
        elif isinstance(contexts := item.get("contexts"), dict):
            sources = self._chosen(item, contexts)
            for source in sources if isinstance(sources, list) else [sources]:
                yield from self.of(source, depth + 1)
        elif isinstance(sources := item.get("sources"), list):
            for source in sources:
                yield from self.of(source, depth + 1)
        else:
            yield item

    def _chosen(self, item: Tree, contexts: Tree) -> Any:
        """The context that counts: the default or the first that is not dark; by night the dark one."""
        self.work.step(len(contexts))
        night = next((name for name in contexts if DARK.search(name)), None)
        others = [name for name in contexts if name != night]
        default = item.get("default")
        day = str(default) if default in others else others[0] if others else str(night)
        self.left += [
            f"de stand “{shown(name)}” is niet gekozen." for name in contexts if name not in (day, night)
        ]
        return contexts.get(night if self.dark and night else day)


def pointed(tree: Any, reference: str, work: Work) -> Any:
    """What a JSON pointer (RFC 6901) such as `#/a/b` points at, or None."""
    work.step(1 + len(reference) // 20)
    found = tree
    for part in reference.removeprefix("#").split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, dict):
            found = found.get(name)
        elif isinstance(found, list) and INDEX.fullmatch(name) and int(name) < len(found):
            found = found[int(name)]
        else:
            return None
    return found
