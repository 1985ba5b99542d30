"""What every test can ask for: the database with its two roles, municipalities, and a clock to move."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from portal.municipalities.models import Municipality


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: object,
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_createdb: bool,
) -> Iterator[None]:
    """As pytest-django's, but made and destroyed by the owner; `--reuse-db` keeps it on a named server."""
    from django.db import connections
    from django.test.utils import setup_databases, teardown_databases

    from demo import kept_tables
    from portal.municipalities.postgresql.roles import as_owner
    from tests import emptying, prepared_database

    keep = request.config.getvalue("reuse_db")
    old_one = keep and not django_db_createdb
    with django_db_blocker.unblock(), kept_tables.only_one():  # type: ignore[attr-defined]
        with as_owner():
            ready = old_one or prepared_database.restore()
            old = setup_databases(verbosity=0, interactive=False, keepdb=ready, serialized_aliases=set())
            if not ready:
                prepared_database.keep()
        connections["default"].close()
    emptying.install()
    yield
    emptying.close()
    with django_db_blocker.unblock(), as_owner():  # type: ignore[attr-defined]
        teardown_databases(old, verbosity=0, keepdb=keep)


@pytest.fixture(autouse=True)
def forget_keys() -> Iterator[None]:
    """Keys and sites held in memory belong to rows of another test."""
    from django.core.cache import cache

    from cms.search import vocabulary
    from portal.mijn import site
    from portal.municipalities.keys import forget_cached_keys

    forget_cached_keys()
    site.forget()
    vocabulary.forget()
    yield
    cache.clear()


@pytest.fixture(autouse=True)
def speak_dutch() -> Iterator[None]:
    """A page asked for in English leaves its language behind in the thread."""
    from django.utils import translation

    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def one_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits count in windows of the clock; a test that crosses into the next one would count anew."""
    from portal.accounts import limits

    started = time.time()
    monkeypatch.setattr(limits, "time", SimpleNamespace(time=lambda: started))


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        from django.utils import timezone

        self.time = timezone.now()

    def __call__(self) -> datetime:
        return self.time

    def move(self, **parts: float) -> None:
        self.time += timedelta(**parts)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock of the portal, in the hands of the test."""
    from django.utils import timezone

    stands_still = Clock()
    monkeypatch.setattr(timezone, "now", stands_still)
    return stands_still


@pytest.fixture
def zandmeer(db: None) -> "Municipality":
    """A municipality with keys and contact facts."""
    return _found("zandmeer", "Zandmeer", "9901", "(0999) 12 34 56")


@pytest.fixture
def veldrecht(db: None) -> "Municipality":
    """Another municipality, whose rows nobody of the first may reach."""
    return _found("veldrecht", "Veldrecht", "9902", "(0998) 12 34 56")


def _found(slug: str, name: str, code: str, phone: str) -> "Municipality":
    from portal.municipalities.founding import found

    facts = {
        "telefoon": phone,
        "e-mail": f"info@{slug}.example",
        "balie": "Gemeentehuis, Plein 1",
        "openingstijden": "ma–vr 9.00–16.00",
    }
    return found(slug, name, f"{slug}.localhost", code, slug, facts, fictional=True)
