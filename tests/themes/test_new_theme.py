"""A theme is begun in the browser: the same folder as from the command, and by this page only."""

import re
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import sync_playwright

from tests.chromium import barriers, launched, too_wide
from tests.themes.conftest import LOGO
from tests.themes.test_hostile import png
from themes.__main__ import main
from themes.beginning import Choices, begin
from themes.checking import findings
from themes.folder import read_folder
from themes.make import make
from themes.refusal import ThemeRefused
from themes.watching.new_theme import MOST

YELLOW = {"slug": "geelstad", "name": "Geelstad", "accent": "#f5d90a", "face": "inter", "dark": "on"}


@pytest.fixture
def designer(server: int) -> Iterator[httpx.Client]:
    """Somebody who looks at the watch, without JavaScript."""
    with httpx.Client(base_url=f"http://localhost:{server}", timeout=20) as client:
        yield client


def sent(designer: httpx.Client, data: dict[str, str], logo: bytes = b"", **headers: str) -> httpx.Response:
    """The form, filled in and sent as a browser does."""
    page = designer.get("/nieuw/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    return designer.post(
        "/nieuw/",
        data={"csrfmiddlewaretoken": token[1], **data},
        files={"logo": ("mijn.logo", logo)} if logo else {"logo": ("", b"")},
        headers={"Origin": str(designer.base_url).rstrip("/"), **headers},
    )


def files_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_form_makes_the_folder_that_the_command_would_and_shows_it_with_what_the_check_says(
    designer, theme, tmp_path
):
    answer = sent(designer, YELLOW, png())
    assert answer.status_code == 303
    begun = theme.parent / "geelstad"
    same = begin(
        Choices("geelstad", "Geelstad", "#f5d90a", face="inter", dark=True, logo=png()), tmp_path / "other"
    )
    assert files_in(begun) == files_in(same)
    assert set(files_in(begun)) == {"theme.toml", "logo.png", "README.md"}
    desk = designer.get(answer.headers["Location"]).text
    assert '<iframe src="/geelstad/alles/"' in desk
    assert "Geelstad (geelstad): klaar. Alle kleuren zijn te lezen, licht en donker." in desk
    for what, line in findings(make(read_folder(begun))):
        assert f"{what}: {line}" in desk
    assert designer.get("/geelstad/alles/").status_code == 200


def test_the_command_and_no_choices_in_the_form_come_to_the_same(tmp_path, monkeypatch):
    monkeypatch.setenv("THEMES_DIRS", str(tmp_path / "command"))
    assert main(["new", "proef"]) == 0
    same = begin(Choices("proef"), tmp_path / "form")
    assert files_in(tmp_path / "command" / "proef") == files_in(same)


@pytest.mark.parametrize("face", ["source-sans-3", "inter", "atkinson-hyperlegible", "zilla-slab"])
def test_every_choice_gives_a_theme_that_passes(tmp_path, face):
    folder = begin(
        Choices("proef", "", "oklch(45% 0.1 200)", "#9b2c1f", face, dark=True, logo=LOGO.encode()), tmp_path
    )
    read = read_folder(folder)
    assert make(read)
    assert read.heading_face == face
    assert read.text_face == ("source-sans-3" if face == "zilla-slab" else face)
    assert dict(read.seeds) == {"accent-1": "#00646a", "action-1": "#9b2c1f"}


WRONG = {
    "no short name": ({"slug": ""}, b"", "slug", "Vul een korte naam in"),
    "a way out of the folder": ({"slug": "../x"}, b"", "slug", "Kies een korte naam"),
    "capitals": ({"slug": "Geel stad"}, b"", "slug", "Kies een korte naam"),
    "the neutral theme": ({"slug": "_base"}, b"", "slug", "Kies een korte naam"),
    "a class of the neutral theme": ({"slug": "base"}, b"", "slug", "Kies een korte naam"),
    "a theme that is there": ({"slug": "proef"}, b"", "slug", "is er al"),
    "markup in the name": ({"name": "<b>x</b>"}, b"", "name", "De naam kan niet"),
    "toml in the name": ({"name": 'x"\nslug = "y'}, b"", "name", "De naam kan niet"),
    "no colour": ({"accent": ""}, b"", "accent", "Vul een huiskleur in"),
    "a colour by name": ({"accent": "geel"}, b"", "accent", "is geen kleur"),
    "toml in a colour": ({"accent": '#fff"\nx = "'}, b"", "accent", "is geen kleur"),
    "a button's colour that is none": ({"action": "url(x)"}, b"", "action", "is geen kleur"),
    "a typeface that we have not": ({"face": "comic"}, b"", "face", ""),
    "a script in the logo": ({}, LOGO.replace("<path", "<script/><path").encode(), "logo", "een script"),
    "a logo that is a program": ({}, b"MZ\x90", "logo", "geen SVG en geen PNG"),
    "a logo of few pixels": ({}, png(20, 10), "logo", "minstens 96 hoog"),
    "a large drawing": ({}, LOGO.encode() + b" " * 60_000, "logo", "hoogstens 50 kB"),
    "a huge logo": ({}, png() + b"x" * 3_000_000, "logo", f"hoogstens {MOST // 1000} kB"),
}


@pytest.mark.parametrize(("given", "logo", "field", "reason"), WRONG.values(), ids=WRONG.keys())
def test_what_cannot_be_is_told_at_its_field_and_what_was_filled_in_stays(
    designer, theme, given, logo, field, reason
):
    before = {path: files_in(path) for path in theme.parent.iterdir()}
    data = {**YELLOW, "slug": "anders", **given}
    answer = sent(designer, data, logo)
    assert answer.status_code == 200
    error = re.search(rf'id="id_{field}_error">(.*?)</div>', answer.text, re.S)
    assert error
    assert reason in error[1]
    assert f'<a href="#id_{field}">' in answer.text
    for name in {"slug", "name", "accent"} - {field}:
        assert f'value="{data[name]}"' in answer.text
    assert re.search(r'name="dark"[^>]* checked', answer.text)
    assert {path: files_in(path) for path in theme.parent.iterdir()} == before


def test_who_must_send_the_form_again_is_told_to_choose_the_logo_again(designer):
    told = sent(designer, {**YELLOW, "slug": "anders", "accent": "geel"}, png()).text
    assert "Kies uw logo nog een keer" in told


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "https://elders.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),  # another server on this machine
        ({"Host": "elders.example"}, 400),  # a name that somebody points at this machine
    ],
)
def test_another_site_begins_nothing(designer, theme, headers, status):
    assert sent(designer, {**YELLOW, "slug": "kwaad"}, **headers).status_code == status
    assert not (theme.parent / "kwaad").exists()


def test_a_form_that_was_not_asked_for_here_begins_nothing(designer, theme):
    answer = designer.post("/nieuw/", data={**YELLOW, "slug": "kwaad"})
    assert answer.status_code == 403
    assert "laad de pagina opnieuw" in answer.text
    assert not (theme.parent / "kwaad").exists()


def test_a_place_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ThemeRefused, match="kunnen wij geen map maken"):
        begin(Choices("proef"), tmp_path / "file" / "themes")


def test_beginning_in_a_browser_is_for_everyone(server, theme):
    with sync_playwright() as playwright:
        chromium = launched(playwright)
        page = chromium.new_page()
        page.goto(f"http://localhost:{server}/nieuw/")
        for filled, title in ((("Blauw", "blauw"), "Fout: Nieuw"), (("blauwstad", "#0b3c8c"), "Thema’s")):
            assert barriers(page) == [], page.url
            for width in (1200, 320):
                page.set_viewport_size({"width": width, "height": 900})
                assert too_wide(page) == 0, (page.url, width)
            page.get_by_label("Korte naam").fill(filled[0])
            page.get_by_label("Huiskleur").fill(filled[1])
            page.get_by_role("button", name="Maak het thema").click()
            page.wait_for_function("title => document.title.startsWith(title)", arg=title)
        assert page.get_by_text("Gemeente Blauwstad (blauwstad): klaar").is_visible()
        chromium.close()
    assert (theme.parent / "blauwstad").is_dir()
