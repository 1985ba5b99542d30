"""How large something may be stands in `docs/themes.md` as the code has it."""

import re
from pathlib import Path

import pytest

from themes import logo, parcel, png
from themes.files import (
    FONT_ENDINGS,
    KB,
    MOST_FILES,
    MOST_LEVELS,
    MOST_OF_TOKENS,
    MOST_SETS,
    SIZES,
)
from themes.make import MOST_OF_FONTS
from themes.token_files.json_file import MOST_NODES
from themes.woff2 import MOST_UNPACKED

DOCS = Path("docs/themes.md").read_text()
ROWS = dict(re.findall(r"^\| (.+?) \| (.+) \|$", DOCS.split("## Hoe groot")[1].split("\n## ")[0], re.M))


def row(of: str) -> str:
    """What the table says of something."""
    (found,) = [said for what, said in ROWS.items() if of in what]
    return found


@pytest.mark.parametrize(("name", "most"), SIZES.items())
def test_the_most_of_each_file_is_told(name: str, most: int):
    assert re.search(rf"\b{most // KB} kB", row(f"`{name}`"))


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (".woff2", f"{FONT_ENDINGS['.woff2'] // KB} kB;"),
        (".woff2", f"samen ook {MOST_OF_FONTS // KB} kB"),
        (".woff2", f"uitgepakt {MOST_UNPACKED // KB} kB"),
        ("`fonts/`", f"{MOST_FILES} bestanden"),
        ("`fonts/`", f"(`.txt`) {FONT_ENDINGS['.txt'] // KB} kB"),
        ("`tokens/` samen", f"{MOST_OF_TOKENS // KB} kB en {MOST_NODES} waarden"),
        ("`tokens/` samen", f"{MOST_SETS} sets, in {MOST_LEVELS - 1} mappen in elkaar"),
        ("`logo.svg`", f"{logo.WIDEST} keer zo breed als hoog, {logo.HIGHEST} keer zo hoog als breed"),
        ("`logo.png`", f"{logo.WIDEST} keer zo breed als hoog, {logo.HIGHEST} keer zo hoog als breed"),
        ("`logo.png`", f"{png.LEAST_HIGH} tot {png.MOST_HIGH} pixels hoog, {png.MOST_WIDE} breed"),
        ("de hele map", f"{parcel.MOST_UNPACKED // KB} kB"),
        ("de zip", f"{parcel.MOST // KB} kB"),
    ],
)
def test_every_other_limit_is_told(of: str, said: str):
    assert said in row(of)


def test_what_fits_in_a_folder_fits_in_what_a_zip_may_unpack_to():
    pictures = sum(most for name, most in SIZES.items() if name != "tokens.json")
    fonts = MOST_FILES * max(FONT_ENDINGS.values())
    assert pictures + fonts + MOST_OF_TOKENS - SIZES["logo.svg"] <= parcel.MOST_UNPACKED
