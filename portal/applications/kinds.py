"""Which applications there are. A new one is a folder with its forms, and a line here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.functional import Promise

from portal.municipalities.connections import Connection

from .step_forms import CheckForm, StepForm


@dataclass(frozen=True, slots=True)
class Kind:
    """One application."""

    key: str
    """Its name in addresses, and in what a connection says of it."""
    title: str | Promise
    case_title: str
    """The description of the case, and its name from the first answer on; Dutch, since officers read it."""
    file_name: str
    """Of the PDF; says nothing of a person."""
    lead: str | Promise
    """What it gives, in a sentence or two."""
    needed: Sequence[str | Promise]
    """What to have at hand."""
    next_steps: Sequence[str | Promise]
    """What happens once it is sent."""
    promise: timedelta
    """By when the resident hears, where the case type does not say."""
    steps: Mapping[str, type[StepForm]]
    """Each step's form by the name in its address; the check comes after them."""
    properties: Mapping[str, tuple[str, str]]
    """What the case must know by itself: property name to step and field."""

    @property
    def forms(self) -> Mapping[str, type[StepForm]]:
        """All steps, the check included."""
        return {**self.steps, CHECK: CheckForm}


CHECK = "controle"


def kinds() -> Mapping[str, Kind]:
    """All of them, by key."""
    from .correction.kind import CORRECTION
    from .remission.kind import REMISSION

    return {one.key: one for one in (REMISSION, CORRECTION)}


def case_type(connection: Connection, kind: Kind) -> str:
    """The identification of the kind's case type at a connection; empty where it takes no such cases."""
    named: Mapping[str, Any] = connection.parameters.get("applications") or {}
    return str(named.get(kind.key) or "")


def taken_by(known: Iterable[Connection], kind: Kind) -> Connection | None:
    """The case system that takes applications of a kind, out of a municipality's connections."""
    return next((one for one in known if one.kind == "zaken" and case_type(one, kind)), None)


def offered(known: Iterable[Connection]) -> list[Kind]:
    """What can be asked for at these connections."""
    systems = list(known)
    return [one for one in kinds().values() if taken_by(systems, one)]
