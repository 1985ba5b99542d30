"""The one question, and what of its answer may be passed on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from ..caller import Caller
from ..errors import NoPerson, RegisterUnavailable
from ..gather import Question


@dataclass(frozen=True, slots=True)
class Help:
    """Which help somebody gets of the municipality now."""

    benefit: bool
    debts: bool
    contact: str
    """Whom they deal with there; empty where nobody is named."""

    @classmethod
    def of(cls, answer: Mapping[str, Any]) -> Self:
        benefit, debts = answer["uitkering"], answer["schuldhulp"]
        if not isinstance(benefit, bool) or not isinstance(debts, bool):
            raise RegisterUnavailable("neither yes nor no")
        return cls(benefit, debts, str(answer.get("contactpersoon") or ""))


async def help_of(sociaal: Caller, bsn: BSN) -> Help:
    """Ask for one person. Raises NoPerson, RegisterUnavailable, RegisterRefused."""
    if not isinstance(bsn, BSN):
        raise NoPerson
    headers = {"Authorization": f"Bearer {sociaal.connection.credentials['token']}"}
    answer = await sociaal.post("hulp", headers, {"burgerservicenummer": bsn.reveal()})
    return Help.of(answer)


def ask(sociaal: Connection, bsn: BSN) -> Question:
    """The question for who signed in."""
    return Question(sociaal, lambda caller: help_of(caller, bsn))


SHAREABLE: Mapping[str, Callable[[Help], str]] = {
    "uitkering": lambda known: "Ja" if known.benefit else "Nee",
    "schuldhulp": lambda known: "Ja" if known.debts else "Nee",
    "contactpersoon": lambda known: known.contact or "Niemand",
}
"""What a resident may pass on, by the name a purpose gives it."""
