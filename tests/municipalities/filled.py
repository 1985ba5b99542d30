"""One row in every tenant table, made from what the models say of their fields."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.db import models

from portal.municipalities.acting import current_municipality
from portal.municipalities.models import TenantModel

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
# What the database itself asks of these columns.
WORDS: dict[str, Any] = {
    "accounts_residentsession.mandate": "",
    "counter_handover.ended_by": "",
    "sharing_sharing.state": "begun",
    "sharing_grant.until": None,
    "sharing_grant.consumed": None,
    "notices_notice.kind": "given",
    "uploads_upload.number": "",
    "sharing_request.expires": NOW.replace(year=2027),
}


def tenant_models() -> list[type[TenantModel]]:
    """Every tenant model, those that others point at first."""
    waiting = [model for model in apps.get_models() if issubclass(model, TenantModel)]
    ordered: list[type[TenantModel]] = []
    while waiting:
        ready = [model for model in waiting if all(other in ordered for _, other in keys_of(model))]
        assert ready, "tenant tables point at each other in a ring"
        ordered += ready
        waiting = [model for model in waiting if model not in ready]
    return ordered


def keys_of(model: type[models.Model]) -> Iterator[tuple[models.ForeignKey, type[TenantModel]]]:
    """The keys of a model to other tenant tables."""
    for field in model._meta.local_fields:
        if isinstance(field, models.ForeignKey) and issubclass(field.related_model, TenantModel):
            yield field, field.related_model


def row_in_every_table() -> dict[type[TenantModel], TenantModel]:
    """Fill every tenant table of the municipality in force with one row more."""
    made: dict[type[TenantModel], TenantModel] = {}
    for model in tenant_models():
        existing = model.objects.first()
        made[model] = existing if existing is not None else _row(model, made)
    return made


def _row(model: type[TenantModel], made: dict[type[TenantModel], TenantModel]) -> TenantModel:
    row = model(municipality=current_municipality())
    targets = {field.name: made[other] for field, other in keys_of(model)}
    for field in model._meta.local_fields:
        if field.name in {"id", "municipality"} or (field.has_default() and field.name not in targets):
            continue
        setattr(row, field.name, targets[field.name] if field.name in targets else _value(field))
    row.save(force_insert=True)
    return row


def _value(field: models.Field) -> Any:
    named = f"{field.model._meta.db_table}.{field.column}"
    if named in WORDS:
        return WORDS[named]
    if field.null:
        return None
    values: list[tuple[type[models.Field], Any]] = [
        (models.DateTimeField, NOW),
        (models.DateField, NOW.date()),
        (models.BooleanField, False),
        (models.UUIDField, uuid4()),
        (models.BinaryField, b"x" * 60),
        (models.JSONField, []),
        (models.IntegerField, 1),
        (models.URLField, "https://voorbeeld.example/"),
        (models.CharField, "x"),
        (models.TextField, "x"),
    ]
    return next(value for kind, value in values if isinstance(field, kind))
