"""What a designer reads about a theme, in plain words."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from .build import bytes_of_fonts
from .contrast import decimal, weakest
from .make import MadeTheme
from .refusal import ThemeRefused

STATIC = Path(__file__).parent / "static" / "themes"


def report(made: MadeTheme) -> str:
    """Of a theme that passes: its sizes, its weakest pair, where we left the brand, what to look at."""
    folder, size = made.folder, len(made.css.encode())
    pair, ratio = weakest(made.tokens)
    lines = [
        f"✓ {folder.name} ({folder.slug}): klaar. Alle kleuren zijn te lezen"
        f"{', licht en donker' if folder.dark else ''}.",
        f"  grootte    stijl {size / 1000:.1f} kB, letters {bytes_of_fonts(made, STATIC) // 1000} kB, "
        f"logo {len(folder.logo) / 1000:.1f} kB".replace(".", ","),
        f"  krapst     {pair.where}: {decimal(ratio)} : 1, waar {decimal(pair.limit)} : 1 nodig is",
    ]
    lines += [f"  aangepast  {line}" for line in made.moved]
    lines += [f"  let op     {line}" for line in made.notes]
    return "\n".join(lines)


def refused(slug: str, refusal: ThemeRefused, consequence: str) -> str:
    """Of a theme that does not."""
    return "\n".join([f"✗ {slug}: {consequence}", *(f"  - {reason}" for reason in refusal.reasons)])


def collisions(found: Mapping[str, Iterable[Path]]) -> list[str]:
    """Which names stand in more than one place, and which of them counts."""
    lines = []
    for slug, (first, *others) in found.items():
        for other in others:
            lines.append(f"! {slug} staat op twee plekken. {first} telt; {other} niet.")
    return lines
