"""How administrators connect travel documents."""

from django.utils.translation import gettext_lazy as _

from ..connecting import ConnectionKind, Probe
from ..haal_centraal import SECRETS, SETTINGS, probe

KIND = ConnectionKind(
    kind="reisdocumenten",
    title=_("Reisdocumenten"),
    address=_("Het adres van de API, zoals https://brp.voorbeeld.nl/haalcentraal/api/reisdocumenten/"),
    secrets=SECRETS,
    settings=SETTINGS,
    probes=[Probe(_("Reisdocumenten"), probe("reisdocumenten"))],
)
