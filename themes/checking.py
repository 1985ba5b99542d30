"""What a designer reads about a theme, in plain words."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from .build import closed, missing
from .contrast import decimal, weakest
from .make import MadeTheme, bytes_of_fonts
from .refusal import ThemeRefused


def report(made: MadeTheme) -> str:
    """Of a theme that passes, as a terminal shows it."""
    lines = [f"✓ {headline(made)}", *(f"  {what:<9}  {text}" for what, text in findings(made))]
    return "\n".join(map(plain, lines))


def headline(made: MadeTheme) -> str:
    """Of a theme that passes, in one sentence or two."""
    also = ", licht en donker" if made.folder.dark else ""
    return f"{made.folder.name} ({made.folder.slug}): klaar. Alle kleuren zijn te lezen{also}."


def findings(made: MadeTheme) -> list[tuple[str, str]]:
    """Its sizes, its weakest pair, where we left the brand, what to look at; each with what it is about."""
    pair, ratio = weakest(made.tokens)
    sizes = (
        f"stijl {len(made.css.encode()) / 1000:.1f} kB, "
        f"letters {bytes_of_fonts(made.faces, made.files) // 1000} kB, "
        f"logo {len(made.folder.logo) / 1000:.1f} kB"
    )
    return [
        ("grootte", sizes.replace(".", ",")),
        ("krapst", f"{pair.where}: {decimal(ratio)} : 1, waar {decimal(pair.limit)} : 1 nodig is"),
        *(("voor", f"ook te kiezen door {place}") for place in claimed(made)),
        *(("aangepast", line) for line in made.moved),
        *(("let op", line) for line in made.notes),
    ]


def claimed(made: MadeTheme) -> list[str]:
    """The municipalities that may choose it besides the one whose name it has."""
    return [place for place in made.folder.municipalities if place != made.folder.slug]


def refused(slug: str, refusal: ThemeRefused, consequence: str) -> str:
    """Of a theme that does not."""
    lines = [f"✗ {slug}: {consequence}", *(f"  - {reason}" for reason in refusal.reasons)]
    return "\n".join(map(plain, lines))


def plain(line: str) -> str:
    """With what would move a terminal's cursor, or cannot be written at all, shown as its code."""
    return "".join(
        one if one.isprintable() or one == "\xa0" else one.encode("unicode_escape").decode() for one in line
    )


def about_places(places: Iterable[Path], found: Mapping[str, Iterable[Path]]) -> list[str]:
    """Which folders of THEMES_DIRS are not there, what in them cannot be read, and what is there twice."""
    places = list(places)
    lines = [
        f"! {place} staat in THEMES_DIRS, maar is er niet of mag niet gelezen worden. "
        "Wat er van stond, blijft staan."
        for place in missing(places)
    ]
    lines += [f"! {path} mag niet gelezen worden. Wij slaan die map over." for path in closed(places)]
    for slug, (first, *others) in found.items():
        lines += [f"! {slug} staat op twee plekken. {first} telt; {other} niet." for other in others]
    return [plain(line) for line in lines]
