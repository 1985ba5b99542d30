"""Themes as a designer hands them in, and as they are compiled."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from themes.build import build_all

LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="#123456" d="M0 0h8v8H0z"/></svg>'
)
TOML = """schema = 1
name = "Gemeente Proef"
slug = "proef"
[seeds]
accent-1 = "#00606b"
[logo]
alt = "Gemeente Proef"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Callable[..., Path]:
    """Makes a theme's folder; files are given as `theme_toml=`, `logo_svg=`, `tokens_json=`."""

    def make(**files: str | bytes | None) -> Path:
        place = tmp_path / "themes" / "proef"
        place.mkdir(parents=True)
        for name, content in {"theme_toml": TOML, "logo_svg": LOGO, **files}.items():
            if content is not None:
                data = content if isinstance(content, bytes) else content.encode()
                path = place / ".".join(name.rsplit("_", 1))
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        return place

    return make


@pytest.fixture
def built_themes(tmp_path: Path, settings) -> Path:
    """The shipped themes, compiled into a folder of this test only."""
    settings.THEMES_BUILD = tmp_path / "built"
    build_all(settings.THEMES_DIRS, tmp_path / "built")
    return tmp_path / "built"


@pytest.fixture(scope="module")
def theme(tmp_path_factory) -> Path:
    """A designer's folder."""
    place: Path = tmp_path_factory.mktemp("designer") / "themes" / "proef"
    place.mkdir(parents=True)
    (place / "theme.toml").write_text(TOML)
    (place / "logo.svg").write_text(LOGO)
    return place


@pytest.fixture(scope="module")
def server(theme: Path) -> Iterator[int]:
    """The port of a watch that runs."""
    environment = {
        **os.environ,
        "THEMES_DIRS": str(theme.parent),
        "THEMES_BUILD": str(theme.parent.parent / "built"),
    }
    command = [sys.executable, "-m", "themes", "watch", "--port", "0"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    found = next((one for line in process.stdout if (one := re.search(r"localhost:(\d+)", line))), None)
    assert found
    yield int(found[1])
    process.terminate()
    process.wait(10)
