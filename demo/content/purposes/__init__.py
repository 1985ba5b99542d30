"""The purposes of the demo, one a file; texts as a good editor wrote them."""

from collections.abc import Callable
from typing import Any

from .adres_parkeren import address_for_parking
from .bellen_eenmalig import one_call
from .bijstand_woz import home_and_benefit
from .buurtbudget_16 import neighbourhood_vote
from .digitaal_bericht import message_by_email
from .hoogwater_sms import flood_warning
from .kwijtschelding_automatisch import yearly_remission
from .maatje_18 import buddy
from .thuiszorg_plan import home_care_plan
from .wijkteam_samen import one_story

__all__ = [
    "EVERYWHERE", "PURPOSES", "READS", "Purpose", "buddy", "home_care_plan", "message_by_email",
    "one_call",
]  # fmt: skip

READS = {
    "digitaal-bericht": "demo-balie",
    "maatje-18": "team-vrijwilligers",
    "kwijtschelding-automatisch": "team-belastingen",
    "bijstand-woz": "team-inkomen",
    "buurtbudget-16": "team-wijken",
    "hoogwater-sms": "crisisteam",
    "bellen-eenmalig": "klantcontact",
    "thuiszorg-plan": "thuiszorg-de-vesting",
    "adres-parkeren": "zaaksysteem-parkeren",
}
"""Which team receives it: the slug of a consumer, as in `demo.desk.portal`; the Wijkteam asks by itself."""

Purpose = Callable[[str, str], dict[str, Any]]
"""The content for a municipality, by its name and phone."""

EVERYWHERE: dict[str, Purpose] = {
    "digitaal-bericht": message_by_email,
    "maatje-18": buddy,
    "kwijtschelding-automatisch": yearly_remission,
    "bijstand-woz": home_and_benefit,
    "bellen-eenmalig": one_call,
}
PURPOSES: dict[str, dict[str, Purpose]] = {
    "zandmeer": {**EVERYWHERE, "adres-parkeren": address_for_parking},
    "veldrecht": {**EVERYWHERE, "thuiszorg-plan": home_care_plan},
    "oeverstad": {
        **EVERYWHERE,
        "buurtbudget-16": neighbourhood_vote,
        "hoogwater-sms": flood_warning,
        "wijkteam-samen": one_story,
        "adres-parkeren": address_for_parking,
    },
}
"""Which municipality offers which purpose, by slug."""
