"""Empties the tests' database after a test that committed.

Django truncates all tables and makes content types and permissions anew, a second for each of some 650 tests.
Here only what has rows is emptied, in some ten milliseconds, and those two stay, for no test changes them. It
takes a role that row-level security and triggers do not stop: the embedded server's own. On a named server
(DATABASE_URL) Django's way is used.
"""

import os
from typing import Any

import psycopg
from django.db import connection
from django.test import TransactionTestCase
from psycopg import sql

SUPERUSER_URL = "TESTS_SUPERUSER_URL"
STAY = ("django_migrations", "django_content_type", "auth_permission")

_server: "psycopg.Connection[Any] | None" = None


def install() -> None:
    """From now on; only where the server is our own."""
    if SUPERUSER_URL in os.environ:
        TransactionTestCase._fixture_teardown = lambda _: empty()  # type: ignore[method-assign]


def empty() -> None:
    """Delete every row a test can have made. Raises when somebody still holds a row after half a minute."""
    if full := full_tables():
        delete = sql.SQL("; ").join(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)) for table in full)
        server().execute(delete)


def full_tables() -> list[str]:
    """The tables with rows that a test can have made."""
    tables = [table for (table,) in server().execute(TABLES, [list(STAY)]).fetchall()]
    any_rows = sql.SQL(" UNION ALL ").join(
        sql.SQL("SELECT {} WHERE EXISTS (SELECT FROM {})").format(sql.Literal(table), sql.Identifier(table))
        for table in tables
    )
    return [table for (table,) in server().execute(any_rows).fetchall()]


def server() -> "psycopg.Connection[Any]":
    """The tests' database as one whom neither row-level security nor triggers stop."""
    global _server
    if _server is None or _server.closed:
        url = psycopg.conninfo.make_conninfo(
            os.environ[SUPERUSER_URL], dbname=connection.settings_dict["NAME"]
        )
        _server = psycopg.connect(url, autocommit=True)
        _server.execute("SET session_replication_role = replica; SET lock_timeout = '30s'")
    return _server


TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL(%s)"


def close() -> None:
    """Let go of the database, before it is dropped."""
    if _server is not None:
        _server.close()
