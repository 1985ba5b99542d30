"""From seed colours to the colour tokens of the basis layer: 26 roles of 14 steps, readable by construction.

Backgrounds are made first, with a fixed lightness and a trace of the seed's hue. Borders and texts start at
the seed itself and are darkened until they read on their backgrounds. An inverse role is filled with its
seed; its text is white or black, whichever reads.
"""

from collections.abc import Mapping

from .colour import MARGIN, contrast, darkened, oklch, parts_of, reads_on

STEPS = (
    "bg-document", "bg-subtle", "bg-default", "bg-hover", "bg-active",
    "border-subtle", "border-default", "border-hover", "border-active",
    "color-subtle", "color-default", "color-hover", "color-active", "color-document",
)  # fmt: skip

SEEDS = (
    "accent-1", "accent-2", "accent-3", "action-1", "action-2", "neutral",
    "info", "positive", "warning", "negative", "highlight",
)  # fmt: skip

ROLES = (
    "default", "accent-1", "accent-2", "accent-3", "action-1", "action-2", "disabled",
    "info", "negative", "positive", "warning", "highlight", "selected",
)  # fmt: skip

STATUS = ("info", "positive", "warning", "negative")
WHITE, BLACK = "#ffffff", "#000000"
TEXT, SHAPE = 4.5, 3.0
"""The ratios of WCAG for text, and for borders and shapes that carry meaning."""

BACKGROUNDS = {
    "bg-subtle": (0.982, 0.10),
    "bg-default": (0.958, 0.20),
    "bg-hover": (0.93, 0.3),
    "bg-active": (0.9, 0.4),
}
"""Lightness, and which part of the seed's chroma (at most MOST_TINT)."""
MOST_TINT = 0.045

Ramp = dict[str, str]


def with_defaults(seeds: Mapping[str, str]) -> dict[str, str]:
    """All seeds; one that was not given comes from its neighbour, or is the usual colour of a status."""
    accent = seeds["accent-1"]
    full = {
        "accent-2": accent, "accent-3": accent, "action-1": accent, "action-2": seeds.get("action-1", accent),
        "neutral": "#5b6470", "info": "#0b5cad", "positive": "#1d6b34", "warning": "#8a5a00",
        "negative": "#b3131b", "highlight": "#b58900",
    }  # fmt: skip
    return {**full, **seeds}


def seed_of(role: str, seeds: Mapping[str, str]) -> str:
    """Which seed fills a role."""
    return seeds[{"default": "neutral", "disabled": "neutral", "selected": "accent-1"}.get(role, role)]


def backgrounds(role: str, seed: str) -> Ramp:
    """The five light backgrounds of a role."""
    _lightness, chroma, hue = parts_of(seed)
    if role in {"default", "disabled"}:
        chroma = min(chroma, 0.02)
    tints = {
        step: oklch(lightness, min(chroma * part, MOST_TINT * part / 0.4), hue)
        for step, (lightness, part) in BACKGROUNDS.items()
    }
    return {"bg-document": WHITE, **tints}


def foregrounds(role: str, seed: str, own: Ramp, beside: tuple[str, ...]) -> Ramp:
    """Borders and texts of a role that read on its own backgrounds and on those of others beside it."""
    lightness, chroma, hue = parts_of(seed)
    if role in {"default", "disabled"}:
        chroma = min(chroma, 0.03)
        seed = oklch(lightness, chroma, hue)
    text = darkened(seed, (own["bg-default"], own["bg-document"], own["bg-subtle"], *beside), TEXT)
    deep, _chroma, _hue = parts_of(text)
    line = darkened(seed, (own["bg-default"], own["bg-document"], *beside), SHAPE)
    bold = oklch(parts_of(line)[0] - 0.06, chroma, hue)
    hover = oklch(deep - 0.06, chroma, hue)
    active = oklch(deep - 0.1, chroma, hue)
    return {
        "border-subtle": oklch(0.86, min(chroma * 0.5, 0.05), hue),
        "border-default": line,
        "border-hover": darkened(bold, (own["bg-hover"], own["bg-document"]), SHAPE),
        "border-active": darkened(bold, (own["bg-active"], own["bg-document"]), SHAPE),
        "color-subtle": darkened(
            oklch(0.52, chroma, hue), (own["bg-document"], own["bg-subtle"], own["bg-default"]), TEXT
        ),
        "color-default": text,
        "color-hover": darkened(hover, (own["bg-hover"], own["bg-document"], *beside), TEXT),
        "color-active": darkened(active, (own["bg-active"], own["bg-document"], *beside), TEXT),
        "color-document": darkened(
            oklch(0.24 if role == "default" else 0.33, chroma, hue),
            (own["bg-subtle"], own["bg-active"], *beside),
            7.0,
        ),
    }


def inverse(seed: str) -> Ramp:
    """A role filled with its seed."""
    lightness, chroma, hue = parts_of(seed)
    text = WHITE if contrast(WHITE, seed) >= TEXT + MARGIN else BLACK
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


def generate(given: Mapping[str, str]) -> dict[str, str]:
    """All colour tokens, by name without the leading `--basis-`."""
    seeds = with_defaults(given)
    grounds = {role: backgrounds(role, seed_of(role, seeds)) for role in ROLES}
    # Links and texts of the page also stand on messages, on the footer and on the page's own tints.
    everywhere = (
        *(grounds["default"][step] for step in ("bg-document", "bg-subtle", "bg-default")),
        *(grounds[role]["bg-default"] for role in (*STATUS, "accent-1", "accent-2", "highlight")),
    )
    tokens: dict[str, str] = {"color-transparent": "rgba(0, 0, 0, 0)"}
    for role in ROLES:
        seed = seed_of(role, seeds)
        beside = (
            everywhere if role in {"action-1", "action-2", "default", "negative", "accent-1"} else (WHITE,)
        )
        ramp = {**grounds[role], **foregrounds(role, seed, grounds[role], beside)}
        filled = darkened(seed, everywhere, SHAPE) if role == "action-1" else seed
        for kind, steps in ((role, ramp), (f"{role}-inverse", inverse(filled))):
            tokens |= {f"color-{kind}-{step}": steps[step] for step in STEPS}
    return tokens | disabled(tokens)


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
