"""The tests' database with its tables, as the demo keeps them."""

import os

import psycopg
from django.db import connection
from psycopg import sql

from demo import kept_tables
from portal.municipalities.postgresql.roles import from_url


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
