"""What stands on both screens while a resident shows something: the same lines for both."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from portal.municipalities.crypto import decrypt
from portal.sharing import use
from portal.sharing.models import Consumer, Grant
from portal.sharing.purposes import read as read_version
from portal.sharing.values import Values, unseal

from .models import Handover


@dataclass(frozen=True, slots=True)
class Line:
    """One line on both screens."""

    label: str
    value: str
    language: str = ""
    """Of the label, where it is not the page's."""


def seen_by_resident(row: Handover) -> Sequence[Line]:
    """What is, or would be, on the employee's screen. Raises DoesNotDecrypt once it is gone."""
    if row.state == Handover.State.SHOWN:
        assert row.grant_id is not None  # what is shown has one
        grant = Grant.objects.select_related("version").get(id=row.grant_id)
        return lines(row, unseal(grant))
    if row.values is None:
        return []
    return lines(row, kept(row))


def seen_by_employee(row: Handover) -> Sequence[Line]:
    """The shared values, by the one way of reading; all looks of one showing are one use.

    Raises UnknownGrant, NoLongerShared.
    """
    version = read_version(row.version, "nl")
    consumer = Consumer.objects.get(slug=version.consumer)
    assert row.grant_id is not None
    reading = use.read(consumer, row.grant_id, use.Caller(key=f"handover {row.id}"))
    return lines(row, reading.values)


def lines(row: Handover, values: Values) -> Sequence[Line]:
    """The one list for both screens."""
    version = read_version(row.version, language())
    other = version.language if version.language != language() else ""
    return [Line(one.label, values[one.name], other) for one in version.attributes if one.name in values]


def kept(row: Handover) -> dict[str, str]:
    """What waits to be shown. Raises DoesNotDecrypt once it is gone."""
    assert row.values is not None
    values: dict[str, str] = json.loads(decrypt(bytes(row.values), **column(row)))
    return values


def column(row: Handover) -> dict[str, Any]:
    """What binds the encrypted values to their row."""
    return {"table": "counter_handover", "column": "values", "row": row.id}


def language() -> str:
    """Of the page that is asked for."""
    return (get_language() or "nl").split("-")[0]
