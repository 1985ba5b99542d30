"""Acting for somebody else: what the identity provider says of a mandate, and how far that goes here.

The provider checks that the mandate is there (DigiD Machtigen); the connection says which of its services
open Mijn, and how far. A service that is not named there opens nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.municipalities.bsn import BSN

from .claims import at


class Reach(StrEnum):
    """What somebody may do for another."""

    LOOK = "look"
    SHARE = "share"
    """Look, and say yes for purposes that allow it."""


class NoMandate(Exception):
    """The provider names somebody to act for, and not in a way that opens anything here."""


@dataclass(frozen=True, slots=True)
class Represented:
    """Whom somebody acts for, by a mandate that the provider checked."""

    bsn: BSN
    name: str = field(repr=False)
    reach: Reach


def represented(claims: Mapping[str, Any], parameters: Mapping[str, Any], actor: BSN) -> Represented | None:
    """Whom the one who signed in acts for; None for who comes for themselves. Raises NoMandate.

    Parameters of the connection: `representee_bsn_claim_path`, without which nobody acts for another here,
    `representee_name_claim_path`, `mandate_service_id_claim_path`, and `mandate_services`: the reach of each
    service, such as `{"<id>": "share"}`.
    """
    path = parameters.get("representee_bsn_claim_path")
    number = at(claims, path) if path else None
    if number is None:
        return None
    service = at(claims, parameters.get("mandate_service_id_claim_path", ["mandate_service_id"]))
    services = parameters.get("mandate_services", {})
    try:
        bsn, reach = BSN(number if isinstance(number, str) else ""), Reach(services[service])
    except (ValueError, LookupError, TypeError):
        raise NoMandate from None
    if bsn == actor:
        raise NoMandate
    name = at(claims, parameters.get("representee_name_claim_path", ["representee_name"]))
    return Represented(bsn, name[:200] if isinstance(name, str) else "", reach)
