"""The first screen of the CMS says what one can do, and the menu leads there: to each their own."""

import re

import pytest

pytestmark = pytest.mark.django_db

DOORS = re.compile(r'<ul class="cms-columns cms-doors">(.*?)</ul>', re.S)
WRITER = (
    "/admin/mededelingen/", "/admin/paginas/", "/admin/gegevens/", "/admin/nuttig/", "/admin/zoekwoorden/",
    "/admin/inlezen/", "/admin/doorverwijzingen/", "/admin/links/",
)  # fmt: skip


def doors(browser) -> list[str]:
    found = DOORS.search(browser.get("/admin/").content.decode())
    assert found is not None
    return re.findall(r'href="([^"]*)"', found[1])


def test_who_writes_for_a_municipality_sees_what_can_be_done_there_and_nothing_of_the_library(editor):
    there = doors(editor("joke"))
    assert [way for way in there if way in WRITER] == list(WRITER)
    assert "/admin/bibliotheek/" not in there


def test_who_writes_for_all_sees_the_library(editor):
    there = doors(editor("bram"))
    assert "/admin/bibliotheek/" in there
    assert "/admin/paginas/" not in there


@pytest.mark.parametrize("who", ["joke", "bram", "karim", "ingrid"])
def test_every_door_opens_and_stands_in_the_menu_too(editor, who):
    browser = editor(who)
    there = doors(browser)
    menu = browser.get("/admin/").content.decode()
    for way in there:
        assert f'"url": "{way}"' in menu
        assert browser.get(way, follow=True).status_code == 200, way
