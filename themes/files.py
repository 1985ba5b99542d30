"""Which files a theme's folder may hold, and reading them: a folder may come from anyone.

Nothing is opened that is no plain file of the folder itself, and never more of it than it may have.
"""

import re
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from .refusal import ThemeRefused, meant, shown
from .woff2 import fault

KB = 1000
SIZES: Mapping[str, int] = {
    "theme.toml": 6
    * KB,  # one with every choice explained is 2; a key of dots takes the square of its length
    "tokens.json": 2000 * KB,  # an export of the whole of Figma's library is about one
    "logo.svg": 50 * KB,
    "logo.png": 100 * KB,
    "logo-dark.svg": 50 * KB,
    "logo-dark.png": 100 * KB,
    "favicon.svg": 50 * KB,
    "README.md": 50 * KB,
}
"""The most bytes of each file."""
FONTS = "fonts"
FONT_ENDINGS = {".woff2": 100 * KB, ".txt": 50 * KB}
"""What the folder of typefaces may hold: the files, and the text of their licence."""
MOST_FILES = 16  # in the folder of typefaces
TOKENS = "tokens"
"""The folder of an export of Tokens Studio in more files: one for each set, at the path of the set's name."""
MOST_OF_TOKENS = SIZES["tokens.json"]  # together what one file may be
MOST_SETS = 400  # NL Design System's own library has about 150
MOST_LEVELS = 6  # of folders; a set's name has hardly ever more than three parts
MOST_TOLD = 20
"""Of files that do not belong; the rest is counted."""
OF_TOKENS = ("$metadata.json", "$themes.json")
"""What Tokens Studio writes beside the sets."""
SET_PART = re.compile(r"[A-Za-zÀ-ž0-9_][A-Za-zÀ-ž\u0300-\u036f0-9 &()+._-]{0,80}")
"""A part of the name of a set; accents may stand apart from their letter, as macOS writes them."""


NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
"""What no program for text writes; a form feed is between the pages of some licences."""
PAGE = re.compile(r"\s*<(?:!doctype|html|head|body|script|svg|\?xml)\b", re.I)
"""How a web page or a drawing begins."""


def unfit_files(folder: Path) -> list[str]:
    """Files that do not belong in a theme, are too large, or lead out of its folder; a reason each."""
    if folder.is_symlink() or not folder.is_dir():
        return [f"{shown(folder.name)} is geen map."]
    reasons = at_most(list(_unfit(folder)))
    present = {path.name for path in folder.iterdir()}
    if "theme.toml" not in present:
        reasons.append("theme.toml ontbreekt.")
    if not present & {"logo.svg", "logo.png"}:
        reasons.append("logo.svg ontbreekt. Heeft u alleen een PNG, noem die dan logo.png.")
    if {"logo.svg", "logo.png"} <= present:
        reasons.append(
            "Er is een logo.svg en een logo.png. Houd er één: haal logo.svg weg als dat nog het voorbeeld "
            "is, en anders logo.png, want een SVG blijft altijd scherp."
        )
    if {"logo-dark.svg", "logo-dark.png"} <= present:
        reasons.append("Er is een logo-dark.svg en een logo-dark.png. Houd er één.")
    if {"tokens.json", TOKENS} <= present:
        reasons.append("Er is een tokens.json en een map tokens/. Houd er één; wij weten niet welke telt.")
    return reasons


def at_most(reasons: list[str]) -> list[str]:
    """As many reasons about files as somebody reads, and how many more there are."""
    more = len(reasons) - MOST_TOLD
    return [*reasons[:MOST_TOLD], f"En nog {more} van zulke bestanden."] if more > 0 else reasons


def disguised_files(folder: Path) -> Iterator[str]:
    """Files that are not what their names say, also those that nothing uses; a reason each."""
    for path in sorted([folder / "README.md", *(folder / FONTS).glob("[!.]*")]):
        if not path.is_file():
            continue
        where, data = shown(path.relative_to(folder)), content(path)
        if path.suffix == ".woff2":
            if reason := fault(data):
                yield f"{where} {reason}"
        elif (text := utf8(data)) is None:
            yield f"{where} kan niet gelezen worden: {NO_UTF8}"
        elif NO_TEXT.search(text) or PAGE.match(text):
            yield f"{where} is geen gewone tekst. Zet er alleen tekst in."


def most_of(name: str) -> int:
    """The most bytes of a file by its name in the theme's folder; 0 where it has no place there."""
    first, *rest = name.split("/")
    if not rest:
        return SIZES.get(name, 0)
    if first == FONTS and len(rest) == 1:
        return FONT_ENDINGS.get(Path(name).suffix, 0)
    return MOST_OF_TOKENS if first == TOKENS and is_of_tokens("/".join(rest)) else 0


def is_of_tokens(name: str) -> bool:
    """Whether a file of this name belongs in the folder of tokens."""
    *folders, last = name.split("/")
    if name in OF_TOKENS:
        return True
    parts = [*folders, last.removesuffix(".json")]
    return (
        last.endswith(".json")
        and len(folders) < MOST_LEVELS
        and all(map(SET_PART.fullmatch, parts))
        and not any(one.lower().endswith(".json") for one in folders)  # a name is a file's or a folder's
    )


def _unfit(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue  # what an operating system leaves behind; never read
        kind = path.lstat().st_mode
        if stat.S_ISLNK(kind):
            yield elsewhere(shown(path.name))
        elif path.name == FONTS and stat.S_ISDIR(kind):
            yield from _unfit_fonts(path)
        elif path.name == TOKENS and stat.S_ISDIR(kind):
            yield from _unfit_tokens(path)
        elif path.name in {FONTS, TOKENS}:
            yield f"{path.name} is geen map."
        elif path.name not in SIZES:
            yield f"{shown(path.name)} hoort niet in een themamap.{meant(path.name, SIZES)}"
        elif not stat.S_ISREG(kind):
            yield f"{path.name} is geen gewoon bestand."
        elif path.stat().st_size > SIZES[path.name]:
            yield too_large(path.name, path.stat().st_size, SIZES[path.name])


def _unfit_fonts(folder: Path) -> Iterator[str]:
    paths = sorted(folder.iterdir())
    if len(paths) > MOST_FILES:
        yield f"In fonts/ staan {len(paths)} bestanden; hoogstens {MOST_FILES} kan."
        return
    for path in paths:
        if path.name.startswith("."):
            continue
        kind, where = path.lstat().st_mode, f"fonts/{shown(path.name)}"
        most = FONT_ENDINGS.get(path.suffix)
        if stat.S_ISLNK(kind):
            yield elsewhere(where)
        elif most is not None and not stat.S_ISREG(kind):
            yield f"{where} is geen gewoon bestand."
        elif most is None:
            yield f"{where} hoort niet in een themamap. In fonts/ horen .woff2 en de licentie als .txt."
        elif path.stat().st_size > most:
            yield too_large(where, path.stat().st_size, most)


def _unfit_tokens(folder: Path) -> Iterator[str]:
    """Looks at names and sizes only, and no further than there may be any."""
    size = sets = 0
    for number, path in enumerate(token_files(folder)):
        if number > 2 * MOST_SETS or sets > MOST_SETS:
            yield f"In tokens/ staan meer dan {MOST_SETS} sets."
            return
        name, kind = path.relative_to(folder).as_posix(), path.lstat().st_mode
        where = f"{TOKENS}/{shown(name)}"
        if stat.S_ISLNK(kind):
            yield elsewhere(where)
        elif stat.S_ISDIR(kind) and name.count("/") + 1 >= MOST_LEVELS:
            yield f"{where} ligt te diep: hoogstens {MOST_LEVELS - 1} mappen in elkaar kan."
        elif stat.S_ISDIR(kind):
            continue
        elif not is_of_tokens(name) or not stat.S_ISREG(kind):
            yield (
                f"{where} hoort niet in een themamap. In tokens/ horen $metadata.json, $themes.json en een "
                ".json voor elke set; een naam heeft letters, cijfers, spaties en streepjes."
            )
        else:
            size += path.stat().st_size
            sets += name not in OF_TOKENS
    if size > MOST_OF_TOKENS:
        yield too_large(f"{TOKENS}/", size, MOST_OF_TOKENS)
    if not sets:
        yield "In tokens/ staat geen set. Zet er de hele map in die Tokens Studio maakte."


def token_files(folder: Path, level: int = 0) -> Iterator[Path]:
    """All that is in the folder of tokens, and in the folders in it as deep as they may be."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        yield path
        if stat.S_ISDIR(path.lstat().st_mode) and level + 1 < MOST_LEVELS:
            yield from token_files(path, level + 1)


def elsewhere(name: str) -> str:
    """The reason why a link is refused."""
    return f"{name} is een verwijzing naar een andere plek; zet het bestand zelf in de map."


def too_large(name: str, size: int, most: int) -> str:
    """The reason why a file is refused for its size."""
    return f"{name} is {-(-size // KB)} kB; het mag hoogstens {most // KB} kB zijn."


def utf8(data: bytes) -> str | None:
    """A file as text, without the mark that Windows puts in front; None where it is no UTF-8.

    With a zero in it, it is UTF-16 as it happens to pass, which a parser may read by itself.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


NO_UTF8 = "het is geen tekst in UTF-8. Kies bij het bewaren de codering UTF-8."
"""Why a text is not read, as the rest of a sentence."""


def content(path: Path, most: int = 0) -> bytes:
    """A file's bytes, at most as many as it may have or as are given. Raises ThemeRefused."""
    most = most or SIZES.get(path.name, FONT_ENDINGS.get(path.suffix, 0))
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError:
        raise ThemeRefused([f"{shown(path.name)} kan niet gelezen worden."]) from None
    if len(data) > most:
        raise ThemeRefused([too_large(shown(path.name), path.stat().st_size, most)])
    return data
