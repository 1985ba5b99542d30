"""Whose turn it is: the municipality in force, for this request, job or streamed body.

A ContextVar and never the request, because URL building, rich text, menus, search and
keys need it where no request is at hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

if TYPE_CHECKING:
    from .models import Municipality

_current: ContextVar[Municipality | None] = ContextVar("municipality", default=None)


class NoMunicipality(RuntimeError):
    """Something of a municipality was asked while none is in force."""


class MunicipalityChanges(RuntimeError):
    """The municipality may not change inside a transaction."""


def current_municipality() -> Municipality:
    """The municipality in force. Raises NoMunicipality when there is none."""
    municipality = _current.get()
    if municipality is None:
        raise NoMunicipality("no municipality is in force; use acting_for(municipality)")
    return municipality


def current_id() -> UUID | None:
    """The id of the municipality in force, or None; for the database engine."""
    municipality = _current.get()
    return municipality.id if municipality else None


@contextmanager
def acting_for(municipality: Municipality) -> Iterator[Municipality]:
    """Put a municipality in force for the block.

    Raises MunicipalityChanges inside a transaction of another municipality.
    """
    before = _current.get()
    if connection.in_atomic_block and before is not None and before.id != municipality.id:
        raise MunicipalityChanges("the municipality cannot change inside a transaction")
    token = _current.set(municipality)
    if connection.in_atomic_block:
        _tell_database()
    try:
        yield municipality
    finally:
        _current.reset(token)
        if connection.in_atomic_block and not connection.needs_rollback:
            _tell_database()


@contextmanager
def acting_for_none() -> Iterator[None]:
    """No municipality in force: the CMS host, and nothing else."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def _tell_database() -> None:
    connection.set_municipality(current_id())  # type: ignore[attr-defined]  # our own engine
