"""The demo's sites, so that tests look at what visitors and editors see."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings

from portal.municipalities.models import Municipality

PASSWORD = "kade-molen-zwaan-vuurtoren"
DAY = date(2026, 3, 2)
ZANDMEER, VELDRECHT, OEVERSTAD = "zandmeer.localhost", "veldrecht.localhost", "oeverstad.localhost"
CMS = "cms.localhost"


@pytest.fixture(scope="module")
def loaded(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo's pages, loaded once for a module: it takes seconds. Tests roll back what they change."""
    from django.core.cache import cache
    from django.test import TransactionTestCase

    from . import kept_pages

    files = {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    storages = {**settings.STORAGES, **files}
    with override_settings(STORAGES=storages, MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        with django_db_blocker.unblock():
            kept_pages.load(PASSWORD, DAY)
        yield
    with django_db_blocker.unblock():
        TransactionTestCase()._fixture_teardown()
        cache.clear()


@pytest.fixture
def sites(loaded: None, db: None) -> dict[str, Municipality]:
    """The three municipalities of the demo with the library, their own pages and their editors."""
    return {one.slug: one for one in Municipality.objects.all()}


@pytest.fixture
def visit(client: Client, sites: dict[str, Municipality]) -> Callable[..., Any]:
    """A visitor's browser on one of the sites."""

    def visit(path: str, host: str = ZANDMEER) -> Any:
        return client.get(path, headers={"host": host})

    return visit


@pytest.fixture
def editor(sites: dict[str, Municipality]) -> Callable[[str], Client]:
    """The browser of a member of staff, on the CMS host."""
    from django.contrib.auth import get_user_model

    def editor(username: str) -> Client:
        browser = Client(headers={"host": CMS})
        browser.force_login(get_user_model().objects.get(username=username))
        return browser

    return editor
