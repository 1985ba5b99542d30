"""Calls to the portal's consumers' API: for each team that the desk plays, as that team."""

from collections.abc import Mapping

import httpx

from demo.consumer import Api

SLUG = "demo-balie"
TEAMS: Mapping[str, str] = {
    SLUG: "Team Dienstverlening",
    "team-vrijwilligers": "Team Vrijwilligers",
    "team-belastingen": "Team Belastingen",
    "team-inkomen": "Team Inkomen",
    "team-wijken": "Team Wijken",
    "crisisteam": "Crisisteam",
    "zaaksysteem-parkeren": "Team Parkeren",
    "klantcontact": "Klantcontact",
    "thuiszorg-de-vesting": "Thuiszorg De Vesting",
}
"""Who receives in the demo, by the name that the portal knows each by; all sign with the desk's key."""
AT_THE_COUNTER = "klantcontact"
"""Sees what a resident shows on the counter's own screen, and reads nothing here."""


class Portal(Api):
    """The portal as one team reaches it."""

    def purpose_of(self, municipality: str, grant: str) -> tuple[str, bool]:
        """What a grant is for, and whether reading it once ends it."""
        told = self.call(municipality, "GET", f"toestemmingen/{grant}").raise_for_status().json()
        path = f"doelen/{told['doel']}/versies/{told['versie']}"
        purpose = self.call(municipality, "GET", path).raise_for_status().json()
        return purpose["titel"], purpose["eenmalig"]

    def read(self, municipality: str, grant: str) -> httpx.Response:
        """Ask what is shared under a grant."""
        return self.call(municipality, "POST", f"toestemmingen/{grant}/gebruik")

    def confirm_erased(self, municipality: str, grant: str) -> httpx.Response:
        """Tell that what we had is erased."""
        return self.call(municipality, "POST", f"toestemmingen/{grant}/gewist")
