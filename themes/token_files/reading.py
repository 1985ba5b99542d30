"""Reads a token file whole: what a theme uses of it, by day and by night, and in words what it does not."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..faces import FACES
from ..own_faces import OwnFace
from ..refusal import ThemeRefused, shown
from .arrangements import Tree, arranged
from .basis import KNOWN, Faces, as_used, parts_of, value_of, why_not
from .json_file import read_json
from .references import References
from .set_files import read_sets
from .trees import Token, tokens_of
from .work import OF_A_COLOUR, Work

PART_LEFT = "als deel van een samengesteld token"
TWICE = "want hetzelfde staat later nog eens in het bestand"
SHOWN = 3
"""How many names of what was left stand in one line; the rest is counted."""
MORE_WAYS = 20
"""How much dearer a token is that stands there already, with its points and dashes in other places."""
MOST_LINES = 100
"""Of notes, and of reasons; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of a token file."""

    light: Mapping[str, str]
    """Tokens of the basis layer without their dashes, as CSS."""
    dark: Mapping[str, str]
    """The same where a file has a dark set: what is another there."""
    names: frozenset[str]
    """All tokens of the file, as it spells them."""
    used: frozenset[str]
    """Those of which a theme uses something."""
    left: Mapping[str, list[str]]
    """Why to the names of the tokens that are not used."""
    notes: list[str]
    """The same in words, with all else that was read and does nothing."""


def read_tokens(
    path: Path, generated: Mapping[str, str], by_night: Mapping[str, str], own_faces: Mapping[str, OwnFace]
) -> Reading:
    """Read `tokens.json` or `tokens/` over the tokens that were generated.

    Raises ThemeRefused with every reason.
    """
    tree, told = read_sets(path) if path.is_dir() else (read_json(path), [])
    try:
        return _read(tree, told, generated, by_night, {**FACES, **own_faces})
    except RecursionError:
        raise ThemeRefused(["tokens: groepen of waarden liggen of verwijzen te diep in elkaar."]) from None


def _read(
    tree: Tree, told: list[str], generated: Mapping[str, str], by_night: Mapping[str, str], faces: Faces
) -> Reading:
    work = Work()
    arrangement = arranged(tree, work)
    beside: Counter[str] = Counter()
    tokens = tokens_of(arrangement.light, beside, work)
    light, used, left = _used(tokens, generated, faces, work)
    dark: dict[str, str] = {}
    if arrangement.dark is not None:
        beside_dark: Counter[str] = Counter()
        others = tokens_of(arrangement.dark, beside_dark, work)
        night, by_night_too, left_dark = _used(others, by_night or generated, faces, work)
        beside |= beside_dark
        for why, names in left_dark.items():
            known = left.setdefault(why, [])
            known += [name for name in names if name not in known]
        declared = {_name(token) for name, token in others.items() if tokens.get(name) != token}
        dark = {name: value for name, value in night.items() if value != light.get(name) or name in declared}
        tokens, used = {**others, **tokens}, used | by_night_too
    notes = [f"tokens: {one}" for one in (*told, *arrangement.left)]
    notes += [_in_words(why, names) for why, names in left.items()]
    extra = {what: count for what, count in beside.items() if count}
    if extra:
        counted = ", ".join(f"{shown(what)} ({count})" for what, count in sorted(extra.items()))
        notes.append(
            f"tokens: wat naast een waarde stond of geen $value had, is gelezen en doet niets: {counted}."
        )
    return Reading(light, dark, frozenset(tokens), frozenset(used), left, _at_most(notes))


def _used(
    tokens: Mapping[str, Token], generated: Mapping[str, str], faces: Faces, work: Work
) -> tuple[dict[str, str], set[str], dict[str, list[str]]]:
    """What a theme uses, the names in the file that it comes of, and the rest by why not."""
    references = References(tokens, generated, work)
    values: dict[str, str] = {}
    said_by: dict[str, str] = {}
    used: set[str] = set()
    left: dict[str, list[str]] = {}
    reasons: list[str] = []
    for token in tokens.values():
        try:
            if why := _why_not(token, work):
                left.setdefault(why, []).append(token.name)
                continue
            name = _name(token)
            for part, value in parts_of(name, token.type, references.value(token)):
                if part in KNOWN:
                    work.step(OF_A_COLOUR * (MORE_WAYS if part in values else 1))
                    if part in said_by:
                        left.setdefault(TWICE, []).append(said_by[part])
                    said_by[part] = token.name
                    values[part], why = as_used(part, value, value_of(part, value, token.name, faces), faces)
                    if why:
                        left.setdefault(why, []).append(token.name)
                    used.add(token.name)
                else:
                    left.setdefault(PART_LEFT, []).append(f"{token.name} ({part})")
        except ThemeRefused as refused:
            reasons += refused.reasons
    if reasons:
        raise ThemeRefused(_at_most(list(dict.fromkeys(reasons))))
    return values, used, left


def _name(token: Token) -> str:
    return token.name.removeprefix("basis.").replace(".", "-")


def _why_not(token: Token, work: Work) -> str:
    """Why a token is not used at all; empty when it, or a part of it, may be. Raises ThemeRefused."""
    if token.only_refers:
        return "staat in een set die alleen bron is"
    if not token.name.startswith("basis."):
        return f"hoort niet bij de basislaag ({shown(token.name.split('.')[0])})"
    name = _name(token)
    if name in KNOWN or token.type in {"typography", "border"}:
        return ""
    return why_not(name, work)


def _at_most(lines: list[str]) -> list[str]:
    more = [f"tokens: en nog {len(lines) - MOST_LINES} van zulke regels."] if len(lines) > MOST_LINES else []
    return [*lines[:MOST_LINES], *more]


def _in_words(why: str, names: list[str]) -> str:
    more = f" en nog {len(names) - SHOWN}" if len(names) > SHOWN else ""
    told = ", ".join(shown(name) for name in names[:SHOWN])
    return f"tokens: niet gebruikt, {why}: {told}{more}."
