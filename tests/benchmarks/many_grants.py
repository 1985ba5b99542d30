"""A municipality in which a great many residents share: one real grant and all that hangs on it, copied.

The copies are made by the database itself, row by row as the real one, under ids that follow from their
number; only their values do not decrypt, since those are bound to the first one's ids.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from time import perf_counter
from typing import Any
from uuid import UUID

LARGE = 1000
"""Rows from which on a table may not be read through; below, reading it through is what is fastest."""

OWN: Mapping[str, Mapping[str, str]] = {
    "accounts_resident": {},
    "sharing_sharing": {"actor_id": "accounts_resident", "subject_id": "accounts_resident"},
    "sharing_grant": {
        "sharing_id": "sharing_sharing",
        "actor_id": "accounts_resident",
        "subject_id": "accounts_resident",
    },
    "sharing_grantkey": {"grant_id": "sharing_grant"},
    "sharing_recordkey": {"grant_id": "sharing_grant"},
    "sharing_duty": {"grant_id": "sharing_grant"},
    "usage_use": {"grant_id": "sharing_grant", "subject_id": "accounts_resident"},
}
"""What is copied for each grant, in the order of its keys; and its columns that lead to others of these."""
TOLD = {"sharing_duty": {"number": "copy", "done": "one.due"}}
"""Every copy was told to the consumer already, in an order of its own."""


def filled(cursor: Any, grant: UUID, number: int) -> None:
    """Copy a grant that was used once, with its resident, sharing, keys, duty, use and log record."""
    found = {
        "sharing_grant": ("id", grant),
        "sharing_sharing": ("id", _one(cursor, "sharing_id", grant)),
        "accounts_resident": ("id", _one(cursor, "subject_id", grant)),
    }
    for table, leads in OWN.items():
        column, value = found.get(table, ("grant_id", grant))
        own = {"id": _id_of(table), **{name: _id_of(other) for name, other in leads.items()}}
        copied(cursor, table, own | TOLD.get(table, {}), f'"{column}" = %(value)s', number, value)
    _record(cursor, grant, number)


def _record(cursor: Any, grant: UUID, number: int) -> None:
    """The act log's records: of each copy at a leaf of its own, from the first on."""
    own = {
        "id": _id_of("sharing_actrecord"),
        "grant_id": _id_of("sharing_grant"),
        "entry_id": "(SELECT id FROM sharing_ledgerentry WHERE position = copy - 1"
        " AND municipality_id = one.municipality_id)",
    }
    copied(cursor, "sharing_actrecord", own, '"grant_id" = %(value)s', number, grant)


def copied(cursor: Any, table: str, own: Mapping[str, str], where: str, number: int, value: UUID) -> None:
    """Copy the row where `where` holds so many times; `own` are columns that differ, in SQL, by `copy`."""
    cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # names of our own tables
    columns = [one.name for one in cursor.description]
    cursor.execute(
        f"INSERT INTO {table} ({', '.join(map(_quoted, columns))})"
        f" SELECT {', '.join(own.get(one, f'one.{_quoted(one)}') for one in columns)}"
        f" FROM (SELECT * FROM {table} WHERE {where} LIMIT 1) AS one,"
        " generate_series(1, %(number)s) AS copy",
        {"value": value, "number": number},
    )
    assert cursor.rowcount == number, f"{table}: {cursor.rowcount} copies"


def _one(cursor: Any, column: str, grant: UUID) -> UUID:
    cursor.execute(f"SELECT {column} FROM sharing_grant WHERE id = %s", [grant])
    return UUID(str(cursor.fetchone()[0]))


def _id_of(table: str) -> str:
    return f"md5('{table}' || copy)::uuid"


def _quoted(column: str) -> str:
    return f'"{column}"'


def one_use_call(desk: Any, grants: int) -> tuple[list[str], list[str], float]:
    """Fill up to so many grants of this desk, and let it read under one of them through the API.

    Gives the statements it took, the plans that read all of a large table, and the seconds.
    """
    from django.db import connection, transaction
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from portal.municipalities.acting import acting_for
    from portal.municipalities.postgresql.roles import as_owner
    from portal.sharing import use
    from tests.sharing.conftest import gives, new_session

    from .filling import filling
    from .long_log import plans_of

    municipality = desk.municipality
    with acting_for(municipality), transaction.atomic():
        first, mine = gives(new_session()), gives(new_session())
        use.read(desk.row, first.id)
    with acting_for(municipality), filling() as cursor:
        filled(cursor, first.id, grants - 2)
    connection.close()
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        large = large_tables(cursor)
    connection.close()
    client = Client(HTTP_HOST=municipality.host)
    called = f"/api/v1/toestemmingen/{mine.id}/gebruik"
    headers = {"Authorization": desk.header(), "Idempotency-Key": "een-keer"}
    with CaptureQueriesContext(connection) as captured:
        began = perf_counter()
        answer = client.post(called, headers=headers)
        seconds = perf_counter() - began
    assert answer.status_code == 200, answer.content
    asked = statements(captured.captured_queries)
    with acting_for(municipality), transaction.atomic():
        plans = list(plans_of([{"sql": one} for one in asked]))
    return asked, list(read_through(plans, large)), seconds


def large_tables(cursor: Any) -> list[str]:
    """The tables that hold many rows, as the last ANALYZE counted them."""
    cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [LARGE])
    return [name for (name,) in cursor.fetchall()]


def read_through(plans: Sequence[str], large: Sequence[str]) -> Iterator[str]:
    """The plans that read all of a large table."""
    for plan in plans:
        if any(re.search(rf"Seq Scan on {name}\b", plan) for name in large):
            yield plan


def statements(queries: Sequence[Mapping[str, str]]) -> list[str]:
    """What was asked of the database, without the words that begin and end transactions."""
    words = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE", "ROLLBACK")
    return [one["sql"] for one in queries if not one["sql"].startswith(words)]
