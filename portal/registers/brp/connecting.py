"""How administrators connect the BRP."""

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..connecting import ConnectionKind, Probe, Setting
from ..errors import NotAccepted, RegisterUnavailable
from .client import headers


async def probe(brp: Caller) -> None:
    """A question of a kind that does not exist: the BRP must refuse it, and looks nobody up for it.

    Raises RegisterUnavailable, RegisterRefused.
    """
    try:
        await brp.write("POST", "personen", headers(brp), {"type": "Verbindingstest"})
    except NotAccepted:
        return
    raise RegisterUnavailable("answered what is no question")


KIND = ConnectionKind(
    kind="brp",
    title=_("Personen (BRP)"),
    address=_(
        "Het adres van Haal Centraal BRP Personen, zoals https://brp.voorbeeld.nl/haalcentraal/api/brp/"
    ),
    secrets={"api_key": _("Sleutel (API key)")},
    settings=[
        Setting(
            "doelbinding",
            _("Doelbinding"),
            _("Zoals de leverancier hem wil horen (x-doelbinding)."),
            in_a_header=True,
        ),
        Setting("verwerking", _("Verwerking"), _("x-verwerking"), in_a_header=True),
        Setting(
            "gebruiker", _("Gebruiker"), _("x-gebruiker; nooit een inwoner of medewerker."), in_a_header=True
        ),
        Setting("oin", _("OIN"), _("x-origin-oin"), in_a_header=True),
    ],
    probes=[Probe(_("Personen"), probe)],
)
