"""Somebody on duty warns on one site or on all, from a phone, and it goes by itself at its end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.municipalities.models import Announcement

from .conftest import OEVERSTAD, VELDRECHT, ZANDMEER
from .test_page_cache import queries_of

pytestmark = pytest.mark.django_db
FIRE = "Er is brand in de haven. Houd ramen en deuren dicht."
HOSTS = (ZANDMEER, VELDRECHT, OEVERSTAD)


def shown(visit, text: str = FIRE, path: str = "/verhuizen/") -> list[bool]:
    return [text in visit(path, host).content.decode() for host in HOSTS]


def put(browser, where: str, **more: str):
    return browser.post(
        f"/admin/mededelingen/{where}/", {"kind": "crisis", "text": FIRE, "until": "4", **more}
    )


def test_one_form_puts_it_on_that_site_at_the_next_request_and_one_press_takes_it_away(visit, editor):
    assert shown(visit) == [False, False, False]
    mo = editor("mo")
    assert put(mo, "zandmeer").status_code == 302
    assert shown(visit) == [True, False, False]
    made = Announcement.objects.get(text=FIRE)
    assert made.ends - made.begins == timedelta(hours=4)
    assert made.made_by == "Mo"
    mo.post(f"/admin/mededelingen/zandmeer/{made.pk}/weg/")
    assert shown(visit) == [False, False, False]


@pytest.mark.parametrize(
    ("who", "where"), [("mo", "/admin/mededelingen/zandmeer/"), ("gerda", "/admin/mededelingen/alle-sites/")]
)
def test_who_is_on_duty_comes_in_on_that_screen(editor, who, where):
    assert editor(who).get("/admin/", follow=True).redirect_chain[-1][0] == where


@pytest.mark.parametrize("who", ["joke", "karim", "ingrid", "bram", "beheer"])
def test_who_does_more_comes_in_on_the_first_screen(editor, who):
    assert editor(who).get("/admin/").status_code == 200


def test_on_all_sites_at_once_and_no_municipality_can_take_that_away(visit, editor):
    put(editor("gerda"), "alle-sites")
    assert shown(visit) == [True, True, True]
    made = Announcement.objects.get(text=FIRE)
    assert FIRE in editor("mo").get("/admin/mededelingen/zandmeer/").content.decode()
    assert editor("mo").post(f"/admin/mededelingen/zandmeer/{made.pk}/weg/").status_code == 404
    assert editor("mo").post(f"/admin/mededelingen/alle-sites/{made.pk}/weg/").status_code == 404
    assert shown(visit) == [True, True, True]


@pytest.mark.parametrize("where", ["veldrecht", "alle-sites", "bestaat-niet"])
@pytest.mark.parametrize("who", ["mo", "joke", "karim", "ingrid"])
def test_nobody_warns_where_they_do_not_work(editor, who, where):
    assert put(editor(who), where).status_code == 404
    assert not Announcement.objects.filter(text=FIRE).exists()


def test_it_comes_and_goes_at_its_time_though_pages_are_stored(visit, editor, clock):
    begins, ends = clock.time + timedelta(hours=1), clock.time + timedelta(hours=2)
    put(editor("mo"), "zandmeer", until="own", begins=typed(begins), ends=typed(ends))
    found = []
    for minutes in (0, 61, 58, 2):
        clock.move(minutes=minutes)
        found.append(shown(visit)[0])
    assert found == [False, True, True, False]


def test_it_stands_on_pages_of_mijn_and_on_pages_that_are_not_there(visit, editor):
    put(editor("mo"), "zandmeer")
    assert shown(visit, path="/mijn/inloggen/")[0]
    assert shown(visit, path="/bestaat-niet/")[0]


def test_a_crisis_is_read_out_and_stands_first_and_a_notice_is_a_plain_landmark(visit, editor):
    put(editor("mo"), "zandmeer", kind="notice", text="De balie is dicht.")
    put(editor("mo"), "zandmeer", url="/storing/")
    text = visit("/").content.decode()
    assert text.count('role="alert"') == 1
    assert text.index("Houd ramen") < text.index("De balie is dicht.") < text.index("<header")
    assert 'aria-label="Mededelingen"' in text
    assert 'href="/storing/"' in text


def test_it_costs_no_query(visit, editor):
    visit("/verhuizen/")
    put(editor("gerda"), "alle-sites")
    put(editor("mo"), "zandmeer")
    assert len(queries_of(visit, "/verhuizen/")) <= 10
    assert len(queries_of(visit, "/verhuizen/")) == 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "verplicht"),
        ({"text": "x" * 251}, "250"),
        ({"until": "own"}, "Vul in tot wanneer"),
        ({"until": "own", "ends": "2020-01-01T10:00"}, "dat nog komt"),
        ({"until": "own", "ends": "2999-01-01T10:00"}, "te lang"),
        ({"begins": "9999-12-31T23:59"}, "binnen een jaar"),
        ({"begins": "9999-12-31T23:30", "until": "own", "ends": "9999-12-31T23:59"}, "binnen een jaar"),
        ({"begins": "0001-01-01T00:00", "until": "own", "ends": "2999-01-01T10:00"}, "te lang"),
        ({"url": "javascript:alert(1)"}, "Begin met / of met https://."),
        ({"url": "//elders.example"}, "Begin met / of met https://."),
        ({"url": "/\\elders.example"}, "Begin met / of met https://."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_stands_on_the_site(editor, wrong, says):
    answer = put(editor("mo"), "zandmeer", **wrong)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Announcement.objects.filter(made_by="Mo").exists()


def test_what_is_typed_is_text(visit, editor):
    put(editor("mo"), "zandmeer", text="<script>alert(1)</script>")
    assert "<script>alert(1)" not in visit("/").content.decode()


def typed(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")
