"""What we keep of a task, whichever back end told it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from portal.municipalities.bsn import BSN

from ..about_case import NamedCase

MOST = 1_000_000_000
"""More than a resident ever pays; Infinity, and numbers of a million digits, are numbers to JSON too."""


class Kind(StrEnum):
    """How a task is done."""

    LINK = "link"
    """On somebody else's page."""
    FORM = "form"
    PAYMENT = "payment"


class State(StrEnum):
    """How a task stands."""

    OPEN = "open"
    SENT = "sent"
    """The resident did it; the municipality must still do something with it."""
    DONE = "done"
    NEEDLESS = "needless"
    """The municipality took it back (afgebroken)."""
    NOT_DONE = "not_done"
    """The last day is over and nothing came (niet_uitgevoerd)."""
    FILED = "filed"
    """Closed for good (gesloten); not shown any more."""


@dataclass(frozen=True, slots=True)
class Payment:
    """What must be paid."""

    amount: Decimal
    currency: str
    """As ISO 4217 has it."""
    reference: str
    """What must be named with the payment (betaalkenmerk, transactieomschrijving)."""
    iban: str
    """Where it can be paid to; empty where the back end does not tell."""
    to: str
    """Whose account that is."""


@dataclass(frozen=True, slots=True)
class AskedForm:
    """Which form must be filled in."""

    definition: Mapping[str, Any] | None
    """The form itself (form.io's JSON), where the task has it in it."""
    named: str
    """By which name the municipality keeps it; empty where it has none."""
    address: str
    """Where the register keeps it; only followed below the register's own address."""
    known: Mapping[str, Any] = field(repr=False)
    """What is filled in beforehand, by the key of its field."""


@dataclass(frozen=True, slots=True)
class Whose:
    """To whom a task was given; of whom only whether it is a given BSN can be asked."""

    kind: str
    _value: str = field(repr=False)

    def is_person(self, bsn: BSN) -> bool:
        """Whether this is the person of that BSN."""
        return self.kind == "bsn" and self._value == bsn.reveal()


@dataclass(frozen=True, slots=True)
class Task:
    """Something a resident is asked to do."""

    id: UUID
    title: str = field(repr=False)
    why: str = field(repr=False)
    """The municipality's explanation; often empty."""
    purpose: str
    """What it is about, in a word of the standard (handelingsPerspectief); often empty."""
    kind: Kind
    state: State
    starts: date | None
    until: date | None
    """The last day."""
    case: NamedCase | None
    link: str = field(repr=False)
    """Of a link: where it leads, as the register has it; not judged yet."""
    form: AskedForm | None
    payment: Payment | None
    whose: Whose
    version: int = 0
    """Of the kind of object, which a change must name again (Objecten only)."""
    came: date | None = None
    """The day on which it was asked, as far as the back end tells."""


def amount_of(told: Any) -> Decimal:
    """An amount of money as a register tells it. Raises ArithmeticError or ValueError for what is none."""
    amount = Decimal(str(told))
    if not amount.is_finite() or abs(amount) > MOST:
        raise ValueError("no amount of money")
    return amount
