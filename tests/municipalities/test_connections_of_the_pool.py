"""The pool hands out connections that lead somewhere, mostly without asking PostgreSQL."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg_pool import ConnectionPool

from portal.municipalities.postgresql import alive


@pytest.fixture
def idle(db: None) -> Iterator[Any]:
    """A connection beside that of the test."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as one:
        yield one


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The connections over which PostgreSQL was asked whether it is there."""
    asked: list[Any] = []
    ask = ConnectionPool.check_connection

    def told(one: Any) -> None:
        asked.append(one)
        ask(one)

    monkeypatch.setattr(ConnectionPool, "check_connection", staticmethod(told))
    return asked


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The clock, which stands still."""
    now = [1000.0]
    monkeypatch.setattr(alive, "monotonic", lambda: now[0])
    return now


def test_one_that_answered_just_now_is_not_asked_again(idle, asked, now):
    alive.check(idle)
    alive.check(idle)
    assert len(asked) == 1
    now[0] += alive.TRUSTED
    alive.check(idle)
    assert len(asked) == 2


def test_one_that_postgresql_ended_is_found_at_once(idle, asked, now):
    alive.check(idle)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 20000)", [idle.info.backend_pid])
        assert cursor.fetchone() == (True,)
    with pytest.raises(psycopg.OperationalError):
        alive.check(idle)


def test_one_that_is_closed_is_found_at_once(idle, now):
    alive.check(idle)
    idle.close()
    with pytest.raises(psycopg.OperationalError):
        alive.check(idle)


@pytest.mark.django_db
def test_the_pool_of_the_web_process_checks_so(asked, now):
    pooled = connection.copy()
    pooled.settings_dict = {
        **connection.settings_dict,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**connection.settings_dict["OPTIONS"], "pool": {"min_size": 1, "max_size": 1}},
    }
    try:
        for _request in range(3):
            with pooled.cursor() as cursor:
                cursor.execute("SELECT 1")
            pooled.close()
        assert len(asked) == 1
    finally:
        pooled.close_pool()
