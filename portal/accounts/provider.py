"""A municipality's identity provider: who it says a resident is, and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .level import Level, level_of
from .openid import Registration, SignInRefused, origin
from .published import ProviderUnreachable

__all__ = ["Identity", "Provider", "ProviderUnreachable", "SignInRefused"]


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, as the provider vouches."""

    bsn: BSN
    name: str = field(repr=False)
    level: Level
    sub: str
    sid: str


class Provider:
    """One municipality's identity provider.

    Parameters of the connection: `minimum_level`, `scope`, `acr_values`, `bsn_claim_path`, `loa_claim_path`,
    `loa_mapping`, `name_claim_path`, `form_action` (origins that the provider sends browsers on to).
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self._parameters = parameters = connection.parameters
        self.minimum = Level[str(parameters.get("minimum_level", "midden")).upper()]
        self.registration = Registration(
            issuer=connection.base_url,
            client_id=connection.credentials["client_id"],
            private_key=connection.credentials["private_key"],
            key_id=connection.credentials.get("key_id", ""),
            scope=parameters.get("scope", "openid"),
            acr_values=parameters.get("acr_values", ""),
        )

    @property
    def origins(self) -> list[str]:
        """For the policy of the page that sends a resident there."""
        return [origin(self.connection.base_url), *self._parameters.get("form_action", [])]

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """Who this is, by the claims of a token that is believed. Raises SignInRefused."""
        parameters = self._parameters
        number = _at(claims, parameters.get("bsn_claim_path", ["bsn"]))
        try:
            bsn = BSN(number if isinstance(number, str) else "")
        except ValueError:
            raise SignInRefused("bsn") from None
        acr = _at(claims, parameters.get("loa_claim_path", ["acr"]))
        if not isinstance(acr, str):
            raise SignInRefused("acr")
        level = level_of(acr, parameters.get("loa_mapping"))
        if level < self.minimum:
            raise SignInRefused("level")
        name, sid = _at(claims, parameters.get("name_claim_path", ["name"])), claims.get("sid", "")
        if not isinstance(sid, str):
            raise SignInRefused("sid")
        return Identity(bsn, name[:200] if isinstance(name, str) else "", level, claims["sub"], sid)


def _at(claims: Mapping[str, Any], path: list[str]) -> Any:
    found: Any = claims
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found
