"""An editor gives the site a theme, now or later, and goes back; other systems take it along."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import GroupPagePermission

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality, ThemeAct
from themes.build import build, drop_gone, folders

from .conftest import OEVERSTAD, ZANDMEER
from .test_page_cache import queries_of

pytestmark = pytest.mark.django_db
FEAST = """schema = 1
name = "Zandmeer 700 jaar"
slug = "zandmeer-feest"
municipalities = ["zandmeer"]
[seeds]
accent-1 = "#7a1f5c"
[logo]
alt = "Zandmeer 700 jaar"
"""


@pytest.fixture(autouse=True)
def published(tmp_path, settings) -> None:
    """The shipped themes, and one more that is for Zandmeer only."""
    folder = tmp_path / "themes" / "zandmeer-feest"
    folder.mkdir(parents=True)
    (folder / "theme.toml").write_text(FEAST)
    (folder / "logo.svg").write_bytes((settings.ROOT / "themes" / "_base" / "logo.svg").read_bytes())
    settings.THEMES_BUILD = tmp_path / "built"
    for one in [*folders(settings.THEMES_DIRS).values(), folder]:
        build(one, tmp_path / "built")


@pytest.fixture
def look(visit) -> Callable[..., str]:
    """The class of the theme that a visitor sees."""

    def look(path: str = "/verhuizen/", host: str = ZANDMEER) -> str:
        found = re.search(r'<html [^>]*class="([^"]+)"', visit(path, host).content.decode())
        assert found
        return found[1]

    return look


def pick(browser: Any, theme: str, slug: str = "zandmeer", **more: str) -> Any:
    return browser.post(f"/admin/huisstijl/{slug}/kies/", {"theme": theme, **more})


def test_a_theme_is_chosen_and_is_on_the_site_at_the_next_request_and_one_goes_back(look, editor):
    assert look() == "zandmeer-theme"
    joke = editor("joke")
    assert pick(joke, "zandmeer-feest").status_code == 302
    assert look() == "zandmeer-feest-theme"
    assert look(host=OEVERSTAD) == "oeverstad-theme"
    page = joke.get("/admin/huisstijl/zandmeer/").content.decode()
    assert "Ga terug naar Gemeente Zandmeer" in page
    assert "Joke" in page
    pick(joke, "zandmeer")
    assert look() == "zandmeer-theme"


def test_one_goes_back_from_a_theme_that_was_planned_cancelled_and_planned_again(editor, clock):
    joke = editor("joke")
    typed = timezone.localtime(clock.time + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M")
    pick(joke, "zandmeer-feest", starts=typed)
    clock.move(minutes=1)
    joke.post("/admin/huisstijl/zandmeer/annuleer/")
    clock.move(minutes=1)
    pick(joke, "zandmeer-feest", starts=typed)
    clock.move(hours=3)
    assert "Ga terug naar Gemeente Zandmeer" in joke.get("/admin/huisstijl/zandmeer/").content.decode()


def test_one_goes_back_however_much_was_written_down_since(look, editor):
    joke = editor("joke")
    pick(joke, "zandmeer-feest")
    for _time in range(25):
        joke.post("/admin/huisstijl/zandmeer/deel/", {"path": "rondkomen", "brand": "zandmeer"})
    assert "Ga terug naar Gemeente Zandmeer" in joke.get("/admin/huisstijl/zandmeer/").content.decode()


def test_a_chosen_theme_that_is_gone_is_told_and_the_site_stands_without(look, editor, settings):
    joke = editor("joke")
    pick(joke, "zandmeer-feest")
    (feast,) = (place for place in Path(settings.THEMES_BUILD).parent.glob("themes/*"))
    shutil.rmtree(feast)
    drop_gone([*settings.THEMES_DIRS, feast.parent], settings.THEMES_BUILD)
    assert look() == "base-theme"
    page = joke.get("/admin/huisstijl/zandmeer/").content.decode()
    assert "Het thema zandmeer-feest is er niet meer." in page
    pick(joke, "zandmeer")
    assert "is er niet meer" not in joke.get("/admin/huisstijl/zandmeer/").content.decode()


def test_a_planned_theme_comes_on_the_minute_though_pages_are_stored(look, editor, clock):
    starts = clock.time + timedelta(hours=2)
    typed = timezone.localtime(starts).strftime("%Y-%m-%d %H:%M")
    assert pick(editor("karim"), "zandmeer-feest", starts=typed).status_code == 302
    assert look() == "zandmeer-theme"
    clock.move(hours=1, minutes=58)
    assert look() == "zandmeer-theme"
    clock.move(minutes=2)
    assert look() == "zandmeer-feest-theme"


def test_what_was_planned_can_be_taken_back(look, editor, clock):
    joke = editor("joke")
    typed = timezone.localtime(clock.time + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M")
    pick(joke, "zandmeer-feest", starts=typed)
    assert (
        "krijgt de site het thema Zandmeer 700 jaar"
        in joke.get("/admin/huisstijl/zandmeer/").content.decode()
    )
    joke.post("/admin/huisstijl/zandmeer/annuleer/")
    clock.move(hours=3)
    assert look() == "zandmeer-theme"
    assert "Ga terug naar" not in joke.get("/admin/huisstijl/zandmeer/").content.decode()


@pytest.mark.parametrize(
    ("theme", "starts"),
    [
        ("veldrecht", ""),  # another municipality's
        ("bestaat-niet", ""),
        ("../zandmeer", ""),
        ("zandmeer-feest", "2020-01-01 10:00"),
        ("zandmeer-feest", "2190-01-01 10:00"),
    ],
)
def test_only_own_themes_and_moments_to_come_can_be_chosen(look, editor, theme, starts):
    assert pick(editor("joke"), theme, starts=starts).status_code == 422
    assert look() == "zandmeer-theme"


@pytest.mark.parametrize("who", ["wim", "tjitske"])
def test_nobody_chooses_for_another_municipality(look, editor, who):
    browser = editor(who)
    for path in ("", "naast-elkaar/", "voorbeeld/zandmeer/mijn/"):
        assert browser.get(f"/admin/huisstijl/zandmeer/{path}").status_code == 404
    for path in ("kies/", "annuleer/", "deel/"):
        assert browser.post(f"/admin/huisstijl/zandmeer/{path}", {"theme": "_base"}).status_code == 404
    assert look() == "zandmeer-theme"


def test_who_may_only_write_chooses_no_theme_for_the_whole_site(look, editor):
    joke = editor("joke")
    rights = GroupPagePermission.objects.filter(group__user__username="joke")
    rights.filter(permission__codename="publish_page").delete()
    assert rights.filter(permission__codename="add_page").exists()
    assert joke.get("/admin/huisstijl/zandmeer/").status_code == 404
    assert pick(joke, "_base").status_code == 404
    assert look() == "zandmeer-theme"


def test_an_editor_sees_how_a_theme_would_look_and_none_of_another_municipality(editor):
    joke = editor("joke")
    page = joke.get("/admin/huisstijl/zandmeer/").content.decode()
    assert "Zandmeer 700 jaar" in page
    assert "Veldrecht" not in page
    assert joke.get("/admin/huisstijl/zandmeer/voorbeeld/veldrecht/mijn/").status_code == 404
    assert joke.get("/admin/huisstijl/zandmeer/voorbeeld/zandmeer/niets/").status_code == 404
    shown = joke.get("/admin/huisstijl/zandmeer/voorbeeld/zandmeer-feest/alles/")
    assert 'class="zandmeer-feest-theme"' in shown.content.decode()
    assert "unsafe" not in shown["Content-Security-Policy"]
    beside = joke.get("/admin/huisstijl/zandmeer/naast-elkaar/?a=zandmeer&b=zandmeer-feest&pagina=case")
    assert beside.content.decode().count("<iframe") == 2
    assert ":is(:hover," in joke.get("/admin/huisstijl/toestanden.css").content.decode()


def test_a_part_of_the_site_has_a_brand_of_its_own_in_each_language(look, visit, editor):
    joke = editor("joke")
    joke.post("/admin/huisstijl/zandmeer/deel/", {"path": "rondkomen", "brand": "zandmeer-feest"})
    assert look("/rondkomen/") == "zandmeer-feest-theme"
    assert 'aria-hidden="true">Zandmeer 700 jaar</span>' in visit("/rondkomen/").content.decode()
    assert 'aria-hidden="true">Zandmeer</span>' in visit("/").content.decode()
    assert look("/en/rondkomen/") == "zandmeer-feest-theme"
    assert look("/") == "zandmeer-theme"
    joke.post("/admin/huisstijl/zandmeer/deel/", {"path": "/rondkomen/", "brand": ""})
    assert look("/rondkomen/") == "zandmeer-theme"


@pytest.mark.parametrize("path", ["/mijn/", "/", "/en/x/", "//elders.example/", "/a b/", "/../"])
def test_a_part_is_a_part_of_the_site(editor, path):
    answer = editor("joke").post("/admin/huisstijl/zandmeer/deel/", {"path": path, "brand": "zandmeer-feest"})
    assert answer.status_code == 422
    assert Municipality.objects.get(slug="zandmeer").second_brands == {}


def test_a_part_where_no_page_is_gets_a_warning_and_a_part_goes_away_at_a_button(editor):
    joke = editor("joke")
    at = "/admin/huisstijl/zandmeer/deel/"
    typo = joke.post(at, {"path": "rondkommen", "brand": "zandmeer-feest"}, follow=True).content.decode()
    assert "op /rondkommen/ staat nu geen pagina" in typo
    assert "Haal het thema van /rondkommen/ weg" in typo
    right = joke.post(at, {"path": "rondkomen", "brand": "zandmeer-feest"}, follow=True).content.decode()
    assert "geen pagina" not in right
    gone = joke.post(at, {"path": "/rondkommen/", "brand": ""}, follow=True).content.decode()
    assert "Haal het thema van /rondkommen/ weg" not in gone
    assert "geen pagina" not in gone


def test_each_step_is_written_down_for_that_municipality_only(editor, sites):
    pick(editor("joke"), "zandmeer-feest")
    with acting_for(sites["zandmeer"]):
        acts = ThemeAct.objects.values_list("municipality__slug", "by_name", "kind", "theme", "before")
        assert list(acts) == [("zandmeer", "Joke", "chosen", "zandmeer-feest", "zandmeer")]
    with acting_for(sites["veldrecht"]):
        assert not ThemeAct.objects.exists()
    assert "Joke" not in editor("wim").get("/admin/huisstijl/veldrecht/").content.decode()


def test_the_number_of_queries_does_not_grow_with_what_was_chosen(editor):
    joke = editor("joke")
    pick(joke, "zandmeer-feest")
    before = len(queries_of(lambda path, _host: joke.get(path), "/admin/huisstijl/zandmeer/"))
    for theme in ("zandmeer", "_base", "zandmeer-feest"):
        pick(joke, theme)
    assert len(queries_of(lambda path, _host: joke.get(path), "/admin/huisstijl/zandmeer/")) <= before


def test_another_system_takes_the_theme_from_an_address_that_stays(visit, editor):
    answer = visit("/theme/tokens.json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=300" in answer["Cache-Control"]
    assert not answer.cookies
    tokens = json.loads(answer.content)
    assert tokens["basis"]["color-accent-1-inverse-bg-default"] == {"value": "#00606b", "type": "color"}
    assert tokens["utrecht"]["textbox-border-color"]["value"].startswith("#")
    css = visit("/theme/theme.css").content.decode()
    assert ".zandmeer-theme{" in css
    assert "var(" not in css
    for font in re.findall(r"url\(([^)]+)\)", css):
        assert font.startswith("../static/themes/fonts/")
    assert visit("/theme/logo.svg")["Content-Type"] == "image/svg+xml"
    assert visit("/theme/anders.css").status_code == 404
    pick(editor("joke"), "zandmeer-feest")
    assert ".zandmeer-theme,.zandmeer-feest-theme{" in visit("/theme/theme.css").content.decode()
    pick(editor("joke"), "_base")
    assert ".zandmeer-theme,.base-theme{" in visit("/theme/theme.css").content.decode()


def test_who_has_it_already_is_told_so(client, sites):
    known = client.get("/theme/theme.css", headers={"host": ZANDMEER})["ETag"]
    again = client.get("/theme/theme.css", headers={"host": ZANDMEER, "if-none-match": known})
    assert again.status_code == 304
    assert again["Access-Control-Allow-Origin"] == "*"
    assert again["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "max-age=300" in again["Cache-Control"]


def test_what_is_embedded_is_dark_where_the_site_is_and_its_logo_can_be_seen_there(visit, editor):
    _by_day, by_night = visit("/theme/theme.css").content.decode().split("@media screen and ")
    assert by_night.startswith("(prefers-color-scheme:dark){.zandmeer-theme{color-scheme:dark;")
    assert "--basis-color-default-color-document:#" in by_night
    logo, dark = (visit(f"/theme/{name}.svg").content.decode() for name in ("logo", "logo-dark"))
    assert dark != logo
    assert "#ffffff" not in dark.lower()
    pick(editor("joke"), "zandmeer-feest")  # has no dark one
    assert "prefers-color-scheme" not in visit("/theme/theme.css").content.decode()
    start, drawn = visit("/theme/logo.svg").content.decode().split(">", 1)
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', start)
    assert box
    plate = f'<rect x="0" y="0" width="{box[1]}" height="{box[2]}" fill="#ffffff"/>'
    assert visit("/theme/logo-dark.svg").content.decode() == f"{start}>{plate}{drawn}"
