"""The base style: what its sources give, lean, and written by the rules of the house."""

import gzip
import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from themes import bundle
from themes.build import folders
from themes.folder import read_folder
from themes.make import make

BASE = Path("themes/static/themes/base.css")
LOCK = Path("package-lock.json")


@pytest.mark.skipif(
    not Path("node_modules").exists() and not os.environ.get("CI"),
    reason="the sources are not here: make css fetches them",
)
def test_the_committed_style_is_what_its_sources_give():
    assert Path("node_modules").exists() or shutil.which("npm"), "CI must run npm ci --ignore-scripts first"
    base = bundle.make_base(Path("node_modules"))
    assert BASE.read_text() == base.css, "run make css and commit what changes"
    made_of = json.loads(Path("themes/base.json").read_text())
    assert made_of["tokens"] == base.tokens
    assert made_of["layer"] == bundle.layer(Path("node_modules"))
    assert made_of["packages"] == bundle.packages(Path())
    for name, face in bundle.FACES.items():
        for file in made_of["fonts"][name]:
            source = Path("node_modules") / face.package / "files"
            content = (BASE.parent / "fonts" / file["file"]).read_bytes()
            assert content in [
                path.read_bytes() for path in source.glob(f"{name}-{file['subset']}-*-normal.woff2")
            ]


def test_the_base_style_is_small():
    assert len(gzip.compress(BASE.read_bytes(), 9)) <= 16_000
    assert len(BASE.read_bytes()) <= 160_000


def test_the_lock_file_names_no_address():
    assert "http" not in LOCK.read_text(), "take out the “funding” entries that npm wrote"
    assert all(
        "integrity" in entry for path, entry in json.loads(LOCK.read_text())["packages"].items() if path
    )


def test_every_package_is_named_in_the_notices():
    notices = Path("THIRD_PARTY_NOTICES.md").read_text()
    made_of = json.loads(Path("themes/base.json").read_text())["packages"]
    assert [name for name in made_of if name not in notices] == []
    assert {package["license"] for package in made_of.values()} == {"EUPL-1.2", "OFL-1.1"}


def test_what_the_style_reaches_has_a_value():
    css = BASE.read_text()
    declared = set(re.findall(r"--(basis-[\w-]+)\s*:", css))
    reached = set(re.findall(r"var\(--(basis-[\w-]+)\)", css))
    given = {f"basis-{name}" for name in make(read_folder(folders([Path("themes")])["_base"])).tokens}
    assert reached - declared - given == set()


def test_the_banner_keeps_the_licence_of_what_was_bundled():
    assert BASE.read_text().startswith("/*! EUPL-1.2")


def test_a_narrow_screen_has_no_colour_that_a_wide_one_has_not():
    """So that who looked at contrast on a wide one has seen it."""
    found = 0
    for query, rules in in_media(BASE.read_text(), "width"):
        for selector, declarations in re.findall(r"([^{}]+){([^{}]*)}", rules):
            found += 1
            if "width>=" in query and re.search(r":(before|after)$", selector):
                continue  # decoration that a narrow screen goes without
            coloured = re.search(
                r"(?:^|;)\s*(?:[a-z-]*color|background|fill|opacity|filter)\s*:", declarations
            )
            assert not coloured, f"{query} {selector}"
    assert found > 5


def in_media(style: str, feature: str) -> Iterator[tuple[str, str]]:
    """Each media query on a feature, and the rules inside it."""
    for begins in re.finditer(rf"@media[^{{]*{feature}[^{{]*{{", style):
        depth, at = 1, begins.end()
        while depth:
            depth += {"{": 1, "}": -1}.get(style[at], 0)
            at += 1
        yield begins.group(), style[begins.end() : at - 1]
