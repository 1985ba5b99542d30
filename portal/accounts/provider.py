"""A municipality's identity provider: who it says a resident is, and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from portal.municipalities.bsn import BSN
from portal.municipalities.connections import Connection

from .claims import at
from .level import Level, level_of
from .mandates import NoMandate, Represented, represented
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
    represents: Represented | None = None
    """Whom they came for; None for who comes for themselves."""


class Provider:
    """One municipality's identity provider.

    Parameters of the connection: `minimum_level`, `scope`, `acr_values`, `bsn_claim_path`, `loa_claim_path`,
    `loa_mapping`, `name_claim_path`, `form_action` (origins that the provider sends browsers on to),
    `authorizee_bsn_claim_path` (who acts, where that is another claim than `bsn_claim_path`),
    `mandate_request` (what to ask besides for who comes for another), and those of `mandates.represented`.
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
    def knows_mandates(self) -> bool:
        """Whether somebody may come for another here."""
        return bool(self._parameters.get("mandate_services"))

    def address(self, redirect_uri: str, state: str, nonce: str, verifier: str, *, mandate: bool) -> str:
        """Where somebody signs in, for themselves or by a mandate. Raises ProviderUnreachable."""
        more = self._parameters.get("mandate_request", {}) if mandate else {}
        return self.registration.address(redirect_uri, state, nonce, verifier, **more)

    @property
    def origins(self) -> list[str]:
        """For the policy of the page that sends a resident there."""
        return [origin(self.connection.base_url), *self._parameters.get("form_action", [])]

    def identity(self, claims: Mapping[str, Any]) -> Identity:
        """Who this is, by the claims of a token that is believed. Raises SignInRefused."""
        parameters = self._parameters
        bsn, represents = self._people(claims)
        acr = at(claims, parameters.get("loa_claim_path", ["acr"]))
        if not isinstance(acr, str):
            raise SignInRefused("acr")
        level = level_of(acr, parameters.get("loa_mapping"))
        if level < self.minimum:
            raise SignInRefused("level")
        name, sid = at(claims, parameters.get("name_claim_path", ["name"])), claims.get("sid", "")
        if not isinstance(sid, str):
            raise SignInRefused("sid")
        name = name[:200] if isinstance(name, str) else ""
        return Identity(bsn, name, level, claims["sub"], sid, represents)

    def _people(self, claims: Mapping[str, Any]) -> tuple[BSN, Represented | None]:
        """Who is at the keys, and whom they act for. Raises SignInRefused."""
        own = self._parameters.get("bsn_claim_path", ["bsn"])
        number = at(claims, self._parameters.get("authorizee_bsn_claim_path", own))
        number = at(claims, own) if number is None else number
        try:
            bsn = BSN(number if isinstance(number, str) else "")
            return bsn, represented(claims, self._parameters, bsn)
        except ValueError:
            raise SignInRefused("bsn") from None
        except NoMandate:
            raise SignInRefused("mandate") from None
