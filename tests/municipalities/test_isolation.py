"""Every tenant table × every way to reach another municipality's row: 0 reachable.

Each probe is plain SQL as the application role, with Zandmeer in force and a row of Veldrecht as its target.
"""

from collections.abc import Iterator
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.db.utils import ProgrammingError

from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality, TenantModel

from .filled import keys_of, row_in_every_table, tenant_models

pytestmark = pytest.mark.django_db

MODELS = tenant_models()
every_table = pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.db_table)
Rows = dict[type[TenantModel], TenantModel]


@pytest.fixture
def theirs(veldrecht: Municipality) -> Rows:
    with acting_for(veldrecht):
        return row_in_every_table()


@pytest.fixture
def ours(zandmeer: Municipality, theirs: Rows) -> Iterator[Rows]:
    with acting_for(zandmeer):
        yield row_in_every_table()


def run(sql: str, *params: object) -> int:
    """Rows touched or found."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.rowcount


def copy_of(row: TenantModel, check: str = "ALL", **other: object) -> None:
    """Insert a row like this one with other values in some columns, and have constraints checked at once."""
    columns = [field.column for field in row._meta.local_fields]
    chosen = ", ".join("%s" if column in other else f'"{column}"' for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        values = [other[column] for column in columns if column in other]
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {chosen} FROM "{table}" WHERE id = %s', [*values, row.pk]
        )
        assert cursor.rowcount == 1
        cursor.execute(f"SET CONSTRAINTS {check} IMMEDIATE")


def test_the_matrix_holds_every_tenant_table() -> None:
    assert len(MODELS) >= 18


@every_table
def test_a_row_of_another_municipality_is_not_found(
    model: type[TenantModel], ours: Rows, theirs: Rows
) -> None:
    table = model._meta.db_table
    assert run(f'SELECT 1 FROM "{table}" WHERE id = %s', theirs[model].pk) == 0
    assert run(f'SELECT 1 FROM "{table}" WHERE id = %s', ours[model].pk) == 1
    assert run(f'SELECT 1 FROM "{table}" WHERE municipality_id <> %s', ours[model].municipality_id) == 0


@every_table
def test_a_row_of_another_municipality_is_not_changed(
    model: type[TenantModel], ours: Rows, theirs: Rows
) -> None:
    assert run(f'UPDATE "{model._meta.db_table}" SET id = id WHERE id = %s', theirs[model].pk) == 0


@every_table
def test_a_row_of_another_municipality_is_not_deleted(
    model: type[TenantModel], ours: Rows, theirs: Rows
) -> None:
    assert run(f'DELETE FROM "{model._meta.db_table}" WHERE id = %s', theirs[model].pk) == 0


@every_table
def test_no_row_can_be_put_in_another_municipality(
    model: type[TenantModel], ours: Rows, theirs: Rows
) -> None:
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        copy_of(ours[model], id=uuid4(), municipality_id=theirs[model].municipality_id)


@every_table
def test_a_unique_value_tells_nothing_of_another_municipality(
    model: type[TenantModel], ours: Rows, theirs: Rows
) -> None:
    """What is taken there is free here: every unique but the random id starts with the municipality."""
    wholes = [
        constraint.fields
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    ]
    assert all(fields[0] == "municipality" for fields in wholes)
    assert [field.name for field in model._meta.local_fields if field.unique] == ["id"]


# What the database itself asks of a row whose key points at another row than the test's own.
GOES_WITH = {"accounts_residentsession": {"mandate": "look"}}
KEYS = [(model, field.column, other) for model in MODELS for field, other in keys_of(model)]


@pytest.mark.parametrize(
    ("model", "column", "other"), KEYS, ids=[f"{model._meta.db_table}.{column}" for model, column, _ in KEYS]
)
def test_a_key_cannot_point_at_another_municipalitys_row(
    model: type[TenantModel], column: str, other: type[TenantModel], ours: Rows, theirs: Rows
) -> None:
    row, key = ours[model], f"{model._meta.db_table}_{column}_mine"
    unique = {
        field.column: _another(field)
        for field in model._meta.local_fields
        if field.column != column and _is_in_a_unique(model, field)
    }
    whole = {**unique, **GOES_WITH.get(model._meta.db_table, {}), column: theirs[other].pk}
    with pytest.raises(IntegrityError, match=key), transaction.atomic():
        copy_of(row, f'"{key}"', id=uuid4(), **whole)


def _is_in_a_unique(model: type[TenantModel], field: models.Field) -> bool:
    return field.name != "municipality" and any(
        isinstance(constraint, models.UniqueConstraint) and field.name in constraint.fields
        for constraint in model._meta.constraints
    )


def _another(field: models.Field) -> object:
    if field.is_relation or isinstance(field, models.UUIDField):
        return uuid4()
    if isinstance(field, models.BinaryField):
        return b"another"
    return 7 if isinstance(field, models.IntegerField) else "another"
