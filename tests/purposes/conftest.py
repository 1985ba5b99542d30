"""The people of these tests: an editor and a privacy officer, and a purpose that is right."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from demo.content.purposes import buddy
from demo.content.purposes_made import with_slots
from portal.municipalities.acting import acting_for
from portal.municipalities.models import Municipality
from portal.sharing.models import Consumer
from portal.sharing.purposes.making import Person, Role

EDITOR = Person(11, "Joke", frozenset({Role.EDITOR}))
OFFICER = Person(12, "Ingrid", frozenset({Role.OFFICER}))
BOTH = Person(13, "Anouk", frozenset({Role.EDITOR, Role.OFFICER}))


def right() -> dict[str, Any]:
    """A purpose that the checker finds nothing wrong with: to become a buddy, proven to be 18."""
    return deepcopy(with_slots("maatje-18", buddy))


@pytest.fixture
def in_zandmeer(zandmeer: Municipality) -> Iterator[Municipality]:
    """Zandmeer is in force, with the desk that purposes are read by."""
    with acting_for(zandmeer):
        Consumer.objects.create(slug="demo-balie", name="Balie", events_url="http://127.0.0.1:9/")
        yield zandmeer
