"""What a resident can ask for, as links for the overview of Mijn."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from portal.municipalities.connections import Connection, connections

from .kinds import kinds, offered, taken_by


@dataclass(frozen=True, slots=True)
class ToArrange:
    """One link."""

    label: str
    url: str
    about: str


def to_arrange(known: Iterable[Connection]) -> list[ToArrange]:
    """For what these connections take."""
    return [
        ToArrange(str(one.title), reverse("applications:start", args=[one.key]), str(one.lead))
        for one in offered(known)
    ]


def correction_url() -> str:
    """Where a resident asks for a correction of own data; empty where no case system takes it."""
    kind = kinds()["verbetering"]
    return reverse("applications:start", args=[kind.key]) if taken_by(connections("zaken"), kind) else ""
