"""One folder that is wrong, gone or not one's own does no harm to the themes of others."""

import os
import shutil
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from lightningcss import process_stylesheet

from tests.themes.conftest import LOGO, TOML
from tests.themes.test_parcel import GOOD, zipped
from themes import build as building
from themes.__main__ import main, places
from themes.build import build, build_all, read_list
from themes.checking import plain
from themes.compiled import given_to_others
from themes.folder import ThemeFolder, read_folder
from themes.parcel import unpack
from themes.refusal import ThemeRefused
from themes.watching.changes import Watch


@pytest.fixture
def place(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder of themes that pass, one for each slug."""

    def make(*slugs: str, among: str = "places") -> Path:
        for slug in slugs:
            folder = tmp_path / among / slug
            folder.mkdir(parents=True)
            (folder / "theme.toml").write_text(TOML.replace('slug = "proef"', f'slug = "{slug}"'))
            (folder / "logo.svg").write_text(LOGO)
        return tmp_path / among

    return make


@pytest.fixture(
    params=[KeyError("zzz"), OverflowError(), RecursionError(), PermissionError(13, "geen recht")]
)
def broken(request, monkeypatch) -> None:
    """Reading the theme `stuk` fails in a way that nobody foresaw."""

    def reading(folder: Path) -> ThemeFolder:
        if folder.name == "stuk":
            raise request.param
        return read_folder(folder)

    monkeypatch.setattr(building, "read_folder", reading)


def test_a_folder_that_cannot_be_read_does_not_hold_up_the_others(broken, place, tmp_path):
    results = build_all([place("goed", "stuk", "zo")], tmp_path / "built")
    assert isinstance(results["stuk"], ThemeRefused)
    assert "kan niet gelezen worden" in str(results["stuk"])
    assert sorted(read_list(tmp_path / "built")) == ["goed", "zo"]


def test_a_watch_goes_on_after_a_folder_that_cannot_be_read(broken, place, tmp_path):
    watch = Watch([place("goed", "stuk")], tmp_path / "built")
    assert watch.look()
    assert list(watch.made) == ["goed"]
    assert "kan niet gelezen worden" in watch.refused["stuk"][0]


def test_a_value_that_cannot_be_written_refuses_its_theme_only(place, tmp_path, monkeypatch):
    monkeypatch.setattr(building, "as_tree", lambda _tokens: "\ud800")
    results = build_all([place("goed")], tmp_path / "built")
    assert isinstance(results["goed"], ThemeRefused)
    assert plain("een \x1b[31m\u202e\ud800 é") == r"een \x1b[31m\u202e\ud800 é"


@pytest.fixture
def command(place, tmp_path, monkeypatch) -> Callable[..., int]:
    """`python -m themes` with a neutral theme and two others, of which some are refused."""
    where = place("goed", "stuk")
    neutral = where / "_base"
    shutil.copytree(Path("themes/_base"), neutral)
    monkeypatch.setattr("themes.__main__.HERE", where)
    monkeypatch.setenv("THEMES_DIRS", "")
    monkeypatch.setenv("THEMES_BUILD", str(tmp_path / "built"))

    def run(*arguments: str, wrong: str) -> int:
        (where / wrong / "theme.toml").write_text("x")
        return main(list(arguments))

    return run


@pytest.mark.parametrize(
    ("wrong", "arguments", "code"),
    [
        ("stuk", [], 0),  # a release goes on
        ("_base", [], 1),
        ("stuk", ["--strict"], 1),
        ("stuk", ["--theme", "stuk"], 1),
        ("stuk", ["check"], 1),
    ],
)
def test_a_release_stops_only_when_the_neutral_theme_is_refused(command, capsys, wrong, arguments, code):
    assert command(*arguments, wrong=wrong) == code
    assert f"✗ {wrong}" in capsys.readouterr().err


def test_a_theme_that_stands_elsewhere_is_not_taken_over_unasked(place, tmp_path):
    elsewhere = place("proef", among="elsewhere")
    (tmp_path / "in.zip").write_bytes(zipped(GOOD))
    into = tmp_path / "first"
    with pytest.raises(ThemeRefused, match=r"is er al, in .*elsewhere"):
        unpack(tmp_path / "in.zip", into, places=[into, elsewhere])
    assert not into.exists()
    assert unpack(tmp_path / "in.zip", into, places=[into, elsewhere], replacing=True) == into / "proef"


def test_our_own_theme_is_not_taken_over_unasked_and_what_a_theme_claims_is_told(
    tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("THEMES_DIRS", str(tmp_path / "first"))
    monkeypatch.setenv("THEMES_BUILD", str(tmp_path / "built"))
    toml = TOML.replace('slug = "proef"', 'slug = "zandmeer"\nmunicipalities = ["zandmeer", "veldrecht"]')
    (tmp_path / "in.zip").write_bytes(zipped({"zandmeer/theme.toml": toml, "zandmeer/logo.svg": LOGO}))
    assert main(["unpack", str(tmp_path / "in.zip")]) == 1
    assert "is er al" in capsys.readouterr().err
    assert main(["unpack", str(tmp_path / "in.zip"), "--replace"]) == 0
    told = capsys.readouterr().out
    assert "ook te kiezen door veldrecht" in told
    assert "door zandmeer" not in told


def test_a_theme_whose_folder_is_gone_goes_and_one_that_is_refused_stays_as_it_was(place, tmp_path):
    where, built = place("weg", "fout", "goed"), tmp_path / "built"
    build_all([where], built)
    before = read_list(built)
    shutil.rmtree(where / "weg")
    (where / "fout" / "theme.toml").write_text("x")
    build_all([where], built)
    assert read_list(built) == {slug: before[slug] for slug in ("fout", "goed")}


def test_a_watch_forgets_a_folder_that_is_gone(place, tmp_path):
    where = place("weg", "goed")
    watch = Watch([where], tmp_path / "built")
    watch.look()
    shutil.rmtree(where / "weg")
    watch.look()
    assert list(read_list(tmp_path / "built")) == ["goed"]


def test_where_a_place_is_missing_nothing_is_taken_for_gone(place, tmp_path, monkeypatch, capsys):
    where, built = place("goed"), tmp_path / "built"
    build_all([where], built)
    where.rename(tmp_path / "unmounted")
    monkeypatch.setenv("THEMES_DIRS", str(where))
    monkeypatch.setenv("THEMES_BUILD", str(built))
    monkeypatch.setattr("themes.__main__.HERE", place("_base", among="ours"))
    main([])
    assert f"{where} staat in THEMES_DIRS, maar is er niet" in capsys.readouterr().out
    assert "goed" in read_list(built)


@contextmanager
def someone_else() -> Iterator[None]:
    """Root may look everywhere; whoever it becomes here may not."""
    own = os.geteuid()
    if own == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if own == 0:
            os.seteuid(own)


@pytest.fixture
def closed_place(place, tmp_path) -> Iterator[Path]:
    """A disk with a theme, another that its owner closed after it was built, and `lost+found`."""
    where: Path = place("goed", "dicht", "weg")
    tmp_path.chmod(0o777)
    build_all([where], tmp_path / "built")
    for path in (tmp_path / "built").rglob("*"):
        path.chmod(0o777)
    (tmp_path / "built").chmod(0o777)
    (where / "lost+found").mkdir()
    shutil.rmtree(where / "weg")
    for name in ("dicht", "lost+found"):
        (where / name).chmod(0)
    for parent in tmp_path.parents:
        if parent.name.startswith(("pytest-", "popen-")):  # pytest closes these to anyone else
            parent.chmod(parent.stat().st_mode | 0o111)
    yield where
    for name in ("dicht", "lost+found"):
        (where / name).chmod(0o755)


def test_a_folder_that_is_closed_is_told_and_skipped_and_what_was_of_it_stays(
    closed_place, tmp_path, monkeypatch, capsys
):
    monkeypatch.setenv("THEMES_DIRS", str(closed_place))
    monkeypatch.setenv("THEMES_BUILD", str(tmp_path / "built"))
    with someone_else():
        assert main([]) == 0
    assert f"{closed_place / 'lost+found'} mag niet gelezen worden" in capsys.readouterr().out
    listed = read_list(tmp_path / "built")
    assert {"goed", "dicht"} <= listed.keys()
    assert "weg" not in listed


def test_a_watch_tells_of_a_folder_that_is_closed(closed_place, tmp_path):
    watch = Watch([closed_place], tmp_path / "built")
    with someone_else():
        assert watch.look()
    assert list(watch.made) == ["goed"]
    assert any("lost+found mag niet" in line for line in watch.told["mappen"])


def test_the_name_of_a_folder_moves_no_cursor_whatever_is_said_of_it(place, tmp_path, monkeypatch, capsys):
    odd, unwritable = "x\x1b]0;weg\x07", os.fsdecode(b"\xff")
    first, second = place(odd), place(odd, among="others")
    shutil.copytree(first / odd, first / unwritable)
    monkeypatch.setenv("THEMES_DIRS", f"{first}{os.pathsep}{second}")
    assert main(["check", odd]) == 1
    assert main(["check", unwritable]) == 1
    assert main(["check", "y\x1b[2J"]) == 2
    told = capsys.readouterr()
    assert "staat op twee plekken" in told.out
    assert r"y\x1b[2J" in told.err
    assert "\x1b" not in told.out + told.err


def test_two_builds_at_once_lose_nothing(place, tmp_path, monkeypatch):
    where, built = place("een", "twee"), tmp_path / "built"
    both_read = threading.Barrier(2)
    reading = building.read_list

    def slow(where: Path) -> dict[str, object]:
        found = reading(where)
        with suppress(threading.BrokenBarrierError):  # without a lock both are here with the same list
            both_read.wait(0.3)
        return found

    monkeypatch.setattr(building, "read_list", slow)
    builds = [threading.Thread(target=build, args=(where / slug, built)) for slug in ("een", "twee")]
    for one in builds:
        one.start()
    for one in builds:
        one.join(20)
    assert sorted(reading(built)) == ["een", "twee"]


def test_a_place_may_be_named_from_home(monkeypatch, tmp_path):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("THEMES_DIRS", "~/huisstijlen")
    assert places()[0][0] == tmp_path / "huisstijlen"


def test_a_watch_writes_nothing_where_a_portal_serves(monkeypatch, tmp_path):
    served: list[Path] = []
    monkeypatch.setenv("THEMES_BUILD", str(tmp_path / "built"))
    monkeypatch.setattr("themes.watching.server.serve", lambda _dirs, built, _port: served.append(built))
    main(["watch"])
    assert served == [tmp_path / "built" / "watched"]


@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_a_zip_that_is_packed_in_an_odd_way_is_refused_before_it_is_read(tmp_path, way):
    with zipfile.ZipFile(tmp_path / "in.zip", "w", way) as parcel:
        parcel.writestr("proef/theme.toml", TOML)
    data = (tmp_path / "in.zip").read_bytes()
    at = data.find(b"theme.toml") + len(b"theme.toml")
    (tmp_path / "in.zip").write_bytes(data[:at] + b"\xff" * 12 + data[at + 12 :])
    with pytest.raises(ThemeRefused, match="Maak een gewone zip"):
        unpack(tmp_path / "in.zip", tmp_path / "themes")


@pytest.mark.parametrize(
    ("own", "selector"),
    [("proef", ".proef-theme"), ("stad", ".stad-theme, .proef-theme"), ("2stad", ".\\32 ")],
)
def test_an_embedded_style_holds_under_the_municipalitys_own_class(place, tmp_path, settings, own, selector):
    settings.THEMES_DIRS, settings.THEMES_BUILD = [place("proef", "_base")], tmp_path / "built"
    css = given_to_others("proef", "embedded", own).decode()
    assert process_stylesheet(css, minify=False).splitlines()[0].startswith("@font-face")
    assert f"\n{selector}" in process_stylesheet(css, minify=False)
