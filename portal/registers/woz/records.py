"""What we keep of the answers. Source: Haal Centraal WOZ 1.0."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Self

from portal.municipalities.bsn import BSN

CONTESTED = {"bezwaar_ingediend", "beroep_aangetekend", "hoger_beroep_aangetekend", "cassatie_ingesteld"}
"""States of a decision against which something still runs."""

ORGANISATIONS = frozenset({"niet_natuurlijk_persoon", "vestiging"})
"""Kinds of owners (PersoonTypeEnum) that are no people."""


@dataclass(frozen=True, slots=True)
class Value:
    """What it was worth on a day."""

    amount: int = field(repr=False)
    """In euros."""
    on: date
    """The day of reference (waardepeildatum), a year before the tax year."""
    contested: bool
    """An objection or appeal still runs."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        states = set(answer.get("beschikkingsStatussen") or ())
        return cls(
            amount=int(answer["vastgesteldeWaarde"]),
            on=date.fromisoformat(answer["waardepeildatum"]),
            contested=answer.get("indicatieBezwaarBeroep") is True or bool(states & CONTESTED),
        )


@dataclass(frozen=True, slots=True)
class WozObject:
    """A house, or what belongs to it; whose, and where it stands, is not kept."""

    is_owner: bool
    """This resident owns it; else uses it."""
    ground: int | None
    """Square metres of ground; None where the register does not say."""
    values: Sequence[Value]
    """Newest first."""
    of_organisation: bool = False
    """An organisation owns it, so nobody who lives there does."""

    @classmethod
    def of(cls, answer: Mapping[str, Any], bsn: BSN) -> Self:
        """Read one object; raises KeyError, TypeError or ValueError on what the API does not promise."""
        owner = answer.get("belanghebbendeEigenaar") or {}
        values = [Value.of(one) for one in answer["waarden"]]
        return cls(
            is_owner=owner.get("burgerservicenummer") == bsn.reveal(),
            ground=int(answer["grondoppervlakte"]) if answer.get("grondoppervlakte") is not None else None,
            values=sorted(values, key=lambda one: one.on, reverse=True),
            of_organisation=owner.get("type") in ORGANISATIONS,
        )
