"""What PostgreSQL's own catalogue says of every table: fenced, or global with a reason."""

import pytest
from django.apps import apps
from django.db import connection

from portal.municipalities.migrations_tenant import POLICY
from portal.municipalities.models import TenantModel
from portal.municipalities.tables import GLOBAL_TABLES, is_global

pytestmark = pytest.mark.django_db


def rows(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


def tenant_tables() -> set[str]:
    return {model._meta.db_table for model in apps.get_models() if issubclass(model, TenantModel)}


def test_every_table_is_fenced_or_stands_on_the_list_of_global_tables():
    tables = {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    unfenced = {table for table in tables - tenant_tables() if not is_global(table)}
    assert unfenced == set()
    assert all(reason for reason in GLOBAL_TABLES.values())


def test_no_tenant_table_is_called_global():
    assert {table for table in tenant_tables() if is_global(table)} == set()


def test_row_level_security_is_forced_on_every_tenant_table():
    forced = {
        name for (name,) in rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    }
    assert tenant_tables() <= forced


def test_every_tenant_table_has_exactly_the_one_policy():
    policies = rows("SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'")
    assert sorted(policies) == sorted((table, POLICY) for table in tenant_tables())


def test_every_key_of_a_tenant_table_starts_with_the_municipality():
    indexes = rows(
        "SELECT t.relname, i.relname, a.attname, x.indisprimary FROM pg_index x"
        " JOIN pg_class t ON t.oid = x.indrelid JOIN pg_class i ON i.oid = x.indexrelid"
        " JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = x.indkey[0]"
    )
    wrong = [
        (table, index)
        for table, index, first, primary in indexes
        if table in tenant_tables() and not primary and first != "municipality_id"
    ]
    assert wrong == []


def test_every_key_between_tenant_tables_carries_the_municipality():
    keys = rows(
        "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text, c.conname, array_length(c.conkey, 1)"
        " FROM pg_constraint c WHERE c.contype = 'f'"
    )
    clean = [(t.strip('"'), o.strip('"'), name, columns) for t, o, name, columns in keys]
    wrong = [key for key in clean if key[0] in tenant_tables() and key[1] in tenant_tables() and key[3] != 2]
    assert wrong == []
    expected = {
        (model._meta.db_table, field.remote_field.model._meta.db_table)
        for model in apps.get_models()
        if issubclass(model, TenantModel)
        for field in model._meta.local_fields
        if field.many_to_one and issubclass(field.remote_field.model, TenantModel)
    }
    assert expected <= {(table, other) for table, other, _, columns in clean if columns == 2}


def test_no_table_outside_points_into_a_tenant_table():
    keys = rows(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    )
    wrong = [
        key
        for key in keys
        if key[1].strip('"') in tenant_tables() and key[0].strip('"') not in tenant_tables()
    ]
    assert wrong == []
