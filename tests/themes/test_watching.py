"""`make theme-watch`: what a designer saves is shown at once, on this machine only, under a strict policy."""

import os
import re
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Playwright

from tests.chromium import launched
from tests.themes.conftest import TOML
from themes.gallery.pages import PAGES
from themes.gallery.states import style
from themes.watching.changes import Watch


def get(port: int, path: str, host: str = "localhost") -> tuple[int, dict[str, str], str]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path, headers={"Host": host})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read().decode()
    connection.close()
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_every_page_is_there_in_the_designers_theme(server: int, kind: str):
    status, headers, html = get(server, f"/proef/{kind}/")
    assert status == 200
    assert 'class="proef-theme"' in html
    assert "{{" not in html
    assert ">None<" not in html
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy
    assert not re.search(r"<script(?![^>]* src=)|<style| style=|javascript:| on\w+=", html)


def test_a_saved_change_is_told_to_the_browser_and_is_on_the_page(server: int, theme: Path):
    connection = HTTPConnection("127.0.0.1", server, timeout=30)
    connection.request("GET", "/veranderingen/")
    told = connection.getresponse()
    assert told.getheader("Content-Type") == "text/event-stream"
    lines = iter(told.fp.readline, b"") if told.fp else iter(())
    before = next(line for line in lines if line.startswith(b"data:"))
    (theme / "theme.toml").write_text(TOML.replace("#00606b", "#7a1f5c"))
    after = next(line for line in lines if line.startswith(b"data:"))
    connection.close()
    assert before != after
    css = re.search(r'href="(/static/themes/proef\.[0-9a-f]+\.css)"', get(server, "/proef/mijn/")[2])
    assert css
    assert "#7a1f5c" in get(server, css[1])[2]


def test_a_designer_sees_the_own_theme_first(server: int):
    assert '<iframe src="/proef/alles/"' in get(server, "/")[2]


def test_two_themes_lie_side_by_side(server: int):
    _status, _headers, html = get(server, "/?a=proef&b=zandmeer&pagina=mijn")
    assert re.findall(r'<iframe src="([^"]+)"', html) == ["/proef/mijn/", "/zandmeer/mijn/"]
    _status, _headers, html = get(server, "/?a=niets&b=%3Cscript%3E&pagina=..%2F")
    assert re.findall(r'<iframe src="([^"]+)"', html) != []
    assert "<script>" not in html


def test_a_page_is_seen_as_wide_and_as_dark_as_chosen(server: int, playwright: Playwright):
    browser = launched(playwright)
    page = browser.new_page(color_scheme="null", viewport={"width": 1280, "height": 900})
    page.goto(f"http://localhost:{server}/")
    page.get_by_label("Breedte").select_option("kleinste telefoon")
    page.get_by_label("Licht of donker").select_option("donker")
    page.get_by_role("button", name="Laat zien").click()
    page.wait_for_load_state()
    seen = page.frames[1].evaluate("[innerWidth, matchMedia('(prefers-color-scheme: dark)').matches]")
    browser.close()
    assert seen == [320, True]


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "elders.example", 400),  # a name that somebody points at this machine
        ("/niets/mijn/", "localhost", 404),
        ("/proef/niets/", "localhost", 404),
        ("/proef/..%2f..%2fframe/", "localhost", 404),
        ("/static/themes/../../manage.py", "localhost", 404),
    ],
)
def test_there_is_nothing_else(server: int, path: str, host: str, status: int):
    assert get(server, path, host)[0] == status


def test_a_refused_theme_is_told_with_its_reasons_and_the_previous_stays(tmp_path, folder):
    place: Path = folder()
    watch = Watch([place.parent, Path("themes")], tmp_path / "built")
    assert watch.look()
    assert not watch.look()
    (place / "theme.toml").write_text(TOML.replace("accent-1", "acent-1"))
    assert watch.look()
    assert any("Bedoelt u “accent-1”" in reason for reason in watch.refused["proef"])
    assert (tmp_path / "built" / "themes.json").exists()
    (place / "theme.toml").write_text(TOML)
    assert watch.look()
    assert watch.refused == {}
    (place / "tokens" / "kleur").mkdir(parents=True)
    (place / "tokens" / "kleur" / "merk.json").write_text("{")
    assert watch.look()
    assert any("tokens/kleur/merk.json" in reason for reason in watch.refused["proef"])


def test_who_waits_hears_of_a_change(tmp_path, folder):
    watch = Watch([folder().parent], tmp_path / "built")
    heard: list[int] = []
    waiting = threading.Thread(target=lambda: heard.append(watch.wait(0, 20)))
    waiting.start()
    watch.look()
    waiting.join(20)
    assert heard == [1]


def test_nothing_of_the_portal_leads_to_the_watch():
    for room in ("portal", "cms"):
        for path in Path(room).rglob("*.py"):
            assert "themes.watching" not in path.read_text(), path


def test_states_are_forced_within_a_container_and_nothing_else_changes():
    forced = style()
    assert ".nl-button:is(:hover,:where(.toon-hover *))" in forced
    assert "(forced-colors:active)" in forced
    plain = re.sub(r":is\((:[a-z-]+),:where\(\.toon-[^()]*(?::is\([^()]*\))?\)\)", r"\1", forced)
    assert plain == Path("themes/static/themes/base.css").read_text()


def test_a_port_that_is_taken_is_told_in_words(server: int, theme: Path):
    environment = {**os.environ, "THEMES_DIRS": str(theme.parent), "THEMES_BUILD": str(theme.parent / "more")}
    command = [sys.executable, "-m", "themes", "watch", "--port", str(server)]
    tried = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
    assert tried.returncode == 1
    assert f"Poort {server} is al bezet" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_a_second_watch_takes_nothing_of_the_first_for_gone_and_leaves_nothing(
    server: int, theme: Path, tmp_path: Path
):
    built = theme.parent.parent / "built"
    environment = {**os.environ, "THEMES_DIRS": str(tmp_path), "THEMES_BUILD": str(built)}
    command = [sys.executable, "-m", "themes", "watch", "--port", "0"]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as second:
        assert second.stdout
        assert any("localhost" in line for line in second.stdout)
        assert get(server, "/proef/mijn/")[0] == 200
        assert len(list((built / "watched").iterdir())) == 2
        second.terminate()
    assert len(list((built / "watched").iterdir())) == 1
