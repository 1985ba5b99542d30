"""The engine: the municipality is the first statement of each outermost transaction.

A tenant query outside a transaction or without a municipality raises; row-level security
would answer it with nothing, and nothing is how a mistake stays unseen.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.backends.postgresql import base

from ..acting import current_id
from . import alive

SETTING = "app.municipality"


class TenantQueryRefused(RuntimeError):
    """A query on a municipality's table without a transaction or a municipality in force."""


@cache
def tenant_tables() -> re.Pattern[str]:
    """Finds the name of any tenant table, quoted as Django quotes it."""
    from ..models import TenantModel

    names = [model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)]
    return re.compile('"(?:' + "|".join(sorted(map(re.escape, names))) + ')"')


# Changing a table is the owner's work in migrations and touches no row of a municipality.
OWNER_STATEMENT = re.compile(r"\s*(TRUNCATE|DO|CREATE|ALTER|DROP|COMMENT|SET CONSTRAINTS|REVOKE|GRANT)\b")

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Here, not when it connects: `execute_wrapper` takes away what was added last.
        self.execute_wrappers.append(self._refuse_tenant_query)

    @property
    def pool(self) -> Any:
        """Django's, with a check that seldom has to ask."""
        new = self.alias not in self._connection_pools  # type: ignore[attr-defined]  # the stubs do not know it
        pool = super().pool
        if new and pool is not None and self.settings_dict["CONN_HEALTH_CHECKS"]:
            pool._check = alive.check  # Django gives its own, whatever the options say
        return pool

    def set_municipality(self, municipality: UUID | None) -> None:
        """Tell PostgreSQL whose rows this transaction may see; None means nobody's."""
        with self.cursor() as cursor:
            cursor.execute(
                "SELECT set_config(%s, %s, true)", [SETTING, str(municipality) if municipality else ""]
            )

    def prepared_cursor(self) -> Any:
        """For a question that is asked at every request: PostgreSQL reads and plans it once a connection.

        Where questions are told, Django's own tells them whole.
        """
        if self.queries_logged:
            return self.cursor()
        self.ensure_connection()
        with self.wrap_database_errors:
            self.connection.prepare_threshold = 1  # Django's own cursors never prepare
            cursor = base.ServerBindingCursor(self.connection)  # type: ignore[call-arg]  # as psycopg's own
            return self._prepare_cursor(cursor)  # type: ignore[attr-defined]  # the stubs do not know it

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs do not know it
        municipality = current_id()
        if not autocommit and municipality is not None and self.connection is not None:
            with self.wrap_database_errors, self.connection.cursor() as cursor:
                cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, str(municipality)])

    def _refuse_tenant_query(
        self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        allowed = current_id() is not None and self.in_atomic_block
        if not allowed and apps.ready and not OWNER_STATEMENT.match(sql) and tenant_tables().search(sql):
            raise TenantQueryRefused(
                "a query on a municipality's table needs acting_for(municipality) and a transaction: "
                + sql.split("WHERE")[0][:120]
            )
        return execute(sql, params, many, context)
