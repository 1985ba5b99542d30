"""A stored page is answered before Django begins, and is the same page with the same headers."""

from collections.abc import Iterator
from datetime import UTC, datetime
from threading import Event, Thread
from typing import Any
from wsgiref.util import setup_testing_defaults

import psycopg
import pytest
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext

from cms.models import ContentPage
from cms.stored_first import Finder, stored_first
from portal.municipalities.hosts import Standing, made_of, municipality_of_host
from portal.municipalities.models import Municipality
from portal.reading import Handler

from . import kept_pages
from .conftest import CMS, DAY, PASSWORD, VELDRECHT, ZANDMEER

pytestmark = pytest.mark.django_db


class Django(Handler):
    """The application, which tells what reached it."""

    def __init__(self) -> None:
        super().__init__()
        self.reached: list[str] = []

    def get_response(self, request: Any) -> HttpResponse:
        self.reached.append(f"{request.method} {request.path}")
        return super().get_response(request)


class Site:
    """The web process, asked as the web server asks it."""

    def __init__(self) -> None:
        self.django = Django()
        self.application = stored_first(self.django)
        cells = [cell.cell_contents for cell in self.application.__closure__]
        self.finder = next(one for one in cells if isinstance(one, Finder))

    @property
    def standing(self) -> Standing:
        return self.finder._standing

    def ask(self, path: str, host: str = ZANDMEER, **environ: Any) -> tuple[str, dict[str, str], bytes]:
        asked = {"PATH_INFO": path, "HTTP_HOST": host, **environ}
        setup_testing_defaults(asked)
        told: list[Any] = []
        answer = self.application(asked, lambda status, headers, *_: told.extend((status, dict(headers))))
        try:
            return told[0], told[1], b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()

    def reaches_django(self, path: str, host: str = ZANDMEER, **environ: Any) -> bool:
        self.django.reached.clear()
        self.ask(path, host, **environ)
        return bool(self.django.reached)


@pytest.fixture
def site(sites: dict[str, Municipality]) -> Iterator[Site]:
    cache.clear()
    site = Site()
    signals = (request_started, request_finished)
    for signal in signals:  # as Django's own test client: the connection holds what the test rolls back
        signal.disconnect(close_old_connections)
    yield site
    for signal in signals:
        signal.connect(close_old_connections)
    site.standing.close()


def test_a_stored_page_never_reaches_django_and_is_the_page_that_django_gives(site):
    made = site.ask("/verhuizen/")
    assert made[0] == "200 OK"
    assert not site.reaches_django("/verhuizen/")
    assert site.ask("/verhuizen/") == made
    assert "Content-Security-Policy" in made[1]
    assert site.ask("/verhuizen/", REQUEST_METHOD="POST")[0] != "200 OK"


def test_each_host_language_and_scheme_has_its_own(site):
    for host, path, scheme in [
        (ZANDMEER, "/", "http"),
        (VELDRECHT, "/", "http"),
        (ZANDMEER, "/en/", "http"),
        (ZANDMEER, "/", "https"),
    ]:
        environ = {"wsgi.url_scheme": scheme}
        assert site.reaches_django(path, host, **environ)
        assert not site.reaches_django(path, host, **environ)


@pytest.mark.parametrize(
    ("path", "environ"),
    [
        ("/verhuizen/", {"REQUEST_METHOD": "HEAD"}),
        ("/verhuizen/", {"REQUEST_METHOD": "POST"}),
        ("/verhuizen/", {"QUERY_STRING": "utm=x"}),
        ("/verhuizen/", {"HTTP_IF_NONE_MATCH": '"x"'}),
        ("/verhuizen/", {"HTTP_HOST": "nergens.localhost"}),
        ("/verhuizen/", {"HTTP_HOST": "zandmeer.localhost}{"}),
        ("/verhuizen/", {"HTTP_HOST": CMS}),
        ("/mijn/inloggen/", {}),
        ("/en/mijn/inloggen/", {}),
        ("/api/v1/", {}),
        ("/healthz", {}),
        ("/bestaat-niet/", {}),
    ],
)
def test_whatever_is_not_that_plain_case_is_djangos(site, path, environ):
    site.ask("/verhuizen/")
    assert [site.reaches_django(path, **environ) for _ in range(2)] == [True, True]


def test_the_question_of_the_host_is_asked_once_for_a_page_that_is_not_stored_yet(site):
    with CaptureQueriesContext(connection) as seen:
        site.ask("/verhuizen/")
    assert seen.captured_queries
    assert not [one for one in seen.captured_queries if "municipalities_librarygeneration" in one["sql"]]


def test_no_header_can_say_whose_host_it_is(site):
    assert site.ask("/verhuizen/", "nergens.localhost", HTTP_PORTAL_ROW_OF_HOST="x")[0] == "400 Bad Request"


def test_the_row_is_what_django_reads(site):
    row = site.standing.row_of(ZANDMEER)
    assert row is not None
    assert site.standing.row_of(ZANDMEER) is row
    found, by_django = made_of(row), municipality_of_host(ZANDMEER)
    assert vars(found).keys() == vars(by_django).keys()
    for name in set(vars(found)) - {"_state"}:
        assert getattr(found, name) == getattr(by_django, name)


@pytest.mark.parametrize("host", ["zandmeer.localhost veldrecht.localhost", '{"zandmeer.localhost"}', "%"])
def test_what_is_no_name_of_a_host_finds_none(site, host):
    assert site.standing.row_of(host) is None


class TestThatDatabaseIsAway:
    def test_a_connection_that_died_costs_no_page_and_is_opened_anew(self, site):
        site.ask("/verhuizen/")
        with connection.cursor() as cursor:
            pid = site.standing._kept.info.backend_pid
            cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])
        assert site.reaches_django("/verhuizen/")
        assert site.ask("/verhuizen/")[0] == "200 OK"
        assert not site.reaches_django("/verhuizen/")

    def test_a_database_that_takes_nobody_leaves_it_to_django(self, site, monkeypatch):
        def refused(**_told: Any) -> None:
            raise psycopg.OperationalError("refused")

        monkeypatch.setattr(psycopg, "connect", refused)
        site.standing.close()
        assert [site.reaches_django("/verhuizen/") for _ in range(2)] == [True, True]

    def test_a_question_that_hangs_holds_up_nobody_else(self, site, monkeypatch):
        from portal.municipalities import hosts, together

        site.ask("/verhuizen/")
        hangs, goes_on = Event(), Event()
        said_of = hosts.said_of

        def hanging(*told: Any) -> Any:
            hangs.set()
            assert goes_on.wait(20)
            return said_of(*told)

        monkeypatch.setattr(hosts, "said_of", hanging)
        monkeypatch.setattr(together, "PATIENCE", 0.01)
        hung = Thread(target=site.standing.row_of, args=[ZANDMEER])
        hung.start()
        try:
            assert hangs.wait(20)
            assert site.reaches_django("/verhuizen/")
        finally:
            goes_on.set()
            hung.join(20)
        assert not site.reaches_django("/verhuizen/")


@pytest.mark.django_db(transaction=True)
def test_a_change_is_on_the_site_at_the_next_request(transactional_db):
    kept_pages.load(PASSWORD, DAY)
    site = Site()
    site.ask("/verhuizen/")
    page = ContentPage.objects.get(slug="verhuizen").specific
    page.intro = "Alles is anders."
    page.save_revision().publish()
    assert b"Alles is anders." in site.ask("/verhuizen/")[2]

    Municipality.objects.filter(host=ZANDMEER).update(theme="oeverstad")
    assert b'class="oeverstad-theme"' in site.ask("/verhuizen/")[2]

    assert not site.reaches_django("/verhuizen/")
    Municipality.objects.filter(host=ZANDMEER).update(closed=datetime(2026, 1, 1, tzinfo=UTC))
    assert site.ask("/verhuizen/")[0] == "410 Gone"
    site.standing.close()
