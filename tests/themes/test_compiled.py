"""Compiled themes: found by pages, served while the portal runs, small, and changed by one command."""

import json
import os
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import typst
from django.core.management import call_command
from django.http import HttpResponse
from django.test import RequestFactory
from lightningcss import process_stylesheet

from tests.themes.conftest import TOML
from tests.themes.test_hostile import font, png
from themes import compiled
from themes.build import folders
from themes.folder import read_folder
from themes.made_of import fonts_of
from themes.make import bytes_of_fonts, font_faces, make
from themes.refusal import ThemeRefused
from themes.serving import COMPILED, StaticFiles

SHIPPED = folders([Path("themes")])
STATIC = Path("themes/static/themes")


def test_a_municipality_without_a_theme_gets_the_neutral_one(built_themes):
    assert compiled.theme("nergenshuizen").slug == "_base"
    assert compiled.theme("zandmeer").html_class == "zandmeer-theme"
    assert compiled.theme("zandmeer").logo_alt == "Gemeente Zandmeer, naar de startpagina"


def test_themes_are_compiled_when_nobody_did_yet(tmp_path, settings):
    settings.THEMES_BUILD = tmp_path / "new"
    assert compiled.theme("veldrecht").slug == "veldrecht"
    assert (tmp_path / "new" / "themes.json").exists()


def test_a_process_that_may_not_write_says_what_to_do(tmp_path, settings):
    (tmp_path / "file").write_text("")
    settings.THEMES_BUILD = tmp_path / "file" / "built"
    with pytest.raises(compiled.Unbuilt, match="python -m themes"):
        compiled.theme("zandmeer")


@pytest.fixture
def served(settings, built_themes):
    """The middleware as it started, before anything changed."""
    settings.STATIC_ROOT = built_themes.parent / "collected"
    settings.STATIC_ROOT.mkdir()
    started = StaticFiles(lambda request: HttpResponse("nothing", status=404))
    return lambda url: started(RequestFactory().get(url))


def test_a_theme_that_changes_while_the_portal_runs_is_served_at_a_new_address(
    served, folder, settings, built_themes
):
    settings.THEMES_DIRS = [folder().parent, *settings.THEMES_DIRS]
    before, version = compiled.theme("zandmeer").css_url, compiled.version()
    environment = {
        **os.environ,
        "THEMES_DIRS": str(settings.THEMES_DIRS[0]),
        "THEMES_BUILD": str(built_themes),
    }
    subprocess.run([sys.executable, "-m", "themes"], env=environment, check=True, capture_output=True)
    new = compiled.theme("proef").css_url
    (settings.THEMES_DIRS[0] / "proef" / "theme.toml").write_text(TOML.replace("#00606b", "#7a1f5c"))
    subprocess.run(
        [sys.executable, "-m", "themes", "--theme", "proef"], env=environment, check=True, capture_output=True
    )
    newer = compiled.theme("proef").css_url
    assert new != newer
    assert compiled.theme("zandmeer").css_url == before
    assert compiled.version() != version
    answer = served(newer)
    assert answer.status_code == 200
    assert "immutable" in answer["Cache-Control"]
    assert b"#7a1f5c" in b"".join(answer.streaming_content)
    assert served(new).status_code == 200  # for pages that were stored or are still open


@pytest.mark.parametrize(
    "url",
    [
        "/static/themes/../themes.json",
        "/static/themes/themes.json",
        "/static/themes/x.000000000000.css",
        "/static/x",
    ],
)
def test_nothing_else_is_served(served, url):
    assert served(url).status_code == 404


def test_hashed_static_files_of_production_hold_together(settings, tmp_path, built_themes):
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATICFILES_DIRS = [built_themes / "static"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    for address in (compiled.theme("zandmeer").css_url, *compiled.theme("veldrecht").preload):
        assert (settings.STATIC_ROOT / address.removeprefix("/static/")).exists()
    manifest = json.loads((settings.STATIC_ROOT / "staticfiles.json").read_text())["paths"]
    assert (settings.STATIC_ROOT / manifest["themes/base.css"]).exists()


@pytest.mark.parametrize("slug", SHIPPED)
def test_a_theme_is_small_and_valid(slug: str):
    made = make(read_folder(SHIPPED[slug]))
    process_stylesheet(made.css)
    assert len(zlib.compress(made.css.encode(), 9)) <= 2_000  # brotli, which servers use, is smaller still
    assert bytes_of_fonts(made.faces, made.files) <= 100_000
    assert "@import" not in made.css
    assert re.findall(r"url\(([^)]*)\)", made.css) == re.findall(
        r"url\((fonts/[a-z0-9.-]+\.woff2)\)", made.css
    )


def test_the_command_says_in_dutch_what_came_of_each_theme(folder, tmp_path):
    place = folder(theme_toml=TOML.replace("#00606b", "#f5d90a"))
    environment = {**os.environ, "THEMES_DIRS": str(place.parent), "THEMES_BUILD": str(tmp_path / "built")}
    run = [sys.executable, "-m", "themes", "--theme"]
    good = subprocess.run([*run, "proef"], env=environment, capture_output=True, text=True)
    assert good.returncode == 0
    assert "aangepast  accent-1" in good.stdout
    (place / "theme.toml").write_text(TOML.replace("accent-1", "acent-1"))
    bad = subprocess.run([*run, "proef"], env=environment, capture_output=True, text=True)
    assert bad.returncode == 1
    assert "Bedoelt u “accent-1”?" in bad.stderr
    unknown = subprocess.run([*run, "zandmer"], env=environment, capture_output=True, text=True)
    assert unknown.returncode == 2
    assert "Bedoelt u “zandmeer”?" in unknown.stderr


def test_a_logo_that_is_a_png_is_shown_and_printed_as_one_drawing(folder, tmp_path, settings):
    place = folder(logo_svg=None, logo_png=png())
    settings.THEMES_DIRS, settings.THEMES_BUILD = [place.parent, *settings.THEMES_DIRS], tmp_path / "built"
    drawing = compiled.paper("proef").logo
    assert 'viewBox="0 0 200 100"' in drawing
    assert "data:image/png;base64," in drawing
    source = f'#image(bytes({json.dumps(drawing)}), format: "svg", height: 1cm)'
    (tmp_path / "letter.typ").write_text(source)
    assert typst.compile(str(tmp_path / "letter.typ")).startswith(b"%PDF")


def test_a_typeface_of_the_theme_itself_is_served_under_a_name_of_ours(folder, tmp_path):
    own = (STATIC / "fonts" / fonts_of("zilla-slab")[0]["file"]).read_bytes()
    made = make(read_folder(folder(**font(own))))
    (name,) = made.files
    assert re.fullmatch(r"proef-fonts-eigen-400\.[0-9a-f]{12}\.woff2", name)
    assert made.files[name] == own
    assert f"src:url({name})" in made.css
    assert '"Proefletter", sans-serif' in made.tokens["text-font-family-default"]
    assert made.preload == [name]
    assert COMPILED.fullmatch(f"themes/{name}")


@pytest.mark.parametrize(
    "value", ["Proefletter", ["Proefletter", "Arial"], "{basis.text.font-family.default}"]
)
def test_a_token_file_may_name_a_typeface_of_the_theme_itself(folder, value):
    own = (STATIC / "fonts" / fonts_of("zilla-slab")[0]["file"]).read_bytes()
    tokens = {"basis": {"heading": {"font-family": {"$value": value}}}}
    files = font(own)
    text = str(files["theme_toml"]).replace('text = "eigen"', 'text = "eigen"\nheading = "inter"')
    made = make(read_folder(folder(**{**files, "theme_toml": text, "tokens_json": json.dumps(tokens)})))
    assert made.tokens["heading-font-family"] == '"Proefletter", sans-serif'
    assert "Inter" not in made.css


def tokens(**basis: object) -> str:
    return json.dumps({"basis": basis})


def test_what_only_the_dark_set_says_counts_in_the_dark_alone(folder):
    dark = {"focus": {"outline-width": {"$value": "4px"}}, "text": {"font-weight-bold": {"$value": "800"}}}
    light = {"heading": {"color": {"$value": "#101820"}}}
    order = {"tokenSetOrder": ["licht", "dark"]}
    exported = {"licht": {"basis": light}, "dark": {"basis": dark}, "$metadata": order}
    text = TOML + "\n[modes]\ndark = true\n"
    css = make(read_folder(folder(theme_toml=text, tokens_json=json.dumps(exported)))).css
    day, night = css.split("@media")
    assert "--basis-focus-outline-width:4px" in night
    assert "--basis-focus-outline-width" not in day


def test_a_typeface_that_the_tokens_choose_is_loaded_on_our_pages_and_by_other_systems(folder, tmp_path):
    faces = {
        "text": {"font-family": {"default": {"$value": "Atkinson Hyperlegible"}}},
        "heading": {"font-family": {"$value": "Zilla Slab"}},
    }
    made = make(read_folder(folder(tokens_json=tokens(**faces))))
    assert made.faces == ["atkinson-hyperlegible", "zilla-slab"]
    assert "atkinson-hyperlegible-latin-400" in made.preload[0]
    for css in (made.css, font_faces(made, "/static/")):
        assert "atkinson-hyperlegible-latin-700" in css
        assert "zilla-slab-latin-700" in css
        assert "source-sans" not in css


def test_letters_are_too_heavy_with_those_that_are_ours_counted_too(folder):
    own = (STATIC / "fonts" / fonts_of("inter")[0]["file"]).read_bytes()
    files = font(own, bold="a.woff2")
    place = folder(**files)
    with_ours = str(files["theme_toml"]).replace('text = "eigen"', 'text = "eigen"\nheading = "zilla-slab"')
    assert make(read_folder(place)).faces == ["eigen"]
    (place / "theme.toml").write_text(with_ours)
    with pytest.raises(ThemeRefused, match=r"letters zijn samen \d+ kB \(eigen, zilla-slab\)"):
        make(read_folder(place))
