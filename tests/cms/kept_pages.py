"""The demo's pages as rows, kept once they are loaded: put back in a moment, where loading takes seconds.

A worker of the tests keeps its own, with the files that belong to them. It takes a role that triggers do not
stop, as emptying does; on a named server the pages are loaded each time.
"""

import os
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import mkdtemp

from django.core.files.storage import default_storage
from psycopg import sql

from tests import emptying


@dataclass(frozen=True)
class Kept:
    """All rows by table, where each sequence stood, and the files."""

    rows: dict[str, bytes]
    sequences: dict[str, int]
    files: Path


_kept: Kept | None = None


def load(password: str, day: date) -> None:
    """The demo's pages, committed, and nothing else in the database; their files in the storage in use."""
    global _kept
    from demo.content import pages

    if emptying.SUPERUSER_URL not in os.environ:
        pages.load(password, day)
    elif _kept is None:
        pages.load(password, day)
        _kept = _keep()
    else:
        _put_back(_kept)


def _keep() -> Kept:
    server = emptying.server()
    rows = {}
    for table in emptying.full_tables():
        with server.cursor().copy(sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))) as copy:
            rows[table] = b"".join(bytes(part) for part in copy)
    sequences = dict(server.execute(SEQUENCES).fetchall())
    files = Path(mkdtemp(prefix="portal-pages-"))
    shutil.copytree(default_storage.path(""), files, dirs_exist_ok=True)
    return Kept(rows, sequences, files)


def _put_back(kept: Kept) -> None:
    server = emptying.server()
    with server.transaction():
        emptying.empty()
        for table, content in kept.rows.items():
            with server.cursor().copy(sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))) as copy:
                copy.write(content)
        for sequence, last in kept.sequences.items():
            server.execute("SELECT setval(%s, %s)", [sequence, last])
    shutil.copytree(kept.files, default_storage.path(""), dirs_exist_ok=True)


SEQUENCES = """
    SELECT quote_ident(schemaname) || '.' || quote_ident(sequencename), last_value
    FROM pg_sequences WHERE last_value IS NOT NULL
"""
