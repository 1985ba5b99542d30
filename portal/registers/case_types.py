"""What a municipality chooses for each kind of case: shown or not, documents taken or not, and whom to call.

It stands in the connection's parameters, by the kind's catalogue and identification: a new version of a kind
keeps both, and two catalogues may use the same identification. What is not chosen is shown, and
takes nothing.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

CHOICES = "case_type_choices"
"""The parameter that holds them."""


@dataclass(frozen=True, slots=True)
class CaseTypeListed:
    """A kind of case as its catalogue names it."""

    key: str
    identification: str
    title: str
    external: bool
    """Meant for residents; an internal kind is never shown, whatever is chosen."""


@dataclass(frozen=True, slots=True)
class CaseTypeChoice:
    """What was chosen for one kind."""

    shown: bool = True
    upload: bool = False
    """Residents may add documents while a case runs."""
    inform: bool = False
    """Residents hear of each new step, where the case system cannot say of which."""
    team: str = ""
    phone: str = ""
    email: str = ""

    def kept(self) -> dict[str, Any]:
        """What is written down: only what differs from no choice at all."""
        return {name: value for name, value in asdict(self).items() if value != getattr(NO_CHOICE, name)}


NO_CHOICE = CaseTypeChoice()


def key_of(catalogue: str, identification: str) -> str:
    """How a kind is known: the id its catalogue's address ends on, and its own identification."""
    return f"{catalogue.rstrip('/').rpartition('/')[2]} {identification}"


def choice_of(parameters: Mapping[str, Any], key: str) -> CaseTypeChoice:
    """What was chosen for a kind. What cannot be understood is not shown: any doubt means no."""
    made = parameters.get(CHOICES) or {}
    if not isinstance(made, Mapping):
        return CaseTypeChoice(shown=False)
    try:
        return CaseTypeChoice(**made.get(key, {}))
    except TypeError:
        return CaseTypeChoice(shown=False)


def team_for(parameters: Mapping[str, Any], key: str) -> str:
    """Who handles cases of a kind, as the municipality chose; empty where it did not say."""
    return choice_of(parameters, key).team or str(parameters.get("team") or "")
