"""Whole pages are stored, and nothing that is stored outlives a change."""

import json
import threading
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection

from cms.generations import raise_library
from cms.models import ContentPage, File, FilledIn, HomePage, LeftOut, Picture
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Fact, Municipality

from .conftest import OEVERSTAD, PASSWORD, VELDRECHT, ZANDMEER

HOSTS = (ZANDMEER, VELDRECHT, OEVERSTAD)
ASKED = ("SELECT", "(SELECT", "INSERT", "UPDATE", "DELETE")


def queries_of(visit, path: str, host: str = ZANDMEER) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        assert visit(path, host).status_code == 200
    texts = [one["sql"] for one in seen.captured_queries]
    return [sql for sql in texts if sql.startswith(ASKED) and "set_config" not in sql]


def give_all_that_a_page_can_have(slug: str) -> None:
    """Pictures, documents, links, facts and a place that Zandmeer filled in, on a product with questions."""
    page = ContentPage.objects.get(slug=slug, replaces=None).specific
    picture, picture_too = Picture.objects.order_by("id")[:2]
    file = File.objects.create(
        title="Lijst",
        file=ContentFile(b"x", "lijst.txt"),
        collection=Collection.objects.get(name="bibliotheek"),
    )
    verhuizen = ContentPage.objects.get(slug="verhuizen").pk
    leads = f'<a linktype="page" id="{verhuizen}">Verhuizen</a> <a linktype="document" id="{file.pk}">x</a>'
    place = str(uuid4())
    parts: list[dict[str, object]] = [
        {"type": "section", "value": {"title": "Meer", "text": f"<p>{leads}</p><p>Bel [[telefoon]].</p>"}},
        {"type": "picture", "value": {"picture": picture.pk, "alt": "Een straat"}},
        {"type": "picture", "value": {"picture": picture_too.pk, "alt": "Een plein"}},
        {
            "type": "fill_in",
            "id": place,
            "value": {"title": "Hier", "asked": "Wat?", "text": f"<p>{leads}</p>"},
        },
        {"type": "section", "value": {"title": "Nog meer", "text": f"<p>{leads}</p>"}},
    ]
    page.body = json.dumps(parts)
    page.save_revision().publish()
    home = HomePage.objects.get(slug="zandmeer")
    FilledIn.objects.create(home=home, page=page, block=place, text=f"<p>In Zandmeer anders. {leads}</p>")


@pytest.mark.django_db
class TestQueries:
    @pytest.mark.parametrize(
        "path", ["/", "/verhuizen/", "/dakkapel/", "/strand/", "/en/moving/", "/en/rondkomen/"]
    )
    def test_a_page_costs_at_most_ten_queries_and_from_store_one(self, visit, path):
        visit(path)  # what is made once: content types in memory, pictures in the size of the page
        cache.clear()
        assert len(queries_of(visit, path)) <= 10
        assert len(queries_of(visit, path)) <= 1

    @pytest.mark.parametrize("path", ["/paspoort/", "/en/paspoort/"], ids=["Dutch", "not in English"])
    def test_so_does_a_page_with_all_that_a_page_can_have(self, visit, path):
        """The first one that is made after a change, which also reads the menu and the facts anew."""
        give_all_that_a_page_can_have("paspoort")
        html = visit(path).content.decode()
        for there in (
            ">Verhuizen</a>",
            "/documents/",
            "<img",
            "In Zandmeer anders",
            "paspoort-geldig",
            'Bel <a href="tel:',
        ):
            assert there in html
        with transaction.atomic():
            raise_library()
        assert len(queries_of(visit, path)) <= 10

    def test_so_does_every_page_of_a_site_just_after_a_change(self, visit):
        roots = ("/bibliotheek/", "/bibliotheek-en/", "/zandmeer/")
        paths = ["/" + page.url_path.split("/", 2)[2] for page in ContentPage.objects.filter(live=True)
                 if page.url_path.startswith(roots)]  # fmt: skip
        asked = {}
        for path in [*paths, *(f"/en{one}" for one in paths)]:
            if visit(path).status_code == 200:
                with transaction.atomic():
                    raise_library()
                asked[path] = len(queries_of(visit, path))
        assert len(asked) > len(paths)
        assert {path: number for path, number in asked.items() if number > 10} == {}


@pytest.mark.django_db
class TestStored:
    def test_a_browser_is_told_that_it_already_has_the_page(self, visit, client):
        first = visit("/verhuizen/")
        again = client.get("/verhuizen/", headers={"host": ZANDMEER, "if-none-match": first["ETag"]})
        assert again.status_code == 304
        assert first["Cache-Control"] == "no-cache"

    def test_a_stored_page_has_the_same_headers_as_a_fresh_one(self, visit):
        fresh, stored = visit("/verhuizen/"), visit("/verhuizen/")
        assert dict(fresh.headers) == dict(stored.headers)
        assert "Content-Security-Policy" in stored.headers

    @pytest.mark.parametrize("path", ["/", "/en/moving/", "/sitemap.xml", "/register/"])
    @pytest.mark.parametrize("secure", [False, True], ids=["http", "https"])
    def test_a_stored_page_has_the_headers_of_a_page_that_never_was_in_the_store(
        self, client, sites, path, secure
    ):
        def headers(path: str, **conditions: str) -> dict[str, str]:
            asked = {"host": ZANDMEER, **conditions}
            return dict(client.get(path, headers=asked, secure=secure).headers.items())

        headers(path)
        stored, never_stored = headers(path), headers(f"{path}?anders=1")
        etag = stored.pop("ETag")
        assert stored.pop("Cache-Control") == "no-cache"
        never_stored.pop("Content-Length"), stored.pop("Content-Length")  # a page may name its own address
        assert stored == never_stored
        assert ("Strict-Transport-Security" in stored) is secure

        stored.pop("Content-Type")
        assert headers(path, if_none_match=etag) == {**stored, "ETag": etag, "Cache-Control": "no-cache"}

    def test_a_stored_page_asks_nothing_of_what_stands_behind_the_store(self, visit, monkeypatch):
        visit("/verhuizen/")
        made = []
        monkeypatch.setattr("csp.middleware.build_policy", lambda **_parts: made.append(1) or "")
        assert "Content-Security-Policy" in visit("/verhuizen/").headers
        assert made == []

    def test_a_page_stored_over_https_is_not_given_over_http(self, sites, settings):
        settings.SECURE_SSL_REDIRECT = True
        browser = Client(headers={"host": ZANDMEER})
        assert [browser.get("/verhuizen/", secure=True).status_code for _ in range(2)] == [200, 200]
        assert browser.get("/verhuizen/").status_code == 301

    def test_a_store_that_outlives_the_settings_gives_no_headers_of_before(self, visit, settings):
        from cms.page_cache import headers_in_force

        visit("/verhuizen/")
        settings.SECURE_REFERRER_POLICY = "no-referrer"
        headers_in_force.cache_clear()  # as in a new process
        try:
            assert Client().get("/verhuizen/", headers={"host": ZANDMEER})["Referrer-Policy"] == "no-referrer"
        finally:
            headers_in_force.cache_clear()

    def test_a_store_that_is_down_costs_no_page(self, visit, settings):
        redis = "django.core.cache.backends.redis.RedisCache"
        settings.CACHES = {"default": {"BACKEND": redis, "LOCATION": "redis://127.0.0.1:1/0"}}
        assert visit("/verhuizen/").status_code == 200

    def test_each_host_has_its_own(self, visit):
        texts = {visit("/verhuizen/", host).content for host in HOSTS}
        assert len(texts) == 3

    @pytest.mark.parametrize("path", ["/verhuizen/?utm=x", "/bestaat-niet/", "/mijn/", "/en/verhuizen/"])
    def test_what_is_not_a_plain_page_is_never_stored(self, visit, path, monkeypatch):
        stored = []
        monkeypatch.setattr(cache, "set", lambda key, *args: stored.append(key))
        visit(path)
        assert [key for key in stored if key.startswith("page:")] == []

    def test_nobody_looks_for_a_page_of_mijn_in_the_store(self, visit, monkeypatch):
        looked_for = []
        monkeypatch.setattr("cms.page_cache.stored", looked_for.append)
        visit("/mijn/inloggen/")
        visit("/en/mijn/inloggen/")
        assert looked_for == []

    @pytest.mark.parametrize("path", ["/static/cms/start.js", "/api/v1/"])
    def test_nobody_looks_for_a_file_or_the_api_in_the_store(self, visit, monkeypatch, path):
        looked_for = []
        monkeypatch.setattr("cms.page_cache.stored", looked_for.append)
        visit(path)
        assert looked_for == []

    def test_the_two_languages_of_a_path_are_kept_apart(self, visit):
        assert '<html lang="nl"' in visit("/").content.decode()
        assert '<html lang="en"' in visit("/en/").content.decode()


@pytest.mark.django_db
class TestNeverStored:
    """Answers that something on the way made personal, whatever the view said."""

    @pytest.fixture
    def stores(self, sites):
        from django.http import HttpResponse

        from cms.page_cache import is_same_for_everyone

        def stores(change) -> bool:
            request, answer = RequestFactory().get("/"), HttpResponse("x")
            answer.same_for_everyone = True
            change(request, answer)
            return is_same_for_everyone(request, answer)

        return stores

    def test_a_plain_answer_is(self, stores):
        assert stores(lambda request, answer: None)

    def test_an_answer_with_a_cookie_is_not(self, stores):
        assert not stores(lambda request, answer: answer.set_cookie("x", "y"))

    def test_an_answer_with_a_csrf_token_is_not(self, stores):
        from django.middleware.csrf import get_token

        assert not stores(lambda request, answer: get_token(request))

    def test_an_answer_that_used_a_session_is_not(self, stores):
        assert not stores(lambda request, answer: setattr(request, "session", {"a": 1}))

    def test_an_answer_with_a_nonce_is_not(self, stores):
        assert not stores(lambda request, answer: setattr(request, "_csp_nonce", "abc"))

    def test_an_error_is_not(self, stores):
        assert not stores(lambda request, answer: setattr(answer, "status_code", 404))

    def test_an_answer_that_differs_by_cookie_is_not(self, stores):
        assert not stores(lambda request, answer: answer.headers.setdefault("Vary", "Accept, Cookie"))

    def test_an_unmarked_answer_is_not(self, stores):
        assert not stores(lambda request, answer: setattr(answer, "same_for_everyone", False))


def shows(text: str, path: str = "/verhuizen/") -> list[bool]:
    return [text in Client().get(path, headers={"host": host}).content.decode() for host in HOSTS]


@pytest.fixture
def really_loaded(transactional_db: None) -> None:
    """The sites, in real transactions."""
    from . import kept_pages
    from .conftest import DAY

    kept_pages.load(PASSWORD, DAY)


@pytest.mark.django_db(transaction=True)
def test_every_change_is_on_every_site_that_shows_it_at_the_next_request(really_loaded):
    shows("warm")
    page = ContentPage.objects.get(slug="verhuizen").specific
    page.intro = "Alles is anders. Bel [[telefoon]]."
    page.save_revision().publish()
    assert shows("Alles is anders.") == [True, True, True]

    zandmeer = Municipality.objects.get(slug="zandmeer")
    with acting_for(zandmeer), transaction.atomic():
        phone = Fact.objects.get(key="telefoon")
        phone.value = "(0999) 99 99 99"
        phone.save()
    assert shows("(0999) 99 99 99") == [True, False, False]

    left_out = LeftOut.objects.create(home=HomePage.objects.get(slug="zandmeer"), page=page)
    assert shows("Alles is anders.") == [False, True, True]
    left_out.delete()
    assert shows("Alles is anders.") == [True, True, True]

    zandmeer.theme = "oeverstad"
    zandmeer.save()
    assert shows('class="oeverstad-theme"') == [True, False, True]

    own = ContentPage.objects.get(slug="strand")
    own.title = "Naar zee"
    own.save_revision().publish()
    assert shows(">Naar zee</a>") == [True, False, False]
    own.unpublish()
    assert shows(">Naar zee</a>") == [False, False, False]

    page.move(ContentPage.objects.get(slug="rondkomen"), pos="last-child")
    assert shows("Alles is anders.", "/rondkomen/verhuizen/") == [True, True, True]
    assert Client().get("/verhuizen/", headers={"host": ZANDMEER})["Location"] == "/rondkomen/verhuizen/"

    page.refresh_from_db()
    page.delete()
    assert shows("Alles is anders.", "/rondkomen/verhuizen/") == [False, False, False]


@pytest.mark.django_db(transaction=True)
def test_a_page_made_while_another_publishes_is_never_shown_after_it(really_loaded, monkeypatch):
    """The fault it produces: publishing commits between reading the old text and storing the page."""
    from cms import page_cache

    read, published = threading.Event(), threading.Event()
    check = page_cache.is_same_for_everyone

    def slow(request, answer):
        if threading.current_thread().name == "visitor":
            read.set()
            assert published.wait(20)
        return check(request, answer)

    monkeypatch.setattr(page_cache, "is_same_for_everyone", slow)
    texts: list[str] = []

    def visitor() -> None:
        try:
            texts.append(Client().get("/verhuizen/", headers={"host": ZANDMEER}).content.decode())
        finally:
            connection.close()

    thread = threading.Thread(target=visitor, name="visitor")
    thread.start()
    assert read.wait(20)
    page = ContentPage.objects.get(slug="verhuizen").specific
    page.intro = "Nieuwe tekst."
    page.save_revision().publish()
    published.set()
    thread.join(20)
    assert "Nieuwe tekst." not in texts[0]
    assert shows("Nieuwe tekst.") == [True, True, True]


@pytest.mark.django_db
def test_saving_a_draft_leaves_stored_pages_alone(sites):
    page = ContentPage.objects.get(slug="strand")
    before = Municipality.objects.get(slug="zandmeer").content_generation
    page.title = "Nog niet"
    page.save_revision()
    assert Municipality.objects.get(slug="zandmeer").content_generation == before
    page.get_latest_revision().publish()
    assert Municipality.objects.get(slug="zandmeer").content_generation > before
