"""Whose host is this? The one question to PostgreSQL that every request asks, and often the only one.

Its answer holds the municipality, the number of the library and what is announced: stored pages are kept
under both generations and under that, and all must be read before a page is made. Requests that come at the
same moment share it.
"""

import json
from functools import cache
from threading import Lock
from typing import Any

import psycopg
from django.db import connection
from django.utils import timezone
from psycopg.pq import ExecStatus

from .models import Municipality
from .together import Together

Row = tuple[Any, ...]
Said = tuple[bytes | None, ...]
NAME = b"portal-of-host"
"""Of the question, and in `pg_stat_activity` of the connection that a web process keeps for it."""
READ_BEFORE = "portal.row_of_host"
"""In a request's environment, where no header reaches: the row of its host, read after it came."""

OF_HOST = """SELECT {columns},
    (SELECT number FROM municipalities_librarygeneration LIMIT 1) AS library_generation,
    ARRAY(
        SELECT jsonb_build_object('id', told.id, 'kind', told.kind, 'text', told.text, 'url', told.url)::text
        FROM municipalities_announcement told
        WHERE (told.municipality_id = here.id OR told.municipality_id IS NULL)
            AND told.begins <= %(now)s AND told.ends > %(now)s
        ORDER BY told.kind, told.begins DESC
    ) AS announced
    FROM municipalities_municipality here WHERE here.host = ANY(%(hosts)s)
"""
"""Every request asks it; letting Django word it and read its columns would take longer than the answer."""


@cache
def of_host() -> tuple[str, list[str]]:
    """The question with the columns it asks for, and the names of their fields."""
    fields = Municipality._meta.concrete_fields
    columns = ", ".join(f'here."{field.column}"' for field in fields)
    return OF_HOST.replace("{columns}", columns), [field.attname for field in fields]


def municipality_of_host(host: str) -> Municipality | None:
    """The one check of hosts: a municipality's own, or nobody's. One query."""
    row = _rows.of(host)
    return made_of(row) if row else None


def made_of(row: Row) -> Municipality:
    """The municipality that a row of the question tells of."""
    _question, names = of_host()
    *columns, library, announced = row
    found = Municipality.from_db(connection.alias, names, columns)
    found.second_brands = json.loads(found.second_brands)  # as Django's JSONField reads it
    found.library_generation, found.announced = library, announced  # type: ignore[attr-defined]
    return found


def numbers_of(municipality: Municipality) -> tuple[int, int] | None:
    """The two numbers read with it, the generations: what is remembered under them is never older than they.

    A change raises its number in the transaction that writes it. None where it was not the host that told
    whose site it is.
    """
    library: int | None = getattr(municipality, "library_generation", None)
    return None if library is None else (municipality.content_generation, library)


def _asked(cursor: Any, hosts: list[str]) -> dict[str, Row]:
    question, names = of_host()
    cursor.execute(question, {"hosts": hosts, "now": timezone.now()})
    return {row[names.index("host")]: row for row in cursor.fetchall()}


def _by_django(hosts: list[str]) -> dict[str, Row]:
    with connection.prepared_cursor() as cursor:  # type: ignore[attr-defined]  # our own engine
        return _asked(cursor, hosts)


_rows = Together(_by_django)


class Standing:
    """The same question over one connection that this process keeps for it: no pool, no turn, no Django.

    Half of what the question costs is what Django does for a connection that may be used for anything, and
    half of the rest is to put an answer in words of Python that is mostly the same as before: so it is
    compared as PostgreSQL words it. Raises psycopg.OperationalError where it gives no answer, also where
    another thread still waits for one.
    """

    def __init__(self) -> None:
        self._rows = Together(self._ask)
        self._one_at_a_time = Lock()
        self._kept: psycopg.Connection[Row] | None = None
        self._said: dict[str, tuple[Said, Row]] = {}

    def row_of(self, host: str) -> Row | None:
        """The row of this host, read after now; the same object for as long as it says the same."""
        return self._rows.of(host)

    def close(self) -> None:
        """The next question opens another connection."""
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()

    def _ask(self, hosts: list[str]) -> dict[str, Row]:
        if not self._one_at_a_time.acquire(blocking=False):  # it hangs, and somebody lost patience
            raise psycopg.OperationalError("busy")
        try:
            kept = self._kept = self._kept or opened()
            said = said_of(kept, hosts)
            if changed := [host for host in said if self._words(host) != said[host]]:
                with psycopg.Cursor(kept) as cursor:  # what changes meanwhile is said differently next time
                    self._said |= {host: (said[host], row) for host, row in _asked(cursor, changed).items()}
            return {host: self._said[host][1] for host in said if self._words(host) == said[host]}
        except psycopg.Error:
            self.close()
            raise
        finally:
            self._one_at_a_time.release()

    def _words(self, host: str) -> Said | None:
        return self._said[host][0] if host in self._said else None


def opened() -> psycopg.Connection[Row]:
    """A connection as Django opens its own, with the question prepared."""
    told = {**connection.get_connection_params(), "application_name": NAME.decode(), "autocommit": True}
    new: psycopg.Connection[Row] = psycopg.connect(**told)
    question, _names = of_host()
    words = question.replace("%(hosts)s", "string_to_array($1, ' ')").replace("%(now)s", "$2::timestamptz")
    answered(new.pgconn.prepare(NAME, words.encode()))
    return new


def said_of(kept: psycopg.Connection[Row], hosts: list[str]) -> dict[str, Said]:
    """What PostgreSQL says of each host that is somebody's, in its own words."""
    asked = [" ".join(hosts).encode(), str(timezone.now()).encode()]
    told = answered(kept.pgconn.exec_prepared(NAME, asked))
    columns = range(told.nfields)
    rows = (tuple(told.get_value(row, column) for column in columns) for row in range(told.ntuples))
    _question, names = of_host()
    return {(words[names.index("host")] or b"").decode(): words for words in rows}


def answered(told: Any) -> Any:
    """The result. Raises psycopg.OperationalError where it is a fault."""
    if told.status not in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        raise psycopg.OperationalError(told.error_message.decode(errors="replace"))
    return told
