"""The frame: the same page in another language, and nothing on the CMS's own host."""

import pytest
from django.db import connection as database
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from portal.mijn.frame import frame_context, frame_of
from portal.mijn.languages import in_language, languages
from portal.municipalities.models import Municipality


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
