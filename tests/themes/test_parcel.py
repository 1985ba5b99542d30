"""A theme as a zip: handed over, taken in, and refused with its reason when it is anything else."""

import io
import shutil
import stat
import zipfile
from pathlib import Path

import pytest

from tests.themes.conftest import LOGO, TOML
from themes.__main__ import main
from themes.folder import read_folder
from themes.make import make
from themes.parcel import MOST_ENTRIES, pack, unpack
from themes.refusal import ThemeRefused

GOOD = {"proef/theme.toml": TOML, "proef/logo.svg": LOGO}


def zipped(files: dict[str, str | bytes], **entry: int) -> bytes:
    """A zip of these files; `entry` sets what a zip says of them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as parcel:
        for name, content in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            for key, value in entry.items():
                setattr(info, key, value)
            parcel.writestr(info, content)
    return made.getvalue()


def with_comment(data: bytes) -> bytes:
    made = io.BytesIO(data)
    with zipfile.ZipFile(made, "a") as parcel:
        parcel.comment = b"<script>"
    return made.getvalue()


HOSTILE = {
    "no zip at all": (b"<html>", "geen zip"),
    "a program with a zip behind it": (b"#!/bin/sh\n" + zipped(GOOD), "geen zip, of er staat iets voor"),
    "something behind the zip": (with_comment(zipped(GOOD)), "Achter de zip"),
    "a zip that was cut off": (zipped(GOOD)[:-40], "stuk"),
    "a zip that was damaged": (zipped(GOOD).replace(b"proef/logo.svg", b"proef/logo.sv\0", 1), "stuk"),
    "a way up": (zipped({**GOOD, "proef/../../x.toml": "x"}), "buiten de map"),
    "a way from the root": (zipped({**GOOD, "/etc/x": "x"}), "buiten de map"),
    "a way of Windows": (zipped({**GOOD, "proef\\..\\x": "x"}), "buiten de map"),
    "the neutral theme": (zipped({"_base/theme.toml": TOML}), "alles hoort in één map"),
    "no folder": (zipped({"theme.toml": TOML}), "alles hoort in één map"),
    "two themes": (zipped({**GOOD, "ander/theme.toml": TOML}), "zitten meer mappen"),
    "nothing": (zipped({"proef/": ""}), "hoort één map"),
    "a link": (zipped(GOOD, external_attr=(stat.S_IFLNK | 0o777) << 16), "geen gewoon bestand"),
    "a device": (zipped(GOOD, external_attr=(stat.S_IFCHR | 0o666) << 16), "geen gewoon bestand"),
    "a stray file": (zipped({**GOOD, "proef/style.css": "*{}"}), "style.css hoort niet"),
    "a folder too many": (zipped({**GOOD, "proef/src/a.woff2": "x"}), "hoort niet"),
    "the same file twice": (zipped({**GOOD, "proef/LOGO.svg": LOGO}), "hoort niet"),
    "a name that cannot be": (zipped({**GOOD, "proef/fonts/a\u202e.woff2": "x"}), "naam die niet kan"),
    "a set that leaves the folder": (zipped({**GOOD, "proef/tokens/../../x.json": "{}"}), "buiten de map"),
    "a program among the sets": (zipped({**GOOD, "proef/tokens/run.js": "x"}), "run.js hoort niet"),
    "a set whose name cannot be": (zipped({**GOOD, "proef/tokens/a\u202e.json": "{}"}), "hoort niet"),
    "a set that is a folder as well": (
        zipped({**GOOD, "proef/tokens/a.json": "{}", "proef/tokens/a.json/b.json": "{}"}),
        "a.json/b.json hoort niet",
    ),
    "sets that are a bomb together": (
        zipped({**GOOD, **{f"proef/tokens/s{n}.json": b" " * 900_000 for n in range(9)}}),
        "tokens/ is uitgepakt groter",
    ),
    "typefaces that are a bomb together": (
        zipped({**GOOD, **{f"proef/fonts/f{n}.woff2": b" " * 99_000 for n in range(50)}}),
        "De map is uitgepakt groter dan de 4000 kB",
    ),
    "a bomb": (zipped({**GOOD, "proef/README.md": b"\0" * 50_000_000}), "uitgepakt groter"),
    "a crowd": (zipped({f"proef/fonts/f{n}.woff2": "x" for n in range(MOST_ENTRIES + 1)}), "hoogstens"),
    "a hostile theme": (zipped({**GOOD, "proef/theme.toml": TOML.replace("#00606b", "red;}")}), "geen kleur"),
}


@pytest.mark.parametrize(("data", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_zip_is_refused_with_its_reason_and_nothing_of_it_stands_anywhere(tmp_path, data, reason):
    (tmp_path / "in.zip").write_bytes(data)
    with pytest.raises(ThemeRefused) as refused:
        unpack(tmp_path / "in.zip", tmp_path / "themes")
    assert reason in str(refused.value)
    assert list((tmp_path / "themes").glob("*")) == []


def test_of_a_crowd_that_does_not_belong_some_are_told_and_the_rest_is_counted(tmp_path):
    crowd = {f"proef/x{number}.css": "*{}" for number in range(MOST_ENTRIES - len(GOOD))}
    (tmp_path / "in.zip").write_bytes(zipped({**GOOD, **crowd}))
    with pytest.raises(ThemeRefused) as refused:
        unpack(tmp_path / "in.zip", tmp_path / "themes")
    assert len(refused.value.reasons) == 21
    assert refused.value.reasons[-1] == f"En nog {len(crowd) - 20} van zulke bestanden."


def test_what_macos_puts_beside_each_file_is_left_behind(tmp_path):
    (tmp_path / "in.zip").write_bytes(zipped({**GOOD, "proef/._logo.svg": "x", "__MACOSX/proef/._x": "x"}))
    assert {path.name for path in unpack(tmp_path / "in.zip", tmp_path / "themes").iterdir()} == {
        name.removeprefix("proef/") for name in GOOD
    }


def test_a_zip_with_a_password_is_refused(tmp_path):
    data = bytearray(zipped(GOOD))
    for mark in (b"PK\x03\x04", b"PK\x01\x02"):  # flags stand 6 and 8 bytes after these
        at = data.find(mark)
        while at >= 0:
            data[at + (6 if mark == b"PK\x03\x04" else 8)] |= 1
            at = data.find(mark, at + 4)
    (tmp_path / "in.zip").write_bytes(bytes(data))
    with pytest.raises(ThemeRefused, match="wachtwoord"):
        unpack(tmp_path / "in.zip", tmp_path / "themes")


def test_a_theme_is_handed_over_and_taken_in_as_it_was(folder, tmp_path):
    place: Path = folder()
    (place / ".DS_Store").write_text("x")
    there = unpack(pack(place, tmp_path), tmp_path / "there")
    assert {path.name: path.read_bytes() for path in there.iterdir()} == {
        path.name: path.read_bytes() for path in place.iterdir() if path.name != ".DS_Store"
    }


def test_an_export_in_more_files_is_handed_over_with_the_theme(folder, tmp_path):
    export = Path(__file__).parent / "tokens" / "tokens-studio-folder"
    place: Path = folder()
    shutil.copytree(export, place / "tokens")
    there = unpack(pack(place, tmp_path), tmp_path / "there")
    sets = {path.relative_to(export): path.read_bytes() for path in export.rglob("*.json")}
    assert {path: (there / "tokens" / path).read_bytes() for path in sets} == sets
    assert make(read_folder(there)).tokens["border-radius-md"] == "8px"


def test_a_theme_that_is_there_is_replaced_only_when_asked_and_only_by_one_that_passes(folder, tmp_path):
    parcel = pack(folder(), tmp_path)
    there = unpack(parcel, tmp_path / "there")
    (there / "README.md").write_text("De vorige")
    with pytest.raises(ThemeRefused, match="is er al"):
        unpack(parcel, tmp_path / "there")
    (tmp_path / "bad.zip").write_bytes(zipped({**GOOD, "proef/theme.toml": "x"}))
    with pytest.raises(ThemeRefused):
        unpack(tmp_path / "bad.zip", tmp_path / "there", replacing=True)
    assert (there / "README.md").exists()
    unpack(parcel, tmp_path / "there", replacing=True)
    assert not (there / "README.md").exists()
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["proef"]


@pytest.fixture
def outside(tmp_path, monkeypatch) -> Path:
    """A folder outside the source, as a municipality's designer has it."""
    monkeypatch.setenv("THEMES_DIRS", str(tmp_path / "outside"))
    monkeypatch.setenv("THEMES_BUILD", str(tmp_path / "built"))
    return tmp_path / "outside"


def test_a_new_theme_passes_at_once_and_its_zip_is_taken_in_elsewhere(outside, tmp_path, capsys, monkeypatch):
    assert main(["new", "voorbeeldstad"]) == 0
    assert main(["check", "voorbeeldstad"]) == 0
    assert "Gemeente Voorbeeldstad (voorbeeldstad): klaar" in capsys.readouterr().out
    assert main(["pack", "voorbeeldstad", "--to", str(tmp_path)]) == 0
    monkeypatch.setenv("THEMES_DIRS", str(tmp_path / "elsewhere"))
    assert main(["unpack", str(tmp_path / "voorbeeldstad.zip")]) == 0
    assert (tmp_path / "built" / "themes.json").exists()


@pytest.mark.parametrize("name", ["../x", "Zandmeer", "_base", ""])
def test_a_new_theme_has_a_name_that_can_be(outside, name, capsys):
    assert main(["new", name]) == 1
    assert "korte naam" in capsys.readouterr().err
    assert not outside.exists()


def test_a_new_theme_overwrites_nothing(outside, capsys):
    main(["new", "proef"])
    (outside / "proef" / "theme.toml").write_text("mijn werk")
    assert main(["new", "proef"]) == 1
    assert (outside / "proef" / "theme.toml").read_text() == "mijn werk"


def test_of_two_themes_of_one_name_the_first_counts_and_that_is_told(outside, capsys):
    main(["new", "zandmeer"])
    assert main(["check", "zandmeer"]) == 0
    told = capsys.readouterr().out
    assert f"! zandmeer staat op twee plekken. {outside / 'zandmeer'} telt" in told
    assert "letters 28 kB, logo 0,2 kB" in told  # of the placeholder, not of ours


def test_a_check_says_what_is_wrong_and_writes_nothing(outside, tmp_path, capsys):
    main(["new", "proef"])
    toml = outside / "proef" / "theme.toml"
    toml.write_text(toml.read_text().replace('accent-1 = "#2f4b66"', 'acent-1 = "blauw"'))
    assert main(["check", str(outside / "proef")]) == 1
    told = capsys.readouterr().err
    assert "Bedoelt u “accent-1”?" in told
    assert "“blauw” is geen kleur" in told
    assert not (tmp_path / "built").exists()


def test_a_place_where_no_zip_can_be_written_is_told_in_words(outside, tmp_path, capsys):
    main(["new", "proef"])
    (tmp_path / "file").write_text("")
    assert main(["pack", "proef", "--to", str(tmp_path / "file")]) == 1
    assert f"In {tmp_path / 'file'} kan niets geschreven worden: dat is geen map." in capsys.readouterr().err


def test_a_zip_is_not_taken_in_where_there_is_no_folder(tmp_path, monkeypatch, capsys):
    (tmp_path / "file").write_text("")
    (tmp_path / "in.zip").write_bytes(zipped(GOOD))
    monkeypatch.setenv("THEMES_DIRS", str(tmp_path / "file"))
    assert main(["unpack", str(tmp_path / "in.zip")]) == 1
    assert "dat is geen map" in capsys.readouterr().err


def test_a_folder_of_here_is_checked_and_packed_by_its_name(outside, tmp_path, monkeypatch, capsys):
    main(["new", "geelstad"])
    monkeypatch.setenv("THEMES_DIRS", "")
    monkeypatch.chdir(outside)
    assert main(["check", "geelstad"]) == 0
    assert main(["pack", "./geelstad", "--to", str(tmp_path)]) == 0
    assert (tmp_path / "geelstad.zip").exists()
