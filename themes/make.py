"""Makes a theme's tokens and stylesheet out of its folder."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .colour import contrast, parts_of
from .contrast import LINK_GROUNDS, advice, decimal
from .faces import FACES
from .files import FONTS, KB
from .folder import ThemeFolder
from .made_of import fonts_of, tokens_of_base
from .ramp import (
    BLACK,
    BUTTON_GROUNDS,
    DARK,
    LIGHT,
    SHAPE,
    TEXT,
    WHITE,
    Mode,
    button_line,
    generate,
    with_defaults,
)
from .refusal import ThemeRefused
from .shapes import BORDERS, RADII, TINTS, USUAL_TINT
from .token_files import read_tokens

BUNDLED = "fonts/"
"""Where our typefaces are, beside the themes' style."""
OURS = Path(__file__).parent / "static" / "themes" / BUNDLED
INK = "#0b0c0c"
"""Of what has the focus, in every theme."""
MOST_OF_FONTS = 100 * KB  # what a page may load of typefaces


@dataclass(frozen=True, slots=True)
class MadeTheme:
    """A theme, ready to be written."""

    folder: ThemeFolder
    tokens: Mapping[str, str]
    """All tokens of the basis layer that the theme sets."""
    night: Mapping[str, str]
    """The same where a device asks for dark; empty when the theme has no such mode."""
    css: str
    faces: Sequence[str]
    """The typefaces that it uses, by name, the text's own first."""
    preload: list[str]
    """Font files that every page needs."""
    files: Mapping[str, bytes]
    """The theme's own font files, by the name they are served under."""
    moved: list[str]
    """Where we had to leave the designer's colours, and why."""
    notes: list[str]


def make(folder: ThemeFolder) -> MadeTheme:
    """Generate, lay the designer's own tokens over it, and check.

    Raises ThemeRefused when a pair cannot be read.
    """
    tokens, night = (in_mode(folder, mode) for mode in (LIGHT, DARK))
    reading = read_tokens(folder.tokens, tokens, night, folder.own_faces) if folder.tokens else None
    own = reading.light if reading else {}
    by_night = reading.dark if reading else {}
    tokens |= own
    # What is no colour holds by night too; a colour by hand for the day does not.
    night |= {name: value for name, value in own.items() if not value.startswith("#")}
    night |= by_night
    for by_hand_too in (tokens, night):
        by_hand_too["primary-button-border-color"] = button_line(by_hand_too)
    reasons = advice(tokens, frozenset(own))
    if folder.dark:
        reasons += [f"In het donker: {one}" for one in advice(night, frozenset(by_night))]
    if reasons:
        raise ThemeRefused(reasons)
    faces = faces_in(folder, own)
    files = {
        served_name(folder.slug, name, weight, data): data
        for name in faces
        if name in folder.own_faces
        for weight, data in folder.own_faces[name].files.items()
    }
    if (size := bytes_of_fonts(faces, files)) > MOST_OF_FONTS:
        raise ThemeRefused(
            [
                f"De letters zijn samen {-(-size // KB)} kB ({', '.join(faces)}); een pagina mag hoogstens "
                f"{MOST_OF_FONTS // KB} kB laden."
            ]
        )
    night = night if folder.dark else {}
    css = "".join(font_face(face, folder) for face in faces) + root_rule(tokens, folder)
    moved = [*moves(folder.seeds, tokens, own), *moved_texts(folder.seeds, tokens, own)]
    moved += [f"in het donker, {one}" for one in moves(folder.seeds, night, by_night) if one not in moved]
    notes = [*(reading.notes if reading else []), *warnings(tokens), *of_night(folder, own, by_night)]
    return MadeTheme(
        folder, tokens, night, css + night_rule(tokens, night, folder), faces,
        preloaded(folder, faces[0]), files, moved, notes,
    )  # fmt: skip


def in_mode(folder: ThemeFolder, mode: Mode) -> dict[str, str]:
    """All tokens that come of the folder's choices, by day or by night."""
    ramp = generate(folder.seeds, mode)
    return {**ramp, **shape(folder, ramp)}


def of_night(folder: ThemeFolder, own: Mapping[str, str], by_night: Mapping[str, str]) -> Iterator[str]:
    """What a designer should know of the dark mode."""
    if folder.dark and not by_night and any(value.startswith("#") for value in own.values()):
        yield (
            "De kleuren in uw tokens gelden alleen in het licht. Voor het donker maken wij de kleuren zelf, "
            "tot uw tokens ook een donkere stand hebben."
        )
    if folder.dark and not folder.logo_dark:
        yield "In het donker staat uw logo op een wit vlak. Wilt u dat niet, maak dan een logo-dark.svg."
    if by_night and not folder.dark:
        yield (
            "Uw tokens hebben een donkere stand. Die doet pas iets als in theme.toml staat: "
            "[modes] dark = true."
        )


def preloaded(folder: ThemeFolder, face: str) -> list[str]:
    """The file of the text's typeface, which every page shows first."""
    if (own := folder.own_faces.get(face)) is not None:
        return [served_name(folder.slug, face, "400", own.files["400"])]
    return [BUNDLED + file for file in latin(face)][:1]


def latin(face: str) -> list[str]:
    """The files of a bundled typeface that a Dutch page loads."""
    return [file["file"] for file in fonts_of(face) if file["subset"] == "latin"]


def bytes_of_fonts(faces: Sequence[str], own: Mapping[str, bytes]) -> int:
    """What a Dutch page loads of these typefaces, with the theme's own files."""
    bundled = [OURS / file for face in faces if face in FACES for file in latin(face)]
    return sum(map(len, own.values())) + sum(path.stat().st_size for path in bundled)


def served_name(slug: str, face: str, weight: str, data: bytes) -> str:
    """What a font of the theme's own is served as; a browser may keep it for ever."""
    return f"{slug}-{FONTS}-{face}-{weight}.{hashlib.sha256(data).hexdigest()[:12]}.woff2"


def shape(folder: ThemeFolder, ramp: Mapping[str, str]) -> dict[str, str]:
    """The tokens that are no ramp: typefaces, radius, borders, focus, headings and form fields."""
    small, middle, large, round_ = RADII[folder.radius]
    thin, thick = BORDERS[folder.borders]
    return {
        "text-font-family-default": family(folder.text_face, folder),
        "heading-font-family": family(folder.heading_face, folder),
        "heading-font-weight": "700",
        "heading-color": heading_colour(ramp),
        "border-radius-sm": small, "border-radius-md": middle,
        "border-radius-lg": large, "border-radius-round": round_,
        "border-width-sm": thin, "border-width-md": thick,
        "focus-color": INK, "focus-background-color": "#ffdd00",
        "focus-outline-color": INK, "focus-inverse-outline-color": WHITE,
        "form-control-color": ramp["color-default-color-document"],
        "form-control-background-color": ramp["color-default-bg-document"],
        "form-control-border-color": ramp["color-default-border-default"],
        "primary-button-border-color": button_line(ramp),
    }  # fmt: skip


def heading_colour(ramp: Mapping[str, str]) -> str:
    """A deep shade of the brand; the text's own colour for a light brand, whose deep shades are brown."""
    light = ramp["color-accent-1-inverse-color-default"] == BLACK
    return ramp["color-default-color-document" if light else "color-accent-1-color-document"]


def family(face: str, folder: ThemeFolder) -> str:
    """The CSS of a typeface, the theme's own or a bundled one."""
    found = folder.own_faces.get(face) or FACES[face]
    return f'"{found.family}", {found.fallback}'


def faces_in(folder: ThemeFolder, own: Mapping[str, str]) -> list[str]:
    """The typefaces that the theme uses, each once, the text's own first."""
    names = {family(name, folder): name for name in (*FACES, *folder.own_faces)}
    wanted = (
        own.get("text-font-family-default", family(folder.text_face, folder)),
        own.get("heading-font-family", family(folder.heading_face, folder)),
    )
    return list(dict.fromkeys(names[one] for one in wanted))


def font_faces(made: MadeTheme, at: str) -> str:
    """The `@font-face` rules of the typefaces that a theme uses, with static files at an address."""
    return "".join(font_face(name, made.folder, at) for name in made.faces)


def font_face(name: str, folder: ThemeFolder, at: str = "") -> str:
    """The `@font-face` rules of a typeface."""
    if (own := folder.own_faces.get(name)) is not None:
        return "".join(
            f'@font-face{{font-family:"{own.family}";font-weight:{weight};font-display:swap;'
            f'src:url({at}{served_name(folder.slug, name, weight, data)})format("woff2")}}'
            for weight, data in own.files.items()
        )
    return "".join(
        f'@font-face{{font-family:"{FACES[name].family}";font-weight:{file["weight"]};font-display:swap;'
        f'src:url({at}{BUNDLED}{file["file"]})format("woff2");unicode-range:{file["range"]}}}'
        for file in fonts_of(name)
    )


def root_rule(tokens: Mapping[str, str], folder: ThemeFolder) -> str:
    """The tokens that the base style reaches, on the root and outside its layers, so that they win."""
    return ":root{" + ";".join(f"{name}:{value}" for name, value in declared(tokens, folder).items()) + "}\n"


def night_rule(tokens: Mapping[str, str], night: Mapping[str, str], folder: ThemeFolder) -> str:
    """What is another by night; paper stays as by day."""
    if not night:
        return ""
    by_day = declared(tokens, folder)
    other = {name: value for name, value in declared(night, folder).items() if by_day.get(name) != value}
    if not folder.logo_dark:
        other["--mijn-logo-plate"] = WHITE
        other["--mijn-logo-room"] = "0.375rem"
    inner = ";".join(["color-scheme:dark", *(f"{name}:{value}" for name, value in other.items())])
    return f"@media screen and (prefers-color-scheme:dark){{:root{{{inner}}}}}\n"


def declared(tokens: Mapping[str, str], folder: ThemeFolder) -> dict[str, str]:
    """The custom properties of a theme, with their values."""
    reached = tokens_of_base()
    kept = {f"--basis-{name}": value for name, value in sorted(tokens.items()) if name in reached}
    kept["--mijn-logo-block-size"] = f"{folder.logo_height:g}rem"
    if folder.tint != USUAL_TINT:
        role = TINTS[folder.tint]
        kept["--mijn-tint"] = tokens[f"color-{role}-bg-default"]
        kept["--mijn-tint-soft"] = tokens[f"color-{role}-bg-subtle"]
    if folder.radius == "round":
        kept["--nl-button-border-radius"] = tokens["border-radius-round"]
    return kept


SHOWS = {
    "action-1": (
        "color-action-1-inverse-bg-default",
        BUTTON_GROUNDS,
        "een knop moet opvallen op de pagina",
        SHAPE,
    ),
    "action-2": (
        "color-action-2-color-default",
        LINK_GROUNDS,
        "een link moet ook op meldingen en in de voet te lezen zijn",
        TEXT,
    ),
}
"""Where a seed is to be seen unchanged, on what, why it must read there, and how well."""


SEEN_APART = 1.2
"""The contrast between two shades of a colour from which one sees that they are two."""


def worst(colour: str, grounds: tuple[str, ...], tokens: Mapping[str, str]) -> float:
    """The lowest contrast of a colour on these backgrounds."""
    return min(contrast(colour, tokens[ground]) for ground in grounds)


def moves(seeds: Mapping[str, str], tokens: Mapping[str, str], own: Mapping[str, str]) -> Iterator[str]:
    """Where what is shown is not the colour the designer gave, nor one set by hand.

    Nothing where there are no tokens.
    """
    if not tokens:
        return
    full = with_defaults(seeds)
    for seed, (token, grounds, why, limit) in SHOWS.items():
        if (used := tokens[token]) != (wanted := full[seed]) and token not in own:
            name = seed if seed in seeds else f"{seed} (u koos er geen kleur voor)"
            choose = "" if seed in seeds else f" Bevalt die niet, kies dan zelf een kleur bij {seed}."
            yield (
                f"{name}: {wanted} is geworden {used}, want {why} "
                f"(nodig {decimal(limit)} : 1; uw kleur haalt {decimal(worst(wanted, grounds, tokens))} : 1)."
                f"{choose}"
            )
    on_band = "color-accent-1-inverse-bg-default", "color-accent-1-inverse-color-default"
    band, text = (tokens[token] for token in on_band)
    if text == BLACK and own.keys().isdisjoint(on_band):
        reached = decimal(contrast(WHITE, band))
        yield f"accent-1: op {band} staat zwarte tekst, want witte tekst haalt maar {reached} : 1."


def moved_texts(seeds: Mapping[str, str], tokens: Mapping[str, str], own: Mapping[str, str]) -> Iterator[str]:
    """Where text is clearly another colour than the seed it comes of; in the dark it always is."""
    for seed, wanted in seeds.items():
        token = f"color-{seed}-color-default"
        if seed in SHOWS.keys() - {"action-1"} or token in own or token not in tokens_of_base():
            continue
        if contrast(wanted, used := tokens[token]) >= SEEN_APART:
            yield f"{seed}: als tekst is {wanted} geworden {used}, want zoals hij is, is hij niet te lezen."


def warnings(tokens: Mapping[str, str]) -> list[str]:
    """What is readable and still worth a second look."""
    _, chroma, button = parts_of(tokens["color-action-1-inverse-bg-default"])
    _, _, wrong = parts_of(tokens["color-negative-color-default"])
    apart = min(abs(button - wrong), 360 - abs(button - wrong))
    found = []
    if tokens["primary-button-border-color"] != tokens["color-transparent"]:
        found.append("De kleur van uw knoppen is licht. Wij laten die zo, en zetten er een donkere lijn om.")
    if chroma > 0.06 and apart < 25:
        found.append(
            "De kleur van uw knoppen lijkt op die van foutmeldingen. "
            "Wij laten fouten daarom nooit alleen aan kleur zien."
        )
    return found
