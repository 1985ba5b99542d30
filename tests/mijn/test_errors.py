"""Error pages: in the municipality's own look, with a person to call, also when nothing works."""

import re
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.test import Client, RequestFactory
from psycopg.errors import DeadlockDetected, LockNotAvailable, QueryCanceled
from psycopg_pool import PoolTimeout

from portal.mijn import errors, frame
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality

from .conftest import body_of

PHONE = "(0999) 12 34 56"


@pytest.fixture
def visitor(zandmeer: Municipality) -> Client:
    return Client(headers={"host": zandmeer.host}, raise_request_exception=False, enforce_csrf_checks=True)


@pytest.fixture
def request_here(zandmeer: Municipality) -> HttpRequest:
    asked = RequestFactory(headers={"host": zandmeer.host}).get("/ergens/")
    asked.on_cms_host = False  # type: ignore[attr-defined]
    return asked


def test_a_page_of_mijn_that_is_not_there(helga: Client) -> None:
    answer = helga.get("/mijn/nooit/")

    assert answer.status_code == 404
    assert "Deze pagina is er niet" in body_of(answer)
    assert "Helga Huisman" in body_of(answer)
    assert 'href="/mijn/"' in body_of(answer)
    assert PHONE in body_of(answer)


def test_a_stranger_sees_the_same_without_a_name(visitor: Client) -> None:
    answer = visitor.get("/mijn/nooit/")

    assert answer.status_code == 404
    assert PHONE in body_of(answer)
    assert "Uitloggen" not in body_of(answer)


def test_a_form_that_was_open_too_long_did_nothing_and_says_so(visitor: Client) -> None:
    answer = visitor.post("/mijn/uitloggen/")

    assert answer.status_code == 403
    assert "Deze pagina stond te lang open" in body_of(answer)
    assert "Er is niets veranderd" in body_of(answer)
    assert PHONE in body_of(answer)


def test_our_own_fault_is_told_in_the_municipality_s_look(
    helga: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("portal.mijn.views.parts_of", fails)
    helga.raise_request_exception = False
    answer = helga.get("/mijn/")

    assert answer.status_code == 500
    assert "Dat ligt niet aan u." in body_of(answer)
    assert PHONE in body_of(answer)


@pytest.mark.parametrize("why", [PoolTimeout, LockNotAvailable, DeadlockDetected])
def test_when_connections_or_rows_are_taken_a_visitor_is_asked_to_come_back_soon(
    helga: Client, monkeypatch: pytest.MonkeyPatch, why: type[Exception]
) -> None:
    def waits_in_vain(*_: object) -> None:
        raise OperationalError from why()

    monkeypatch.setattr("portal.mijn.views.parts_of", waits_in_vain)
    helga.raise_request_exception = False
    answer = helga.get("/mijn/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "Het is nu heel druk" in body_of(answer)


def test_another_fault_of_the_database_is_our_own(helga: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def takes_too_long(*_: object) -> None:
        raise OperationalError from QueryCanceled()

    monkeypatch.setattr("portal.mijn.views.parts_of", takes_too_long)
    helga.raise_request_exception = False
    assert helga.get("/mijn/").status_code == 500


@pytest.mark.parametrize("page", ["forbidden", "not_found", "server_error", "too_busy"])
def test_without_a_database_an_error_page_still_has_its_look(
    request_here: HttpRequest, zandmeer: Municipality, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def down(*_: object) -> None:
        raise OperationalError

    monkeypatch.setattr(frame, "site_facts", down)
    monkeypatch.setattr(frame, "site_menu", down)
    handler = getattr(errors, page)
    extra = [PermissionDenied()] if page in {"forbidden", "not_found"} else []
    with acting_for(zandmeer):
        text = body_of(handler(request_here, *extra))

    assert "zandmeer-theme" in text
    assert "Bel ons." in text


@pytest.mark.django_db
def test_with_nobody_in_force_an_error_page_names_nobody(request_here: HttpRequest) -> None:
    answer = errors.server_error(request_here)

    assert answer.status_code == 500
    assert "Zandmeer" not in body_of(answer)


def test_when_even_the_templates_fail_a_visitor_gets_a_page(
    request_here: HttpRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise TemplateDoesNotExist("everything")

    monkeypatch.setattr(errors, "render", broken)
    answer = errors.server_error(request_here)

    assert answer.status_code == 500
    assert "Dat ligt niet aan u." in body_of(answer)


def test_on_the_cms_host_no_municipality_s_page_is_shown() -> None:
    asked = RequestFactory().get("/admin/")
    asked.on_cms_host = True  # type: ignore[attr-defined]

    text = body_of(errors.csrf_failure(asked))

    assert "<h1>Dit lukt nu niet</h1>" in text
    assert "Zandmeer" not in text


def test_staff_whose_form_was_too_old_can_go_back_to_it() -> None:
    asked = RequestFactory().post("/helpen/x/klaar/", headers={"referer": "http://testserver/helpen/x/"})
    asked.on_cms_host = True  # type: ignore[attr-defined]
    text = body_of(errors.csrf_failure(asked))

    assert "Deze pagina stond te lang open" in text
    assert 'href="/helpen/x/"' in text


@pytest.mark.parametrize(
    ("came_from", "goes_to"),
    [
        ("http://{host}/mijn/delen/?a=1", "/mijn/delen/"),
        ("http://elders.example/mijn/delen/", "/mijn/uitloggen/"),
        ("http://{host}//elders.example/", "/mijn/uitloggen/"),
        ("", "/mijn/uitloggen/"),
    ],
)
def test_who_sent_a_form_in_vain_goes_back_to_the_page_it_stood_on(
    visitor: Client, zandmeer: Municipality, came_from: str, goes_to: str
) -> None:
    answer = visitor.post("/mijn/uitloggen/", headers={"referer": came_from.format(host=zandmeer.host)})

    back = re.search(r'href="([^"]*)"[^>]*>[^<]*(<span[^>]*>)?Ga terug naar de pagina', body_of(answer))
    assert back
    assert back[1] == goes_to


def test_an_address_that_only_takes_a_form_shows_a_page_to_who_opens_it(helga: Client) -> None:
    answer = helga.get(f"/mijn/delen/{uuid4()}/nee/")

    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "Deze pagina is er niet" in body_of(answer)
    assert 'href="/mijn/"' in body_of(answer)
    assert helga.put("/mijn/delen/").content == b""


def test_who_comes_when_it_is_too_busy_is_told_when_to_try_again(
    request_here: HttpRequest, zandmeer: Municipality
) -> None:
    with acting_for(zandmeer):
        answer = errors.too_busy(request_here)

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
