"""`python -m themes`, or `make theme`: check and compile the themes, and say in Dutch what came of each."""

import argparse
import os
import sys
from pathlib import Path

from .build import build, folders
from .make import MadeTheme
from .refusal import ThemeRefused, meant


def places() -> tuple[list[Path], Path]:
    """Where themes are, and where compiled ones go; the same environment as the settings read."""
    here = Path(__file__).resolve().parent
    extra = [Path(place) for place in os.environ.get("THEMES_DIRS", "").split(os.pathsep) if place]
    return [here, *extra], Path(os.environ.get("THEMES_BUILD") or here / "built")


def report(made: MadeTheme) -> str:
    """What a designer wants to know of a theme that is in force."""
    size = len(made.css.encode())
    lines = [
        f"✓ {made.folder.name} ({made.folder.slug}): klaar, {size / 1000:.1f} kB. Alle kleuren zijn te lezen."
    ]
    lines += [f"  aangepast  {line}" for line in made.moved]
    lines += [f"  let op     {line}" for line in made.notes]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m themes", description="Controleer en maak de thema's.")
    parser.add_argument("--theme", help="alleen dit thema")
    wanted = parser.parse_args(arguments).theme
    dirs, built = places()
    found = folders(dirs)
    if wanted and wanted not in found:
        print(
            f"Het thema “{wanted}” is er niet.{meant(wanted, found)} Er zijn: {', '.join(found)}.",
            file=sys.stderr,
        )
        return 2
    refused = False
    for slug, folder in found.items():
        if wanted and slug != wanted:
            continue
        try:
            print(report(build(folder, built)))
        except ThemeRefused as refusal:
            refused = True
            print(f"✗ {slug}: geweigerd; wat er stond blijft staan.", file=sys.stderr)
            print("\n".join(f"  - {reason}" for reason in refusal.reasons), file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
