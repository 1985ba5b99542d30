"""How administrators connect tasks."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..connecting import ConnectionKind, Probe, Setting, says_not_there
from .client import back_end_of

NOBODY = UUID(int=0)


async def probe(register: Caller) -> None:
    """A task that is not there: it must say so. Raises RegisterUnavailable, RegisterRefused."""
    await says_not_there(back_end_of(register).one(register, NOBODY))


KIND = ConnectionKind(
    kind="taken",
    title=_("Taken"),
    address=_("Het adres van Objecten of Open VTB, zoals https://objecten.voorbeeld.nl/api/v2/"),
    secrets={"token": _("Sleutel (token)")},
    settings=[
        Setting(
            "back_end",
            _("Waar de taken staan"),
            choices=[("objecten", _("Objecten")), ("open-vtb", _("Open VTB"))],
            required=True,
        ),
        Setting("objecttype", _("Adres van het objecttype van taken"), _("Alleen bij Objecten.")),
    ],
    probes=[Probe(_("Taken"), probe)],
)
