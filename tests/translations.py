"""`python -m tests.translations`: every text has its English, and the compiled file says the same.

And what a visitor of the public site can meet has its Frisian, Arabic and Ukrainian (tests/public_words.py).
`make check` runs it. Without gettext's programs nothing can be compared; where CI is set they must be there.
"""

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from django.conf.locale import LANG_INFO

from tests import public_words

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("portal", "cms", "themes")
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django"

Catalog = dict[object, str]


def main() -> int:
    """Say what is missing; 1 when anything is."""
    if not ENGLISH.with_suffix(".mo").exists():
        return complain([f"{ENGLISH.with_suffix('.mo')} is not there"], "make translations")
    if not all(map(shutil.which, ("xgettext", "msgfmt", "msgen"))):
        if os.environ.get("CI"):
            return complain(["gettext's programs are not installed"], "apt-get install gettext")
        print("translations: not checked, since gettext is not installed (apt-get install gettext)")
        return 0
    with tempfile.TemporaryDirectory() as folder:
        template = texts_in_code(Path(folder))
        wanted = texts_of(template)
        to_visitors = texts_of(public_words.public(template, Path(folder) / "public.pot"))
    faults = missing("English", ENGLISH.with_suffix(".po"), wanted)
    for language in public_words.LANGUAGES:
        faults += missing(LANG_INFO[language]["name"], public_words.catalogue(language), to_visitors)
    for po in (ENGLISH.with_suffix(".po"), *public_words.every_catalogue()):
        if not po.with_suffix(".mo").exists() or read(po.with_suffix(".mo")) != compiled(po):
            faults.append(f"{po.with_suffix('.mo').relative_to(ROOT)} is not what its .po gives")
    if faults:
        return complain(faults, "make translations, and fill in what is empty or fuzzy in locale/")
    print(f"translations: all {len(wanted)} texts have their English")
    languages = ", ".join(public_words.LANGUAGES)
    print(f"translations: the {len(to_visitors)} of the public site are in {languages} too")
    return 0


def missing(name: str, po: Path, wanted: Catalog) -> list[str]:
    """The texts that have no words in a language, or where a plural of it has none."""
    written = compiled(po)
    without = {*(wanted.keys() - written.keys()), *(text for text, said in written.items() if not said)}
    return [f"no {name} for: {text!r}" for text in sorted(map(str, without))]


def texts_in_code(folder: Path) -> Path:
    """A template with every text that Python and templates mark, as Django's makemessages finds it."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("static", "built", "*.pyc"))
    (folder / "locale").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    made = [
        sys.executable,
        "-m",
        "django",
        "makemessages",
        "--locale",
        "en",
        "--keep-pot",
        "--extension",
        "html,txt,py,xml",
        "--verbosity",
        "0",
    ]
    subprocess.run(made, cwd=folder, env=environment, check=True)
    template = folder / "locale" / "django.pot"
    plural = "nplurals=2; plural=(n != 1);"
    template.write_text(template.read_text().replace("nplurals=INTEGER; plural=EXPRESSION;", plural))
    return template


def texts_of(template: Path) -> Catalog:
    """The texts in it."""
    with tempfile.NamedTemporaryFile(
        suffix=".po"
    ) as filled:  # each its own translation: empty would be dropped
        subprocess.run(["msgen", "-o", filled.name, template], check=True)
        return compiled(Path(filled.name))


def compiled(po: Path) -> Catalog:
    """What a .po file gives: without the empty and the fuzzy, which nobody gets to see."""
    with tempfile.NamedTemporaryFile(suffix=".mo") as mo:
        subprocess.run(["msgfmt", "--check-format", "-o", mo.name, po], check=True)
        return read(Path(mo.name))


def read(mo: Path) -> Catalog:
    """Texts and translations of a compiled file."""
    with mo.open("rb") as file:
        catalog: Catalog = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    catalog.pop("", None)
    return catalog


def complain(faults: Sequence[str], what_to_do: str) -> int:
    """Print the faults and the way out."""
    print("\n".join(f"translations: {fault}" for fault in faults), file=sys.stderr)
    print(f"What to do: {what_to_do}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
