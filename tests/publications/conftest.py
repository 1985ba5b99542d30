"""The demo's source of official publications, over HTTP, and the worker's turn of a municipality."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from demo.content.publications import Published
from demo.registers import bekendmakingen
from demo.registers.bekendmakingen import Record, Repository
from demo.registers.serving import Register
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.publications import fetching
from portal.publications.models import Publication


@pytest.fixture(scope="module")
def source_register() -> Iterator[Register]:
    with bekendmakingen.demo_register(timezone.localdate()) as register:
        yield register


@pytest.fixture
def source(
    source_register: Register, settings: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Register]:
    """The national source, which all municipalities ask."""
    settings.PUBLICATIONS_URL = f"{source_register.url}/sru"  # type: ignore[attr-defined]
    settings.PUBLICATIONS_SITE = f"{source_register.url}/"  # type: ignore[attr-defined]
    monkeypatch.setattr(fetching, "resting", fetching.Resting())
    repository = source_register.respond
    assert isinstance(repository, Repository)
    before = list(repository.records)
    source_register.calls.clear()
    yield source_register
    source_register.misbehave("none")
    repository.records[:] = before


@pytest.fixture
def publish(source: Register) -> Callable[..., None]:
    """Have a municipality publish one thing more."""

    def publish(identifier: str, creator: str, day: date, story: Published) -> None:
        source.respond.records.append(Record(identifier, creator, day, story))  # type: ignore[attr-defined]

    return publish


def fetched(municipality: Municipality, turns: int = 12) -> int:
    """Turns of the worker until nothing is due."""
    return sum(fetching.fetch_due(municipality) for _turn in range(turns))


def kept(municipality: Municipality) -> list[Publication]:
    with acting_for(municipality), transaction.atomic():
        return list(Publication.objects.order_by("-day", "-identifier"))
