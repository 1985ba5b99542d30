"""How administrators connect the BRP."""

from django.utils.translation import gettext_lazy as _

from ..connecting import ConnectionKind, Probe
from ..haal_centraal import SECRETS, SETTINGS, probe

KIND = ConnectionKind(
    kind="brp",
    title=_("Personen (BRP)"),
    address=_(
        "Het adres van Haal Centraal BRP Personen, zoals https://brp.voorbeeld.nl/haalcentraal/api/brp/"
    ),
    secrets=SECRETS,
    settings=SETTINGS,
    probes=[Probe(_("Personen"), probe("personen"))],
)
