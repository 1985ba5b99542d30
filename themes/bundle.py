"""Makes the one base style of all themes: `python -m themes.bundle`, or `make css`.

It is component CSS of NL Design System and our own. The sources come from npm (only fetched, nothing of them
runs); bundling is lightningcss, so it needs no Node. Classes that no component uses are left out, and then
tokens that no rule reaches. The result is committed, with the versions it was made of; CI makes it again and
compares.
"""

import hashlib
import json
import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lightningcss import process_stylesheet

from .faces import FACES, SUBSETS, Face

HERE = Path(__file__).parent
STATIC = HERE / "static" / "themes"
MADE_OF = HERE / "base.json"

ELEMENTS = (
    "@nl-design-system-candidate/heading-css/dist/html/heading.css",
    "@nl-design-system-candidate/link-css/dist/html/link.css",
)
COMPONENTS = (
    "@nl-design-system-candidate/button-css/dist/button.css",
    "@nl-design-system-candidate/skip-link-css/dist/skip-link.css",
    "@nl-design-system-candidate/data-badge-css/dist/data-badge.css",
    *(
        f"@utrecht/{name}-css/dist/index.css"
        for name in (
            "alert", "checkbox", "form-field", "form-field-description", "form-field-error-message",
            "form-fieldset", "form-label", "radio-button", "select", "table", "textarea", "textbox",
        )
    ),
)  # fmt: skip
MAPPING = "@nl-design-system-unstable/voorbeeld-design-tokens/dist/variables.css"
OURS = ("elements", "frame", "parts", "forms", "states")

BANNER = (
    "/*! EUPL-1.2. Made by `make css` of component CSS of NL Design System, Frameless and the "
    "municipality of Utrecht, and of our own themes/style; see THIRD_PARTY_NOTICES.md. Do not edit. */\n"
)

DECLARED = re.compile(r"^\s*--([\w-]+):\s*(.+?);", re.M)
REACHED = re.compile(r"var\(\s*--([\w-]+)")
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
WORD = re.compile(r"[a-zA-Z][\w-]*")
COMMENT = re.compile(r"/\*.*?\*/", re.S)


@dataclass(frozen=True, slots=True)
class Base:
    """The base style and what it asks of a theme."""

    css: str
    tokens: list[str]
    """The tokens of the basis layer that the style reaches, without their dashes."""


def make_base(modules: Path) -> Base:
    """Bundle the sources in a node_modules folder."""
    elements = "\n".join((modules / source).read_text() for source in ELEMENTS)
    components = "\n".join((modules / source).read_text() for source in COMPONENTS)
    ours = "\n".join(own(name) for name in OURS)
    components = smaller(components, unused=classes_of(components) - set(used(classes_of(components))))
    tokens = reachable(all_tokens(modules), elements + components + ours + own("modes"))
    declared = "".join(f"--{name}:{value};" for name, value in tokens.items())
    css = (
        "@layer tokens, elements, components, app, modes;"
        f"@layer tokens{{:root{{{declared}}}}}@layer elements{{{COMMENT.sub('', elements)}}}"
        f"@layer components{{{components}}}@layer app{{{ours}}}@layer modes{{{own('modes')}}}"
    )
    css = smaller(css)
    return Base(
        BANNER + css + "\n",
        sorted(name[6:] for name in set(REACHED.findall(css)) if name.startswith("basis-")),
    )


def own(name: str) -> str:
    """One of our own stylesheets."""
    return COMMENT.sub("", (HERE / "style" / f"{name}.css").read_text())


def smaller(css: str, unused: set[str] | None = None) -> str:
    """Minified, without the classes that are not used.

    No rewriting for old browsers: logical properties stay.
    """
    return process_stylesheet(COMMENT.sub("", css), unused_symbols=unused or set(), minify=True)


def classes_of(css: str) -> set[str]:
    """All class names in a stylesheet."""
    return set(CLASS.findall(COMMENT.sub("", css)))


def used(classes: Iterable[str]) -> Iterator[str]:
    """Those that a template can write; a name that ends in a variable counts for all that begin like it."""
    words = {word for path in (HERE / "templates").rglob("*.html") for word in WORD.findall(path.read_text())}
    starts = tuple(word for word in words if word.endswith("--"))
    return (name for name in classes if name in words or (starts and name.startswith(starts)))


def all_tokens(modules: Path) -> dict[str, str]:
    """The mapping from components to the basis layer, ours over theirs;

    The basis colours are left to the themes.
    """
    theirs = dict(DECLARED.findall(COMMENT.sub("", (modules / MAPPING).read_text())))
    mapping = {
        name: value for name, value in theirs.items() if not name.startswith(("basis-color-", "voorbeeld-"))
    }
    return {**mapping, **dict(DECLARED.findall(own("tokens")))}


def layer(modules: Path) -> list[str]:
    """The names of the basis layer, but for its colours, whose names follow from roles and steps."""
    declared = dict(DECLARED.findall(COMMENT.sub("", (modules / MAPPING).read_text())))
    names = (name.removeprefix("basis-") for name in declared if name.startswith("basis-"))
    return sorted(name for name in names if not name.startswith("color-") or name == "color-transparent")


def reachable(tokens: dict[str, str], css: str) -> dict[str, str]:
    """The tokens that a rule uses, and those that these use in turn."""
    reached: set[str] = set()
    new = set(REACHED.findall(css))
    while new:
        reached |= new
        new = {name for token in new if token in tokens for name in REACHED.findall(tokens[token])} - reached
    return {name: tokens[name] for name in sorted(reached & tokens.keys())}


def fonts(modules: Path) -> dict[str, list[dict[str, str]]]:
    """Copy the bundled typefaces;

    With their content's hash in their names a browser may keep them for ever.
    """
    (STATIC / "fonts").mkdir(parents=True, exist_ok=True)
    for old in (STATIC / "fonts").glob("*.woff2"):
        old.unlink()
    return {name: list(files_of(name, face, modules / face.package)) for name, face in sorted(FACES.items())}


def files_of(name: str, face: Face, package: Path) -> Iterator[dict[str, str]]:
    ranges = json.loads((package / "unicode.json").read_text())
    shutil.copyfile(package / "LICENSE", STATIC / "fonts" / f"{name}.OFL.txt")
    for subset in SUBSETS:
        for part, weight in face.files:
            content = (package / "files" / f"{name}-{subset}-{part}.woff2").read_bytes()
            file = f"{name}-{subset}-{weight.split()[0]}.{hashlib.sha256(content).hexdigest()[:12]}.woff2"
            (STATIC / "fonts" / file).write_bytes(content)
            yield {"file": file, "weight": weight, "range": ranges[subset], "subset": subset}


def packages(root: Path) -> dict[str, dict[str, str]]:
    """What the style is made of:

    Version, licence and integrity of each package, as the lock file has them.
    """
    locked: dict[str, Any] = json.loads((root / "package-lock.json").read_text())["packages"]
    return {
        path.removeprefix("node_modules/"): {key: entry[key] for key in ("version", "license", "integrity")}
        for path, entry in sorted(locked.items())
        if path
    }


def main(root: Path = HERE.parent) -> int:
    """Write base.css, the fonts and the list of what they are made of."""
    modules = root / "node_modules"
    if not (modules / MAPPING).exists():
        print(
            "De bronnen van de stijl zijn er niet. Haal ze op met: npm ci --ignore-scripts (of: make css)",
            file=sys.stderr,
        )
        return 1
    base = make_base(modules)
    STATIC.mkdir(parents=True, exist_ok=True)
    (STATIC / "base.css").write_text(base.css)
    made_of = {
        "packages": packages(root),
        "tokens": base.tokens,
        "layer": layer(modules),
        "fonts": fonts(modules),
    }
    MADE_OF.write_text(json.dumps(made_of, indent=1, sort_keys=True) + "\n")
    print(f"themes/static/themes/base.css: {len(base.css):,} bytes, {len(base.tokens)} tokens of the basis")
    return 0


if __name__ == "__main__":
    sys.exit(main())
