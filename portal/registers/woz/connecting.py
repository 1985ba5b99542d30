"""How administrators connect the WOZ."""

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..connecting import ConnectionKind, Probe, says_not_there
from .client import headers

NOTHING = "000000000000"
"""The number of no object: the first four digits are a municipality's code, and none has that."""


async def probe(woz: Caller) -> None:
    """An object that is not there: it must say so. Raises RegisterUnavailable, RegisterRefused."""
    await says_not_there(woz.get(f"wozobjecten/{NOTHING}", headers(woz)))


KIND = ConnectionKind(
    kind="woz",
    title=_("WOZ"),
    address=_("Het adres van WOZ bevragen, zoals https://woz.voorbeeld.nl/woz/api/v1/"),
    secrets={"api_key": _("Sleutel (API key)")},
    settings=[],
    probes=[Probe(_("WOZ-objecten"), probe)],
)
