"""The designer's commands, in Dutch: `python -m themes`, or `make theme…`."""

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from .beginning import Choices, begin
from .build import all_folders, build, build_all, read
from .checking import about_places, plain, refused, report
from .compiled import BASE
from .make import MadeTheme
from .parcel import pack, unpack
from .refusal import ThemeRefused, meant

HERE = Path(__file__).resolve().parent
WATCHED = "watched"
"""Where a designer's work goes as it is saved; a portal that runs beside shows none of it."""


def places() -> tuple[list[Path], Path]:
    """Where themes are, the first of a name wins, and where compiled ones go: as the settings read it."""
    extra = [
        Path(place).expanduser() for place in os.environ.get("THEMES_DIRS", "").split(os.pathsep) if place
    ]
    return [*extra, HERE], Path(os.environ.get("THEMES_BUILD") or HERE / "built")


def arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m themes", description="Controleer en maak de thema's.")
    parser.add_argument("--theme", help="alleen dit thema")
    parser.add_argument("--strict", action="store_true", help="faal bij elk thema dat geweigerd wordt")
    does = parser.add_subparsers(dest="does")
    new = does.add_parser("new", help="begin een nieuw thema")
    new.add_argument("slug")
    new.add_argument("--name", default="")
    check = does.add_parser("check", help="controleer, en maak niets")
    check.add_argument("which", nargs="?", help="de naam van een thema, of een map")
    packed = does.add_parser("pack", help="maak een zip om over te dragen")
    packed.add_argument("which")
    packed.add_argument("--to", type=Path, default=Path())
    watched = does.add_parser("watch", help="laat alle thema's zien, en ververs bij elke verandering")
    watched.add_argument("--port", type=int, default=8090)
    unpacked = does.add_parser("unpack", help="neem een zip in")
    unpacked.add_argument("zip", type=Path)
    unpacked.add_argument("--replace", action="store_true")
    return parser


def main(given: list[str] | None = None) -> int:
    asked = arguments().parse_args(given)
    dirs, built = places()
    try:
        match asked.does:
            case "new":
                folder = begin(Choices(asked.slug, asked.name), dirs[0])
                print(f"✓ {folder} is er. Open theme.toml, kies uw kleuren, en doe: make theme-watch")
                return 0
            case "pack":
                (folder,) = chosen(asked.which, dirs).values()
                print(f"✓ {pack(folder, asked.to)}")
                return 0
            case "unpack":
                folder = unpack(asked.zip, dirs[0], replacing=asked.replace, places=dirs)
                print(f"✓ {folder} is er.")
                return told({folder.name: tried(folder, built)}, strict=True)
            case "watch":
                from .watching.server import serve

                serve(dirs, built / WATCHED, asked.port)
                return 0
            case "check":
                return check_these(chosen(asked.which, dirs))
    except ThemeRefused as refusal:
        print(refused(asked.does, refusal, "dat kan niet."), file=sys.stderr)
        return 1
    except Unknown as unknown:
        print(plain(str(unknown)), file=sys.stderr)
        return 2
    try:
        themes = chosen(asked.theme, dirs)
        if asked.theme:
            return told({slug: tried(folder, built) for slug, folder in themes.items()}, strict=True)
        return told(build_all(dirs, built), strict=asked.strict)
    except Unknown as unknown:
        print(plain(str(unknown)), file=sys.stderr)
        return 2


class Unknown(Exception):
    """There is no such theme."""


def chosen(which: str | None, dirs: list[Path]) -> Mapping[str, Path]:
    """The theme that was asked for, by name or folder, or all. Raises Unknown."""
    found = all_folders(dirs)
    if which and (os.sep in which or which not in found) and Path(which).is_dir():
        return {Path(which).resolve().name: Path(which).resolve()}
    for line in about_places(dirs, found):
        print(line)
    if which and which not in found:
        raise Unknown(f"Het thema “{which}” is er niet.{meant(which, found)} Er zijn: {', '.join(found)}.")
    return {slug: places[0] for slug, places in found.items() if which in {None, "", slug}}


def check_these(themes: Mapping[str, Path]) -> int:
    """Say what would come of each, and write nothing."""
    failed = False
    for slug, folder in themes.items():
        try:
            print(report(read(folder)))
        except ThemeRefused as refusal:
            failed = True
            print(refused(slug, refusal, f"zo kan het nog niet ({folder})."), file=sys.stderr)
    return 1 if failed else 0


def tried(folder: Path, built: Path) -> MadeTheme | ThemeRefused:
    """One theme, put in force if it passes."""
    try:
        return build(folder, built)
    except ThemeRefused as refusal:
        return refusal


def told(results: Mapping[str, MadeTheme | ThemeRefused], *, strict: bool) -> int:
    """Say what came of each. Fails where the neutral theme is refused, and, if strict, where any is.

    A release begins with this: a municipality's own theme does not hold up the migrations of all.
    """
    for slug, result in results.items():
        if isinstance(result, ThemeRefused):
            print(refused(slug, result, "geweigerd; wat er stond blijft staan."), file=sys.stderr)
        else:
            print(report(result))
    fails = {slug for slug, result in results.items() if isinstance(result, ThemeRefused)}
    return 1 if BASE in fails or (strict and fails) else 0


if __name__ == "__main__":
    sys.exit(main())
