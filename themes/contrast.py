"""Which colours meet on a page, and whether each can be read:

NL Design System's own pairs, and those across components.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .colour import contrast, nearest_that_reads
from .ramp import BUTTON_GROUNDS, ROLES, SHAPE, STATUS, TEXT

Tokens = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two colour tokens that meet, and the ratio they must reach."""

    front: str
    back: str
    limit: float
    where: str
    """Where they meet, in words for a designer."""


OWN = (
    ("border-default", "bg-default", SHAPE, "rand"),
    ("border-hover", "bg-hover", SHAPE, "rand onder de muis"),
    ("border-active", "bg-active", SHAPE, "rand bij indrukken"),
    ("color-default", "bg-default", TEXT, "tekst"),
    ("color-hover", "bg-hover", TEXT, "tekst onder de muis"),
    ("color-active", "bg-active", TEXT, "tekst bij indrukken"),
    ("color-document", "bg-subtle", TEXT, "lopende tekst"),
    ("color-document", "bg-default", TEXT, "lopende tekst op een vlak"),
    ("color-subtle", "bg-document", TEXT, "zachte tekst"),
)


PAGE = ("color-default-bg-document", "color-default-bg-subtle", "color-default-bg-default")
MESSAGES = tuple(f"color-{role}-bg-default" for role in STATUS)
TINTED = tuple(
    f"color-{role}-bg-{step}" for role in ("accent-1", "accent-2") for step in ("default", "subtle")
)
"""What large fields are tinted with, next to the page's own backgrounds."""
LINK_GROUNDS = (*PAGE, *MESSAGES, *TINTED)


def basis_pairs() -> Iterator[Pair]:
    """The pairs within one role, plain and inverse."""
    for role in ROLES:
        if role == "disabled":
            continue
        for kind in (role, f"{role}-inverse"):
            for front, back, limit, where in OWN:
                yield Pair(f"color-{kind}-{front}", f"color-{kind}-{back}", limit, f"{where} ({kind})")


def cross_pairs() -> Iterator[Pair]:
    """The pairs across roles, where real themes fail."""
    for back in LINK_GROUNDS:
        for step in ("default", "hover", "active"):
            yield Pair(f"color-action-2-color-{step}", back, TEXT, "link")
        yield Pair("color-default-color-document", back, TEXT, "lopende tekst")
    for back in PAGE:
        yield Pair("color-negative-color-default", back, TEXT, "foutmelding")
        yield Pair("color-default-color-subtle", back, TEXT, "zachte tekst")
    for back in (*PAGE, *TINTED):
        yield Pair("heading-color", back, TEXT, "kop")
    for back in BUTTON_GROUNDS:
        yield Pair("color-action-1-border-default", back, SHAPE, "rand van de tweede knop")
        yield Pair("color-action-1-color-default", back, TEXT, "tekst van de tweede knop")
    yield Pair("color-default-color-document", "color-default-bg-hover", TEXT, "lopende tekst op een label")
    for back in PAGE[:2]:
        yield Pair("form-control-border-color", back, SHAPE, "rand van een invulveld")
    yield Pair("form-control-border-color", "form-control-background-color", SHAPE, "rand van een invulveld")
    for back in ("form-control-background-color", "color-negative-bg-default"):
        yield Pair("form-control-color", back, TEXT, "tekst in een invulveld")
    yield Pair("focus-color", "focus-background-color", TEXT, "tekst met de focus")


FOCUS_GROUNDS = (
    *PAGE, "color-accent-1-inverse-bg-default", "color-accent-1-inverse-bg-hover",
    "color-action-1-inverse-bg-default",
    *TINTED, "color-negative-inverse-bg-default",
    *MESSAGES,
)  # fmt: skip
FOCUS_RING = ("focus-outline-color", "focus-inverse-outline-color")
MAIN_BUTTON = ("color-action-1-inverse-bg-default", "color-action-1-inverse-border-default")
"""A button and the line that we draw around it where it does not stand out by itself."""
EITHER = (
    *((FOCUS_RING, ground, "focusrand") for ground in FOCUS_GROUNDS),
    *((MAIN_BUTTON, ground, "knop op de pagina") for ground in BUTTON_GROUNDS),
)
"""Two colours that are there at once, of which one must be seen: our ring has two, a light button a line."""

PAIRS = (*basis_pairs(), *cross_pairs())


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A pair that does not reach its limit."""

    pair: Pair
    front: str
    back: str
    ratio: float


def unreadable(tokens: Tokens, handmade: frozenset[str] = frozenset()) -> list[Unreadable]:
    """Every pair of a theme's tokens that cannot be read well enough. Ratios are compared unrounded.

    Of two colours that are there at once, the one that the designer set is named: that one can be changed.
    """
    found = [
        Unreadable(pair, front, back, ratio)
        for pair in PAIRS
        if (ratio := contrast(front := tokens[pair.front], back := tokens[pair.back])) < pair.limit
    ]
    for names, ground, where in EITHER:
        ratios = {name: contrast(tokens[name], tokens[ground]) for name in names}
        if max(ratios.values()) < SHAPE:
            set_by_hand = [name for name in names if name in handmade]
            name = set_by_hand[-1] if set_by_hand else max(names, key=lambda name: ratios[name])
            pair = Pair(name, ground, SHAPE, where)
            found.append(Unreadable(pair, tokens[name], tokens[ground], ratios[name]))
    return found


def weakest(tokens: Tokens) -> tuple[Pair, float]:
    """The pair that is nearest to its limit, and what it reaches."""
    found = [(pair, contrast(tokens[pair.front], tokens[pair.back])) for pair in PAIRS]
    return min(found, key=lambda one: one[1] / one[0].limit)


def advice(tokens: Tokens, handmade: frozenset[str]) -> list[str]:
    """What to change: for each token the designer set, its worst pair and the nearest colour that reads."""
    of_token: dict[str, list[Unreadable]] = {}
    for fault in sorted(unreadable(tokens, handmade), key=lambda fault: fault.ratio / fault.pair.limit):
        front, back = fault.pair.front, fault.pair.back
        moving = front if front in handmade or back not in handmade else back
        of_token.setdefault(moving, []).append(fault)
    return [in_words(moving, found, tokens) for moving, found in of_token.items()]


def in_words(moving: str, faults: list[Unreadable], tokens: Tokens) -> str:
    """A token's worst pair, the first: its colours, the ratio, the limit, and the nearest that passes."""
    fault = faults[0]
    pair = fault.pair
    more = f" Zo zijn er nog {len(faults) - 1}." if len(faults) > 1 else ""
    better = nearest(moving, faults, tokens)
    hint = (
        f" De dichtstbijzijnde kleur die wel kan voor basis.{dotted(moving)} is {better}." if better else ""
    )
    return (
        f"{pair.where}: basis.{dotted(pair.front)} ({fault.front}) "
        f"op basis.{dotted(pair.back)} ({fault.back}) "
        f"haalt {decimal(fault.ratio)} : 1; nodig is {decimal(pair.limit)} : 1.{more}{hint}"
    )


def nearest(moving: str, faults: list[Unreadable], tokens: Tokens) -> str | None:
    """The nearest shade that reads with all a token meets; with its worst partner where there is none."""
    limits: dict[str, float] = {}
    for pair in (*(fault.pair for fault in faults), *PAIRS):
        if moving in (pair.front, pair.back):
            other = tokens[pair.back if pair.front == moving else pair.front]
            limits[other] = max(pair.limit, limits.get(other, 0))
    worst = dict([next(iter(limits.items()))])
    return nearest_that_reads(tokens[moving], limits) or nearest_that_reads(tokens[moving], worst)


def dotted(name: str) -> str:
    """A token's name as a token file writes it:

    `color-accent-1-bg-default` is `color.accent-1.bg-default`.
    """
    if not name.startswith("color-") or name == "color-transparent":
        return name.replace("-", ".", 1)
    role, _, step = next(
        name[6:].partition(f"-{kind}-") for kind in ("bg", "border", "color") if f"-{kind}-" in name[6:]
    )
    return f"color.{role}.{name[6 + len(role) + 1 :]}" if step else name


def decimal(ratio: float) -> str:
    """A ratio as Dutch writes it, rounded down so that 4,496 does not read as 4,5."""
    return f"{int(ratio * 100) / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
