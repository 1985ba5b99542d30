"""The frame: the same page in another language, and nothing on the CMS's own host."""

from uuid import UUID

import pytest
from django.db import connection as database
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.mijn.frame import frame_context, frame_of
from portal.mijn.languages import in_language, languages
from portal.municipalities.acting import acting_for
from portal.municipalities.connections import connect
from portal.municipalities.models import ConnectionRow, Fact, Municipality

from .conftest import body_of, signed_in


@pytest.mark.parametrize(
    ("path", "code", "there"),
    [
        ("/mijn/zaken/", "en", "/en/mijn/zaken/"),
        ("/en/mijn/zaken/", "nl", "/mijn/zaken/"),
        ("/en/mijn/zaken/", "en", "/en/mijn/zaken/"),
        ("/", "en", "/en/"),
        ("/en/", "nl", "/"),
        ("/energie/", "en", "/en/energie/"),
        ("/energie/", "nl", "/energie/"),
        ("/en//elders.example/", "nl", "/elders.example/"),
        ("//elders.example/", "nl", "/elders.example/"),
        ("/en/\\elders.example/", "nl", "/elders.example/"),
    ],
)
def test_a_path_in_a_language(path: str, code: str, there: str) -> None:
    assert in_language(path, code) == there


def test_only_harmless_parts_of_an_address_go_along_to_the_other_language() -> None:
    asked = RequestFactory().get("/mijn/inloggen/", {"naar": "/mijn/", "code": "used once"})

    assert [one.url for one in languages(asked, "nl")] == [
        "/mijn/inloggen/?naar=%2Fmijn%2F",
        "/en/mijn/inloggen/?naar=%2Fmijn%2F",
    ]


def test_there_is_no_frame_on_the_cms_host() -> None:
    asked = RequestFactory().get("/admin/")
    asked.on_cms_host = True  # type: ignore[attr-defined]

    assert frame_context(asked) == {}


def test_a_frame_that_nobody_looks_at_asks_nothing(zandmeer: Municipality) -> None:
    with CaptureQueriesContext(database) as asked:
        frame_of(RequestFactory().get("/"))

    assert len(asked) == 0


@pytest.mark.django_db
def test_facts_and_menu_are_asked_once_until_something_of_the_site_changes(
    zandmeer: Municipality, client: Client
) -> None:
    with acting_for(zandmeer):
        fact = Fact.objects.get(key="telefoon")
    page = client.get("/mijn/inloggen/", headers={"host": zandmeer.host})
    assert fact.value in page.content.decode()

    with CaptureQueriesContext(database) as asked:
        client.get("/mijn/inloggen/", headers={"host": zandmeer.host})
    assert not [one for one in asked if "municipalities_fact" in one["sql"] or "wagtail" in one["sql"]]

    fact.value = "(0999) 65 43 21"
    with acting_for(zandmeer):
        fact.save()
    page = client.get("/mijn/inloggen/", headers={"host": zandmeer.host})
    assert "(0999) 65 43 21" in page.content.decode()


def test_what_a_municipality_is_connected_to_is_asked_once_until_a_register_comes_or_goes(
    zandmeer: Municipality, zaken_id: UUID
) -> None:
    browser = signed_in(zandmeer)
    assert "Berichten" not in body_of(browser.get("/mijn/zaken/")).split("</nav>")[0]
    with CaptureQueriesContext(database) as asked:
        browser.get("/mijn/zaken/")
    assert not [one for one in asked if "DISTINCT" in one["sql"]]

    with acting_for(zandmeer):
        connect("berichten", "Berichten", "http://127.0.0.1:1/", {"token": "x"}, {})
    assert "Berichten" in body_of(browser.get("/mijn/zaken/")).split("</nav>")[0]

    with acting_for(zandmeer):
        ConnectionRow.objects.filter(kind="berichten").delete()
    assert "Berichten" not in body_of(browser.get("/mijn/zaken/")).split("</nav>")[0]
