"""The tests' database with its tables, as the demo keeps them."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.db import connection
from psycopg import sql

from demo import kept_tables
from portal.municipalities.postgresql.roles import from_url


@contextmanager
def only_one() -> Iterator[None]:
    """The first worker migrates, the others wait and take what it made."""
    kept_tables.KEPT.mkdir(parents=True, exist_ok=True)
    with (kept_tables.KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def restore() -> bool:
    """Make the tests' database from what was kept; False when there is nothing to make it from."""
    name = connection.creation._get_test_db_name()
    with psycopg.connect(_url("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return kept_tables.restore(_url(name))


def keep() -> None:
    """Keep the tests' database, just migrated, for the next run."""
    kept_tables.keep(_url(connection.settings_dict["NAME"]))


def _url(name: str) -> str:
    owner = from_url(os.environ["DATABASE_OWNER_URL"])
    return psycopg.conninfo.make_conninfo(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"], dbname=name
    )
