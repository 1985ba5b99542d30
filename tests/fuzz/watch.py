"""What calls did: to every table of every municipality, and to the log."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality, TenantModel

CANARY = "kanarie7f3a91"
"""Stands in every call; it may be in no log."""
GLOBAL = ("django_session", "auth_user", "counter_team", "municipalities_municipality")
ACTIVITY = {"accounts_residentsession": ["last_active"]}
"""That a resident was there is written down when their cookie comes, whatever comes with it."""
USED_UP = "sharing_usedassertion"
"""A signature that was shown is used up, whatever else was wrong: the one table that may grow."""

Print = Mapping[str, tuple[int, str]]
"""Of each table how many rows it has, and a hash over all of them."""


def fingerprint(municipalities: Sequence[Municipality]) -> Print:
    """Every row of every table, in one hash a table."""
    models = [one for one in apps.get_models() if issubclass(one, TenantModel)]
    tables = [one._meta.db_table for one in models if one._meta.db_table != USED_UP]
    found: dict[str, tuple[int, str]] = {}
    for municipality in municipalities:
        with acting_for(municipality), transaction.atomic():
            found |= {f"{municipality.slug} {name}": told for name, told in _hashed(tables).items()}
    with transaction.atomic():
        found |= _hashed(GLOBAL)
    return found


def _hashed(tables: Sequence[str]) -> dict[str, tuple[int, str]]:
    each = [
        f"SELECT '{table}', count(*),"  # names of our own tables
        f" md5(coalesce(string_agg(row, '' ORDER BY row), ''))"
        f" FROM (SELECT md5((to_jsonb(t) - %s::text[])::text) AS row FROM {table} t) AS rows"
        for table in tables
    ]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each), [ACTIVITY.get(table, []) for table in tables])
        return {name: (count, told) for name, count, told in cursor.fetchall()}


@dataclass
class Watched(logging.Handler):
    """Keeps what production would write into its log: at production's levels, in production's form."""

    lines: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(settings.LOGGING["root"]["level"])
        self.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def __hash__(self) -> int:
        return id(self)

    def with_any_of(self, marks: Sequence[str]) -> list[str]:
        """The lines that hold a canary, or a secret of somebody."""
        return [line for line in self.lines if any(mark in line for mark in marks)]


@contextmanager
def watched_log() -> Iterator[Watched]:
    """All that is logged meanwhile."""
    watched, root = Watched(), logging.getLogger()
    root.addHandler(watched)
    try:
        yield watched
    finally:
        root.removeHandler(watched)
