"""Where an answer came from that was not asked, in words; and what is said when that source is silent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .content import WALLET
from .known import CONTACT, HOUSE


@dataclass(frozen=True, slots=True)
class Source:
    """One of them."""

    name: str | Promise
    beside: str | Promise
    """Behind an answer, where all are told."""
    answers: Sequence[str] = ()
    """Which fields it can answer."""
    silent: str | Promise = ""
    """The title of what is said when it gives no answer."""


SOURCES: Mapping[str, Source] = {
    CONTACT: Source(
        _("Uw contactgegevens"),
        _("uit uw contactgegevens"),
        ("phone", "email"),
        _("Wij kunnen uw contactgegevens nu niet ophalen"),
    ),
    HOUSE: Source(
        _("Waardering onroerende zaken (WOZ)"),
        _("uit de WOZ"),
        ("house",),
        _("Wij kunnen nu niet opzoeken of u een eigen huis heeft"),
    ),
    WALLET: Source(_("Uw Yivi-app"), _("uit uw Yivi-app")),
}
