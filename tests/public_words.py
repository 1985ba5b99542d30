"""Frisian, Arabic and Ukrainian: only the words that a visitor of the public site can meet.

The library can hold pages in these languages (SITE_LANGUAGES); then what stands around them must speak them
too. Mijn, the CMS and the counter speak Dutch and English. `python -m tests.public_words <template.pot>` puts
what is new into the catalogues, empty, and compiles them; `make translations` runs it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("fy", "ar", "uk")
OF_DJANGO = ROOT / "locale" / "of_django"
"""What Django itself has no words for in such a language, such as months in Frisian: kept by hand."""

PUBLIC = (
    "themes/templates/frame.html",
    "themes/templates/components/*.html",
    "themes/templates/components/*/*.html",
    "cms/menu.py",
    "cms/slots.py",
    "cms/feedback_models.py",
    *(
        f"cms/templates/cms/{name}.html"
        for name in ("case_type", "content", "guide", "home", "location", "news", "page", "product", "spans")
    ),
    "cms/templates/cms/blocks/*.html",
    "cms/templates/cms/news/*",
    *(f"cms/templates/cms/search/{name}.html" for name in ("refused", "results", "suggestions", "too_many")),
    *(f"cms/templates/cms/feedback/{name}.html" for name in ("ask", "thanks", "too_many", "why")),
    "portal/mijn/frame.py",
    "portal/mijn/errors.py",
    "portal/mijn/templates/mijn/errors/*.html",
    "portal/codes/addresses.py",
    "portal/publications/*.py",
    "portal/publications/templates/publications/*",
    "portal/sharing/register.py",
    "portal/sharing/templates/register/*.html",
    "portal/usage/activities.py",
)
"""The files that pages outside Mijn are made of; `*` is one name."""


def public(template: Path, to: Path) -> Path:
    """Of all texts those that stand in these files."""
    places = [part for pattern in PUBLIC for part in ("--location", pattern)]
    subprocess.run(["msggrep", *places, "-o", to, template], check=True)
    return to


def catalogue(language: str) -> Path:
    """The texts of a language, as translators keep them."""
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def every_catalogue() -> list[Path]:
    """Those of these languages, and what is kept by hand beside Django."""
    return [*map(catalogue, LANGUAGES), *sorted(OF_DJANGO.glob("*/LC_MESSAGES/django.po"))]


def gather(template: Path) -> None:
    """Bring the catalogues up to date with this template, and compile them."""
    with tempfile.TemporaryDirectory() as folder:
        wanted = public(template, Path(folder) / "public.pot")
        for language in LANGUAGES:
            kept, merged = catalogue(language), Path(folder) / f"{language}.po"
            subprocess.run(
                ["msgmerge", "--quiet", "--no-fuzzy-matching", "-o", merged, kept, wanted], check=True
            )
            subprocess.run(["msgattrib", "--no-obsolete", "-o", kept, merged], check=True)
    for po in every_catalogue():
        subprocess.run(["msgfmt", "--check-format", "-o", po.with_suffix(".mo"), po], check=True)


if __name__ == "__main__":
    if not shutil.which("msggrep"):
        sys.exit("gettext is needed. On Debian or Ubuntu: apt install gettext")
    gather(Path(sys.argv[1]))
