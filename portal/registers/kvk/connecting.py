"""How administrators connect the trade register."""

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..connecting import ConnectionKind, Probe, says_not_there
from .client import headers

NOBODY = "00000000"
"""The number of no business."""


async def probe(kvk: Caller) -> None:
    """A business that is not there: it must say so. Raises RegisterUnavailable, RegisterRefused."""
    await says_not_there(kvk.get(f"v1/basisprofielen/{NOBODY}", headers(kvk)))


KIND = ConnectionKind(
    kind="kvk",
    title=_("Handelsregister (KVK)"),
    address=_("Het adres van de API Basisprofiel tot aan v1/, zoals https://api.kvk.nl/api/"),
    secrets={"api_key": _("Sleutel (API key)")},
    settings=[],
    probes=[Probe(_("Basisprofielen"), probe)],
)
