"""How administrators connect Klantinteracties."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..connecting import ConnectionKind, Probe, Setting, says_not_there
from .client import headers

NOBODY = UUID(int=0)


async def probe(klant: Caller) -> None:
    """A contact that is not there: it must say so. Raises RegisterUnavailable, RegisterRefused."""
    await says_not_there(klant.get(f"klantcontacten/{NOBODY}", headers(klant)))


KIND = ConnectionKind(
    kind="klantinteracties",
    title=_("Contact (Klantinteracties)"),
    address=_("Het adres van de API, zoals https://klant.voorbeeld.nl/klantinteracties/api/v1/"),
    secrets={"token": _("Sleutel (token)")},
    settings=[
        Setting(
            "notes",
            _("Notities van medewerkers"),
            choices=[
                ("", _("Inwoners zien ze niet")),
                ("shown", _("Inwoners zien ze: ze zijn voor hen geschreven")),
            ],
        ),
        Setting("channel", _("Kanaal van vragen uit Mijn"), _("De naam waaronder wij een vraag vastleggen.")),
    ],
    probes=[Probe(_("Contacten"), probe)],
)
