"""The tests' database as the migrations leave it, kept for the next run: migrating takes twenty seconds.

Whatever the migrations are made of is in the name of the file, so a change makes a new one.
"""

import fcntl
import hashlib
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.apps import apps
from django.db import connection
from psycopg import sql

from demo import postgres
from portal.municipalities.postgresql.roles import from_url

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".cache" / "tests"
OTHERS = ("portal/municipalities/**/*.py", "portal/settings/*.py", "requirements/develop.txt")
"""What migrations read besides themselves."""


@contextmanager
def only_one() -> Iterator[None]:
    """The first worker migrates, the others wait and take what it made."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def restore() -> bool:
    """Make the tests' database from what was kept; False when there is nothing to make it from."""
    file = _file()
    if not file.exists():
        return False
    name = connection.creation._get_test_db_name()
    with psycopg.connect(_url("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    _run("psql", "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(file), "-d", _url(name))
    return True


def keep() -> None:
    """Keep the tests' database, just migrated, for the next run."""
    file = _file()
    part = file.with_suffix(".part")
    # The owner sees no municipality's rows, and there are none yet.
    what = ["--no-owner", "--enable-row-security", "-f", str(part)]
    _run("pg_dump", *what, "-d", _url(connection.settings_dict["NAME"]))
    for old in KEPT.glob("*.sql"):
        old.unlink()
    part.replace(file)


def _file() -> Path:
    made_of = hashlib.sha256()
    migrations = [
        file
        for app in apps.get_app_configs()
        for file in sorted((Path(app.path) / "migrations").glob("*.py"))
    ]
    for file in [*migrations, *sorted(file for one in OTHERS for file in ROOT.glob(one))]:
        made_of.update(f"{file.name}\0".encode() + file.read_bytes())
    for role in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        made_of.update(str(from_url(os.environ[role])["USER"]).encode())
    return KEPT / f"{made_of.hexdigest()[:32]}.sql"


def _url(name: str) -> str:
    owner = from_url(os.environ["DATABASE_OWNER_URL"])
    return psycopg.conninfo.make_conninfo(
        host=owner["HOST"], port=owner["PORT"], user=owner["USER"], password=owner["PASSWORD"], dbname=name
    )


def _run(program: str, *arguments: str) -> None:
    subprocess.run([postgres.binaries() / program, *arguments], check=True, capture_output=True, timeout=120)
