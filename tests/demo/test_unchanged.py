"""What makes a start of the demo do work again, and what does not."""

from pathlib import Path

import pytest

from demo import unchanged


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("requirements/demo.txt", "portal/a.css", "cms/b.js", "themes/style/c.css", "themes/d.json"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(name)
    monkeypatch.setattr(unchanged, "ROOT", tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", ["themes/style/c.css", "themes/d.json", "portal/a.css", "themes/new/e.svg"])
def test_a_style_a_script_or_a_picture_that_changed_is_gathered_anew(root: Path, name: str):
    before = unchanged.static_files()
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_text("another")
    assert unchanged.static_files() != before


@pytest.mark.parametrize("name", ["themes/built/static/x.css", "themes/built/watch-1/y.css", "portal/z.py"])
def test_what_is_made_of_them_or_is_code_changes_nothing(root: Path, name: str):
    before = unchanged.static_files()
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text("made")
    assert unchanged.static_files() == before
