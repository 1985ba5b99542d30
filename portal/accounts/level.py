"""Levels of assurance, in order; what is unknown counts as the lowest."""

from collections.abc import Mapping
from enum import IntEnum

from django.utils.translation import gettext_lazy as _


class Level(IntEnum):
    """How sure the identity provider is, in DigiD's words."""

    BASIS = 1
    MIDDEN = 2
    SUBSTANTIEEL = 3
    HOOG = 4

    @property
    def in_words(self) -> str:
        words = {1: _("Basis"), 2: _("Midden"), 3: _("Substantieel"), 4: _("Hoog")}
        return str(words[self.value])

    @property
    def explained(self) -> str:
        """For who does not know the words: how much was checked, from the least to the most."""
        words = {
            1: _("Met de minste controle (niveau Basis)"),
            2: _("Met gewone controle (niveau Midden)"),
            3: _("Met veel controle (niveau Substantieel)"),
            4: _("Met de meeste controle (niveau Hoog)"),
        }
        return str(words[self.value])


_SAML = "urn:oasis:names:tc:SAML:2.0:ac:classes:"
DIGID = {
    _SAML + "PasswordProtectedTransport": Level.BASIS,
    _SAML + "MobileTwoFactorContract": Level.MIDDEN,
    _SAML + "Smartcard": Level.SUBSTANTIEEL,
    _SAML + "SmartcardPKI": Level.HOOG,
}
"""What DigiD calls its levels (facts: NL GOV OpenID Connect, `acr`)."""


def level_of(acr: str, mapping: Mapping[str, str] | None = None) -> Level:
    """The level that an identity provider's word stands for."""
    named = (mapping or {}).get(acr, acr)
    if named.upper() in Level.__members__:
        return Level[named.upper()]
    return DIGID.get(named, Level.BASIS)
