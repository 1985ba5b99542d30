"""What a case system can do, as facts that the questions follow; nobody asks which product it is.

A connection names a profile (`back_end`), or it was asked itself (`found`), and an administrator may correct
each fact (`capabilities`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a back end can do; the standard's Zaken 1.5 unless said otherwise."""

    search: bool = True
    """`POST zaken/_zoek` finds a person's cases, so that the BSN is in no address."""
    expand: bool = True
    """Status and roles come along with a case."""
    roles_by_person: bool = True
    """`rollen` tells one person's roles in all cases; a BSN in the address, so only asked without search."""
    page_size: int | None = None
    """The longest page that can be asked for; None where the register alone decides."""
    order: bool = True
    """Lists can be ordered."""
    informs: bool = True
    """A statustype says whether the resident must hear of it (`informeren`)."""
    number_pattern: str = ""
    """What a number of its own making looks like, where residents know it in another form."""
    number_shown: str = ""

    def number(self, identification: str) -> str:
        """A case's number as its resident knows it."""
        known = re.fullmatch(self.number_pattern, identification) if self.number_pattern else None
        return known.expand(self.number_shown) if known else identification


STANDARD = Capabilities()
OLD = replace(STANDARD, search=False, expand=False, order=False)
PROFILES: Mapping[str, Capabilities] = {
    "standard": STANDARD,
    "openzaak": replace(STANDARD, page_size=500),
    "esuite": replace(
        OLD,
        informs=False,
        number_pattern=r"\d{4}ESUITE0*(\d+)(\d{4})",  # 0014ESUITE66392022
        number_shown=r"\1-\2",
    ),
    "old-1.0": OLD,
}


def capabilities_of(parameters: Mapping[str, Any]) -> Capabilities:
    """The facts of a connection; raises LookupError or TypeError for a profile or fact that is not known."""
    named, found = parameters.get("back_end"), parameters.get("found") or {}
    known = PROFILES[str(named or found.get("back_end", "standard"))]
    if not named:
        known = replace(known, **found.get("capabilities", {}))
    return replace(known, **parameters.get("capabilities", {}))
