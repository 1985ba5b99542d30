"""The CMS works under a policy without unsafe-*, in a real browser."""

import pytest

from cms.models import ContentPage, HomePage

from . import kept_pages
from .browser import Seen, editor_at_work, working_day
from .conftest import DAY, PASSWORD

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def running(live_server, settings, tmp_path) -> str:
    """The CMS with the demo's pages on a real server."""
    settings.MEDIA_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    port = live_server.url.rsplit(":", 1)[1]
    settings.PUBLIC_PORT = port
    kept_pages.load(PASSWORD, DAY)
    return f"http://cms.localhost:{port}"


def a_day_at(base: str) -> Seen:
    page_id = ContentPage.objects.get(slug="strand").pk
    home_id = HomePage.objects.get(slug="zandmeer").pk
    return editor_at_work(base, lambda page: working_day(page, page_id, home_id))


def test_an_editors_working_day_meets_no_violation_and_no_error(running, client):
    seen = a_day_at(running)
    assert seen.violations == [], "\n".join(seen.violations)
    assert seen.errors == []
    site = client.get("/strand/", headers={"host": "zandmeer.localhost"}).content.decode()
    assert "ook ’s nachts" in site
    assert "Parkeren kost niets." in site


def test_the_sign_in_page_is_in_the_language_of_the_editors(client, db):
    page = client.get("/admin/login/", headers={"host": "cms.localhost"}).content.decode()
    assert "Gebruikersnaam" in page
    assert "Wachtwoord" in page
    assert "Password" not in page


def test_the_policy_of_the_cms_allows_nothing_inline(client, db):
    cms = client.get("/admin/login/", headers={"host": "cms.localhost"})["Content-Security-Policy"]
    assert not any(word in cms for word in ("unsafe", "sha256", "nonce"))
    assert "frame-ancestors 'self'" in cms
