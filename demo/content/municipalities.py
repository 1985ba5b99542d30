"""The three municipalities of the demo and their facts; all made up, codes and numbers unused."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from .residents import CODES

MONTHS = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """One municipality as it is founded."""

    slug: str
    facts: Mapping[str, str]
    notice: str
    """What is going on now; `{day}` is the day it ends."""
    notice_days: int
    """How many days after the day of reset that is."""
    reads_more: str
    """Where the notice leads."""

    @property
    def code(self) -> str:
        return CODES[self.slug][0]

    @property
    def name(self) -> str:
        return CODES[self.slug][1]

    @property
    def host(self) -> str:
        return f"{self.slug}.localhost"

    def last_day_of_notice(self, day: date) -> date:
        """When `day` is the day of reset."""
        return day + timedelta(days=self.notice_days)

    def notice_on(self, day: date) -> str:
        """Its text, when `day` is the day of reset."""
        ends = self.last_day_of_notice(day)
        return self.notice.format(day=f"{ends.day} {MONTHS[ends.month - 1]}")


PLACES = (
    Place(
        "zandmeer",
        {
            "telefoon": "(0999) 12 34 56",
            "e-mail": "info@zandmeer.example",
            "balie": "Gemeentehuis, Strandplein 1",
            "openingstijden": "ma–vr 9.00–16.00, do tot 20.00; op afspraak",
            "sociaal-team": "Zandmeer Helpt",
            "clientondersteuning": "Stichting Naast U",
            "afval": "Milieustraat De Duinrand",
            "leges-dakkapel": "€ 325",
            "prijs-uittreksel": "€ 14,20",
            "prijs-paspoort": "€ 82,50",
            "prijs-identiteitskaart": "€ 75,40",
            "prijs-rijbewijs": "€ 49,60",
            "prijs-parkeervergunning": "€ 36 per jaar",
            "functionaris-gegevensbescherming": "Nel de Wit, fg@zandmeer.example",
        },
        "Strandopgang 3 is dicht tot {day}.",
        9,
        "/strandopgang-3-dicht/",
    ),
    Place(
        "veldrecht",
        {
            "telefoon": "(0998) 12 34 56",
            "e-mail": "info@veldrecht.example",
            "balie": "Stadhuis, Markt 4",
            "openingstijden": "ma, wo, vr 9.00–12.30; op afspraak",
            "sociaal-team": "Dorpenteam Veldrecht",
            "clientondersteuning": "Stichting Naast U",
            "afval": "Milieustraat Veldzicht",
            "leges-dakkapel": "€ 290",
            "prijs-uittreksel": "€ 15,75",
            "prijs-paspoort": "€ 83,10",
            "prijs-identiteitskaart": "€ 76,00",
            "prijs-rijbewijs": "€ 51,05",
            "prijs-parkeervergunning": "€ 24 per jaar",
            "functionaris-gegevensbescherming": "Nel de Wit, fg@veldrecht.example",
        },
        "Het stadhuis is dicht op {day}.",
        3,
        "/stadhuis-dicht/",
    ),
    Place(
        "oeverstad",
        {
            "telefoon": "(0997) 12 34 56",
            "e-mail": "info@oeverstad.example",
            "balie": "Stadskantoor, Kadeplein 10",
            "openingstijden": "ma–vr 8.30–17.00, do tot 20.00; zonder afspraak tot 12.00",
            "sociaal-team": "Wijkteams Oeverstad",
            "clientondersteuning": "Raad en Steun Oeverstad",
            "afval": "Recyclepunt Haven",
            "leges-dakkapel": "€ 410",
            "prijs-uittreksel": "€ 13,60",
            "prijs-paspoort": "€ 82,00",
            "prijs-identiteitskaart": "€ 74,90",
            "prijs-rijbewijs": "€ 48,75",
            "prijs-parkeervergunning": "€ 114 per jaar",
            "functionaris-gegevensbescherming": "Sara Mulder, fg@oeverstad.example",
        },
        "Het water staat hoog. De kade is afgesloten.",
        14,
        "/hoogwater/",
    ),
)
