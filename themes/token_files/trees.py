"""The tokens of one tree, each with its dotted name, its value as written and its type.

A type may stand on a group above; a group may extend another; a token may be the root of its group.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ..refusal import ThemeRefused, shown
from .arrangements import SOURCE_ONLY, Tree, is_token, pointed
from .work import Work

READ = {"$value", "$type", "$ref", "$extensions", "$extends", "$root", "value", "type", SOURCE_ONLY}
LONGEST_NAME = 500
STUDIO = "studio.tokens"
"""Of the extensions the one that changes a value: Tokens Studio's modifiers of colours."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token as it stands in the file."""

    name: str
    """Dotted, as references spell it; `$root` is left out."""
    value: Any
    type: str
    modify: Mapping[str, Any] | None
    """How Tokens Studio changes the colour: lighten, darken, mix or alpha."""
    only_refers: bool
    """In a set that is only there to be referred to."""


def tokens_of(tree: Tree, beside: Counter[str], work: Work) -> dict[str, Token]:
    """All tokens of a tree by name; counts in `beside` what stands beside values and is not used."""
    return {token.name: token for token in _tokens(_extended(tree, tree, work), "", "", beside, work)}


def _tokens(tree: Tree, path: str, kind: str, beside: Counter[str], work: Work) -> Iterator[Token]:
    kind = _text(tree.get("$type")) or kind
    for key, node in tree.items():
        if key.startswith("$") and key != "$root":
            beside[key] += key not in READ and key != "$schema"
            continue
        name = path if key == "$root" else f"{path}.{key}" if path else key
        if not isinstance(node, dict):
            beside[name] += name not in {"name", "version"}
            continue
        if len(name) > LONGEST_NAME:
            raise ThemeRefused([f"tokens: de naam {shown(name)} is te lang."])
        if is_token(node, work):
            yield _token(node, name, kind, beside, work)
        else:
            yield from _tokens(node, name, kind, beside, work)


def _token(node: Tree, name: str, kind: str, beside: Counter[str], work: Work) -> Token:
    extensions = node.get("$extensions")
    modify = None
    for key, extension in extensions.items() if isinstance(extensions, dict) else ():
        found = extension.get("modify") if key == STUDIO and isinstance(extension, dict) else None
        modify = found if isinstance(found, dict) else modify
        beside[f"$extensions {key}"] += found is None
    for key, value in node.items():
        if isinstance(value, dict) and key not in READ and is_token(value, work):
            beside["een token onder een token"] += 1
        elif key not in READ:
            beside[key] += 1
    value = node.get("$value", node.get("value", node if "$ref" in node else None))
    own = _text(node.get("$type")) or _text(node.get("type")) or kind
    return Token(name, value, own, modify, bool(node.get(SOURCE_ONLY)))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _extended(node: Tree, root: Tree, work: Work, above: tuple[str, ...] = ()) -> Tree:
    """The tree with what groups extend filled in under what they say themselves."""
    work.step(1 + len(node))
    found = dict(node)
    extends = found.pop("$extends", None)
    if isinstance(extends, dict):
        extends = extends.get("$ref")
    if isinstance(extends, str):
        if extends in above:
            raise ThemeRefused([f"tokens: groepen breiden elkaar in een kring uit ({shown(extends)})."])
        other = _group(extends, root, work)
        if not isinstance(other, dict) or is_token(other, work):
            raise ThemeRefused([f"tokens: de groep {shown(extends)} is er niet."])
        found = _over(_extended(other, root, work, (*above, extends)), found, work)
    return {
        key: _extended(one, root, work, above)
        if isinstance(one, dict) and not key.startswith("$") and not is_token(one, work)
        else one
        for key, one in found.items()
    }


def _group(reference: str, root: Tree, work: Work) -> Any:
    if reference.startswith("#"):
        return pointed(root, reference, work)
    return pointed(root, "#/" + reference.strip("{}").replace(".", "/"), work)


def _over(under: Tree, over: Tree, work: Work) -> Tree:
    work.step(len(under) + len(over))
    whole = dict(under)
    for key, value in over.items():
        below = whole.get(key)
        deeper = (
            isinstance(value, dict)
            and isinstance(below, dict)
            and not is_token(value, work)
            and not is_token(below, work)
        )
        whole[key] = _over(below, value, work) if deeper else value  # type: ignore[arg-type]  # dicts, as just seen
    return whole
