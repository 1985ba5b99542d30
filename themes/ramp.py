"""From seed colours to the colour tokens of the basis layer: 26 roles of 14 steps, readable by construction.

Backgrounds are made first, with a fixed lightness and a trace of the seed's hue. Borders and texts start at
the seed itself and are darkened, or lightened on dark backgrounds, until they read on them. An inverse role
is filled with its seed; its text is white or black, whichever reads. A light button keeps its colour too, and
gets a line around it instead.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from .colour import MARGIN, contrast, darkened, lightened, oklch, parts_of, reads_on

STEPS = (
    "bg-document", "bg-subtle", "bg-default", "bg-hover", "bg-active",
    "border-subtle", "border-default", "border-hover", "border-active",
    "color-subtle", "color-default", "color-hover", "color-active", "color-document",
)  # fmt: skip

SEEDS = (
    "accent-1", "accent-2", "accent-3", "action-1", "action-2", "neutral",
    "info", "positive", "warning", "negative", "highlight",
)  # fmt: skip

USUAL = {
    "neutral": "#5b6470", "info": "#0b5cad", "positive": "#1d6b34", "warning": "#8a5a00",
    "negative": "#b3131b", "highlight": "#b58900",
}  # fmt: skip
"""Seeds that come of no other one."""

ROLES = (
    "default", "accent-1", "accent-2", "accent-3", "action-1", "action-2", "disabled",
    "info", "negative", "positive", "warning", "highlight", "selected",
)  # fmt: skip

STATUS = ("info", "positive", "warning", "negative")
WHITE, BLACK = "#ffffff", "#000000"
TEXT, SHAPE = 4.5, 3.0
"""The ratios of WCAG for text, and for borders and shapes that carry meaning."""

PALE = 0.8
"""Lighter than this, what reads of a colour is another colour: of yellow it is olive."""
MOST_TINT = 0.045
"""The most chroma of a background."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How a ramp goes: light backgrounds with darker texts, or the other way round."""

    page: float
    """Lightness of the page."""
    backgrounds: Mapping[str, tuple[float, float]]
    """Lightness, and which part of the seed's chroma (at most MOST_TINT)."""
    further: float
    """To which side texts move: -1 darker, 1 lighter."""
    border_subtle: float
    subtle: float
    document: float
    page_text: float
    """Lightness that the soft line, the soft text, a role's running text and the page's start from."""
    until_it_reads: Callable[[str, tuple[str, ...], float], str]


LIGHT = Mode(
    1.0,
    {"bg-subtle": (0.982, 0.1), "bg-default": (0.958, 0.2), "bg-hover": (0.93, 0.3), "bg-active": (0.9, 0.4)},
    -1, 0.86, 0.52, 0.33, 0.24, darkened,
)  # fmt: skip
DARK = Mode(
    0.205,
    {"bg-subtle": (0.24, 0.3), "bg-default": (0.27, 0.4), "bg-hover": (0.31, 0.5), "bg-active": (0.35, 0.6)},
    1, 0.42, 0.72, 0.88, 0.94, lightened,
)  # fmt: skip

STANDS_ANYWHERE = frozenset(["action-1", "action-2", "default", "negative", "accent-1"])
"""Roles whose texts also stand on the backgrounds of others."""

BUTTON_GROUNDS = (
    "color-default-bg-document", "color-default-bg-subtle", "color-default-bg-default",
    "color-accent-1-bg-default", "color-accent-2-bg-default",
)  # fmt: skip
"""What a button lies on."""

Ramp = dict[str, str]


def with_defaults(seeds: Mapping[str, str]) -> dict[str, str]:
    """All seeds; one that was not given comes from its neighbour, or is the usual colour of a status."""
    accent = seeds["accent-1"]
    full = {
        "accent-2": accent, "accent-3": accent, "action-1": accent,
        "action-2": seeds.get("action-1", accent),
        **USUAL,
    }  # fmt: skip
    return {**full, **seeds}


def seed_of(role: str, seeds: Mapping[str, str]) -> str:
    """Which seed fills a role."""
    return seeds[{"default": "neutral", "disabled": "neutral", "selected": "accent-1"}.get(role, role)]


def backgrounds(role: str, seed: str, page: str, mode: Mode) -> Ramp:
    """The five backgrounds of a role; all lie on the same page."""
    _lightness, chroma, hue = parts_of(seed)
    if role in {"default", "disabled"}:
        chroma = min(chroma, 0.02)
    tints = {
        step: oklch(lightness, min(chroma * part, MOST_TINT * part / 0.4), hue)
        for step, (lightness, part) in mode.backgrounds.items()
    }
    return {"bg-document": page, **tints}


def foregrounds(role: str, seed: str, own: Ramp, beside: tuple[str, ...], mode: Mode) -> Ramp:
    """Borders and texts of a role that read on its own backgrounds and on those of others beside it."""
    lightness, chroma, hue = parts_of(seed)
    if role in {"default", "disabled"}:
        chroma = min(chroma, 0.03)
        seed = oklch(lightness, chroma, hue)
    reading, page = mode.until_it_reads, own["bg-document"]
    text = reading(seed, (own["bg-default"], page, own["bg-subtle"], *beside), TEXT)
    deep, _chroma, _hue = parts_of(text)
    line = reading(seed, (own["bg-default"], page, *beside), SHAPE)
    bold = oklch(parts_of(line)[0] + mode.further * 0.06, chroma, hue)
    hover = oklch(deep + mode.further * 0.06, chroma, hue)
    active = oklch(deep + mode.further * 0.1, chroma, hue)
    running = oklch(mode.page_text if role == "default" else mode.document, chroma, hue)
    return {
        "border-subtle": oklch(mode.border_subtle, min(chroma * 0.5, 0.05), hue),
        "border-default": line,
        "border-hover": reading(bold, (own["bg-hover"], page), SHAPE),
        "border-active": reading(bold, (own["bg-active"], page), SHAPE),
        "color-subtle": reading(
            oklch(mode.subtle, chroma, hue), (page, own["bg-subtle"], own["bg-default"]), TEXT
        ),
        "color-default": text,
        "color-hover": reading(hover, (own["bg-hover"], page, *beside), TEXT),
        "color-active": reading(active, (own["bg-active"], page, *beside), TEXT),
        "color-document": reading(running, (own["bg-subtle"], own["bg-active"], *beside), 7.0),
    }


def is_pale(seed: str) -> bool:
    """Whether a colour is too light to be used for texts and lines, even darkened."""
    return parts_of(seed)[0] > PALE


def text_on(seed: str) -> str:
    """White where it reads, else black."""
    return WHITE if contrast(WHITE, seed) >= TEXT + MARGIN else BLACK


def inverse(seed: str) -> Ramp:
    """A role filled with its seed."""
    lightness, chroma, hue = parts_of(seed)
    text = text_on(seed)
    away = -1 if text == WHITE else 1  # from the text, so that contrast only grows
    fill = {
        "bg-document": seed, "bg-subtle": oklch(lightness + away * 0.02, chroma, hue), "bg-default": seed,
        "bg-hover": oklch(lightness + away * 0.06, chroma, hue),
        "bg-active": oklch(lightness + away * 0.1, chroma, hue),
    }  # fmt: skip
    fill = {step: colour if reads_on(text, (colour,), TEXT) else seed for step, colour in fill.items()}
    lines = {
        f"border-{step}": softened(text, hue, chroma, (fill[f"bg-{step}"], seed), SHAPE)
        for step in ("default", "hover", "active")
    }
    return {
        **fill,
        "border-subtle": oklch(lightness + (-away) * 0.15, chroma, hue),
        **lines,
        "color-subtle": softened(text, hue, chroma, (seed,), TEXT),
        **{f"color-{step}": text for step in ("default", "hover", "active", "document")},
    }


def softened(text: str, hue: float, chroma: float, backgrounds: tuple[str, ...], ratio: float) -> str:
    """A tint of white, or a shade of black, that still reads."""
    for part in (0.12, 0.08, 0.04):
        soft = oklch(1 - part, chroma * 0.25, hue) if text == WHITE else oklch(2 * part, chroma * 0.25, hue)
        if reads_on(soft, backgrounds, ratio + MARGIN):
            return soft
    return text


def page_of(seeds: Mapping[str, str], mode: Mode) -> str:
    """The colour that everything lies on: white, or nearly black with a trace of the neutral colour."""
    _lightness, chroma, hue = parts_of(seeds["neutral"])
    return WHITE if mode is LIGHT else oklch(mode.page, min(chroma * 0.3, 0.012), hue)


def generate(given: Mapping[str, str], mode: Mode = LIGHT) -> dict[str, str]:
    """All colour tokens, by name without the leading `--basis-`."""
    seeds = with_defaults(given)
    page = page_of(seeds, mode)
    grounds = {role: backgrounds(role, seed_of(role, seeds), page, mode) for role in ROLES}
    # Links and texts of the page also stand on messages, on the footer and on the page's own tints.
    everywhere = (
        *(grounds["default"][step] for step in ("bg-document", "bg-subtle", "bg-default")),
        *(grounds[role]["bg-default"] for role in (*STATUS, "accent-1", "accent-2", "highlight")),
    )
    tokens: dict[str, str] = {"color-transparent": "rgba(0, 0, 0, 0)"}
    for role in ROLES:
        seed = seed_of(role, seeds)
        beside = everywhere if role in STANDS_ANYWHERE else (page,)
        inked = role == "action-1" or (role == "action-2" and role not in given)
        ink = seeds["neutral"] if inked and mode is LIGHT and is_pale(seed) else seed
        ramp = {**grounds[role], **foregrounds(role, ink, grounds[role], beside, mode)}
        filled = mode.until_it_reads(seed, everywhere, SHAPE) if stands_out(role, seed, mode) else seed
        for kind, steps in ((role, ramp), (f"{role}-inverse", inverse(filled))):
            tokens |= {f"color-{kind}-{step}": steps[step] for step in STEPS}
    return tokens | disabled(tokens)


def stands_out(role: str, seed: str, mode: Mode) -> bool:
    """Whether a filled role is to be seen by its own colour, and not by a line around it."""
    if mode is DARK:
        return role in {"accent-1", "action-1"} or role in STATUS
    return role == "action-1" and text_on(seed) == WHITE


def button_line(tokens: Mapping[str, str]) -> str:
    """The line around a main button: none where its own colour stands out on all it lies on."""
    filled = tokens["color-action-1-inverse-bg-default"]
    if reads_on(filled, tuple(tokens[ground] for ground in BUTTON_GROUNDS), SHAPE):
        return tokens["color-transparent"]
    return tokens["color-action-1-inverse-border-default"]


def disabled(tokens: Mapping[str, str]) -> Ramp:
    """What cannot be used looks flat; WCAG asks no contrast of it, we keep it legible."""
    flat = {
        step: f"{step.split('-')[0]}-subtle" if not step.startswith("bg") else "bg-default" for step in STEPS
    }
    return {
        f"color-disabled{kind}-{step}": tokens[f"color-default{kind}-{source}"]
        for kind in ("", "-inverse")
        for step, source in flat.items()
    }
