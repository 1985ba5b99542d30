"""How administrators connect travel documents."""

from django.utils.translation import gettext_lazy as _

from ..caller import Caller
from ..connecting import ConnectionKind, Probe, Setting
from ..errors import NotAccepted, RegisterUnavailable
from .client import headers


async def probe(reisdocumenten: Caller) -> None:
    """A question of a kind that does not exist: it must be refused, and nobody is looked up for it.

    Raises RegisterUnavailable, RegisterRefused.
    """
    question = {"type": "Verbindingstest"}
    try:
        await reisdocumenten.write("POST", "reisdocumenten", headers(reisdocumenten), question)
    except NotAccepted:
        return
    raise RegisterUnavailable("answered what is no question")


KIND = ConnectionKind(
    kind="reisdocumenten",
    title=_("Reisdocumenten"),
    address=_("Het adres van de API, zoals https://brp.voorbeeld.nl/haalcentraal/api/reisdocumenten/"),
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
    probes=[Probe(_("Reisdocumenten"), probe)],
)
