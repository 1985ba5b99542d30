"""How a benchmark fills tables with millions of rows: the database makes them, and looks at no key of each.

What is put there is right by how it is made; to look at it row by row would take an hour.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, transaction

from tests.emptying import SUPERUSER_URL


@contextmanager
def filling() -> Iterator[Any]:
    """A cursor in a transaction of its own.

    On a named server (DATABASE_URL) each key is looked at, and it takes long.
    """
    if SUPERUSER_URL not in os.environ:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SET CONSTRAINTS ALL IMMEDIATE"
            )  # or all keys would be looked at in one go at the end
            cursor.execute("SET LOCAL statement_timeout = 0")
            yield cursor
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        return
    url = psycopg.conninfo.make_conninfo(os.environ[SUPERUSER_URL], dbname=connection.settings_dict["NAME"])
    with psycopg.connect(url) as server, server.cursor() as cursor:
        cursor.execute(
            "SET session_replication_role = replica; SET work_mem = '512MB'; SET statement_timeout = 0"
        )
        yield cursor
