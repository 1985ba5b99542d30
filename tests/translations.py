"""`python -m tests.translations`: every text has its English, and the compiled file says the same.

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
        wanted = texts_in_code(Path(folder))
        written = compiled(ENGLISH.with_suffix(".po"), Path(folder))
    shipped = read(ENGLISH.with_suffix(".mo"))
    faults = [f"no English for: {text!r}" for text in sorted(map(str, wanted.keys() - written.keys()))]
    if shipped != written:
        faults.append("django.mo is not what django.po gives")
    if faults:
        return complain(faults, "make translations, and fill in what is empty or fuzzy in locale/en")
    print(f"translations: all {len(wanted)} texts have their English")
    return 0


def texts_in_code(folder: Path) -> Catalog:
    """Every text that Python and templates mark, as Django's makemessages finds it."""
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
        "--verbosity",
        "0",
    ]
    subprocess.run(made, cwd=folder, env=environment, check=True)
    template = folder / "locale" / "django.pot"
    plural = "nplurals=2; plural=(n != 1);"
    template.write_text(template.read_text().replace("nplurals=INTEGER; plural=EXPRESSION;", plural))
    filled = folder / "filled.po"  # each text as its own translation, so that none is dropped as empty
    subprocess.run(["msgen", "-o", filled, template], check=True)
    return compiled(filled, folder)


def compiled(po: Path, folder: Path) -> Catalog:
    """What a .po file gives: without the empty and the fuzzy, which nobody gets to see."""
    mo = folder / "compiled.mo"
    subprocess.run(["msgfmt", "--check-format", "-o", mo, po], check=True)
    return read(mo)


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
