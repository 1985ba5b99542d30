"""How administrators connect messages. We ask about nobody."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..confidentiality import ORDER
from ..connecting import ConnectionKind, Probe, Setting, says_not_there
from ..documenten import record
from .client import headers

NOBODY = UUID(int=0)


async def berichten(register: Caller) -> None:
    """A message that is not there: it must say so. Raises RegisterUnavailable, RegisterRefused."""
    await says_not_there(register.get(f"berichten/{NOBODY}", headers(register)))


async def documenten(register: Caller) -> None:
    """Likewise a document."""
    await says_not_there(record(register, NOBODY))


KIND = ConnectionKind(
    kind="berichten",
    title=_("Berichten"),
    address=_("Het adres van de Berichten API, zoals https://vtb.voorbeeld.nl/berichten/api/v1/"),
    secrets={
        "token": _("Sleutel (token)"),
        "client_id": _("Bij Documenten: naam van onze aansluiting (client ID)"),
        "secret": _("Bij Documenten: sleutel (secret)"),
    },
    settings=[
        Setting(
            "documenten_url",
            _("Adres van Documenten"),
            _("Leeg: bijlagen zijn niet te openen."),
            is_address=True,
        ),
        Setting(
            "max_confidentiality",
            _("Tot welke vertrouwelijkheid inwoners bijlagen zien"),
            choices=[("", _("Alleen openbaar")), *((one, one.replace("_", " ")) for one in ORDER)],
        ),
    ],
    probes=[Probe(_("Berichten"), berichten), Probe(_("Documenten"), documenten, "documenten_url")],
)
