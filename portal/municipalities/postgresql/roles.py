"""The two roles: the owner makes and empties tables, the application only uses rows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.db import connections

from portal.settings.environment import from_environment


def from_url(url: str) -> dict[str, Any]:
    """Django's connection settings from postgresql://user:password@host:port/name."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"} or not parts.path.strip("/"):
        raise ImproperlyConfigured("expected postgresql://user:password@host:port/name")
    return {
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


OWNER_OPTIONS = "-c statement_timeout=0 -c lock_timeout=5000"
"""An index or a new column over millions of rows takes its time; residents who wait for its lock do not."""


@contextmanager
def as_owner(alias: str = "default") -> Iterator[None]:
    """Connect as the owner (DATABASE_OWNER_URL) for the block; for migrate, flush and test set-up.

    Raises ImproperlyConfigured when no owner is configured: web and workers do not have it.
    """
    url = from_environment("DATABASE_OWNER_URL")
    if not url:
        raise ImproperlyConfigured("DATABASE_OWNER_URL is not set; this command works as the owner.")
    connection = connections[alias]
    settings = connection.settings_dict
    owner = from_url(url)
    kept = {key: settings[key] for key in ("USER", "PASSWORD", "OPTIONS")}
    connection.close()
    options = {key: value for key, value in settings["OPTIONS"].items() if key != "pool"}
    options["options"] = OWNER_OPTIONS
    settings.update(USER=owner["USER"], PASSWORD=owner["PASSWORD"], OPTIONS=options)
    try:
        yield
    finally:
        connection.close()
        settings.update(kept)


def application_role() -> str:
    """The name of the role that web and workers connect with."""
    return str(from_url(from_environment("DATABASE_URL"))["USER"])


def grant_to_application(alias: str = "default") -> None:
    """Give the application its rows: no TRUNCATE (it passes row-level security), no tables of its own."""
    connection = connections[alias]
    role = connection.ops.quote_name(application_role())
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}")


def faults_of_connected_role(alias: str = "default") -> list[str]:
    """Why the connected role must not serve residents; empty when it may."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        superuser, bypasses = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND c.relkind = 'r'"
            " AND pg_has_role(current_user, c.relowner, 'member')"
        )
        (owned,) = cursor.fetchone()
    faults = []
    if superuser:
        faults.append("DATABASE_URL connects as a superuser")
    if bypasses:
        faults.append("DATABASE_URL connects as a role with BYPASSRLS")
    if owned:
        faults.append("DATABASE_URL connects as the owner of the tables")
    return faults
