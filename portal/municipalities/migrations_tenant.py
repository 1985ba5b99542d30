"""The one migration helper that puts a table under row-level security.

Place `TenantTable("app_label", "ModelName")` after the CreateModel, and after each later
operation that adds a key to another tenant table. Running it again is harmless.
"""

from typing import Any

from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

POLICY = "only_the_municipality_in_force"
IN_FORCE = "(SELECT NULLIF(current_setting('app.municipality', true), '')::uuid)"


def is_tenant(model: type[models.Model]) -> bool:
    """Whether a model (also a historical one) is a municipality's own table."""
    names = {field.name for field in model._meta.local_fields}
    if "municipality" not in names:
        return False
    field = model._meta.get_field("municipality")
    return isinstance(field, models.ForeignKey) and not field.unique and model._meta.pk.name == "id"


class TenantTable(Operation):
    """Forces row-level security and makes keys to other tenant tables composite.

    Foreign-key and unique checks by-pass row-level security, so a key to another
    municipality's row must be impossible by its own columns.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, app_label: str, model_name: str) -> None:
        self.app_label, self.model_name = app_label, model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Changes nothing that Django keeps account of."""

    def database_forwards(
        self,
        app_label: str,  # noqa: ARG002  # Django's
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002  # Django's
        to_state: ProjectState,
    ) -> None:
        model = to_state.apps.get_model(self.app_label, self.model_name)
        for statement in statements(model):
            schema_editor.execute(statement)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """The table goes with its CreateModel; nothing to undo before that."""

    def describe(self) -> str:
        return f"Force row-level security on {self.app_label}.{self.model_name}"

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return type(self).__name__, [self.app_label, self.model_name], {}


def statements(model: type[models.Model]) -> list[str]:
    """The SQL that makes a table a tenant table."""
    table = model._meta.db_table
    sql = [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'DROP POLICY IF EXISTS {POLICY} ON "{table}"',
        f'CREATE POLICY {POLICY} ON "{table}" USING (municipality_id = {IN_FORCE})'
        f" WITH CHECK (municipality_id = {IN_FORCE})",
        _unless_there(
            f"{table}_mine",
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{table}_mine" UNIQUE (municipality_id, id)',
        ),
    ]
    for field in model._meta.local_fields:
        other = field.related_model
        if isinstance(field, models.ForeignKey) and isinstance(other, type) and is_tenant(other):
            if field.db_constraint:  # type: ignore[attr-defined]  # the stubs do not know it
                raise ValueError(f"{table}.{field.name}: use tenant_key() between tenant tables")
            name = f"{table}_{field.column}_mine"
            sql.append(
                _unless_there(
                    name,
                    f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}"'
                    f' FOREIGN KEY (municipality_id, "{field.column}")'
                    f' REFERENCES "{other._meta.db_table}" (municipality_id, id)'
                    " DEFERRABLE INITIALLY DEFERRED",
                )
            )
    return sql


def _unless_there(constraint: str, statement: str) -> str:
    return (  # names of our own tables, never something from outside
        f"DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = '{constraint}')"  # noqa: S608
        f" THEN {statement}; END IF; END $$"
    )
