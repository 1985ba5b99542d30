"""The gallery as a folder that any web server can show; what the tests look at."""

import shutil
from pathlib import Path

from django.conf import settings

from themes.build import folders
from themes.compiled import theme
from themes.folder import read_folder
from themes.gallery.pages import PAGES, page
from themes.gallery.states import style

FOLDERS = folders([Path("themes")])
SHIPPED = sorted(FOLDERS, key=lambda slug: slug != "zandmeer")  # the pages are written in the first
DARK = [slug for slug in SHIPPED if read_folder(FOLDERS[slug]).dark]
LOOKS = [*((slug, "light") for slug in SHIPPED), *((slug, "dark") for slug in DARK)]
"""Each theme by day, and by night where it has one."""


def render(name: str, slug: str) -> str:
    """One page in one theme, as HTML."""
    return page(name, slug, states_url="/states.css")


def write(to: Path) -> None:
    """All pages in the first theme; the style of any other can be put in its place."""
    static = to / "static" / "themes"
    shutil.copytree(Path(settings.THEMES_DIRS[-1]) / "static" / "themes", static, dirs_exist_ok=True)
    theme("_base")
    shutil.copytree(Path(settings.THEMES_BUILD) / "static" / "themes", static, dirs_exist_ok=True)
    (to / "states.css").write_text(style())
    for name in PAGES:
        (to / f"{name}.html").write_text(render(name, SHIPPED[0]))
