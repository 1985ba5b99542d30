"""Agreements about help at home, passed on to a private carer: explicit consent, signed."""

from typing import Any


def home_care_plan(name: str, phone: str) -> dict[str, Any]:
    """`thuiszorg-plan`: explicit consent; confirmed twice, and no BSN to a private carer."""
    return {
        "ground": "consent",
        "consumer": "thuiszorg-de-vesting",
        "valid_months": 12,
        "wallet": False,
        "personal": False,
        "explicit": True,
        "attributes": [
            {"name": "name", "required": True, "register": "brp.name"},
            {"name": "address", "required": True, "register": "brp.address"},
            {"name": "help", "required": True},
            {"name": "phone", "required": False},
        ],
        "texts": {
            "nl": {
                "title": "Uw afspraken naar de thuiszorg",
                "law": "Uw uitdrukkelijke toestemming "
                "(AVG, artikel 6 lid 1 onder a en artikel 9 lid 2 onder a)",
                "who": f"Gemeente {name} geeft het door aan Thuiszorg De Vesting. Dat is een bedrijf.",
                "asked": "Uw naam, uw adres, en welke hulp u krijgt en hoe vaak. Uw telefoonnummer mag ook.",
                "not_seen": "Niet uw BSN, niet uw ziekte en niet uw inkomen.",
                "what_for": "De thuiszorg weet dan welke hulp is afgesproken.",
                "how_long": "12 maanden.",
                "on_no": "U vertelt de thuiszorg zelf wat er is afgesproken. "
                "De brief van de gemeente is genoeg.",
                "stopping": "U kunt altijd stoppen, met een telefoontje of aan de balie. "
                "U hoeft niet te zeggen waarom.",
                "stays": "Wat de thuiszorg zelf moet bewaren van de wet. "
                "Vraag het Thuiszorg De Vesting: (0998) 65 43 21.",
                "kept": "Wij bewaren dit tot u stopt. Het bewijs van uw keuze bewaren wij 5 jaar.",
                "receivers": ["Thuiszorg De Vesting"],
                "contact": f"Bel {phone}",
                "labels": {
                    "name": "Naam",
                    "address": "Adres",
                    "help": "Welke hulp, en hoe vaak",
                    "phone": "Telefoonnummer",
                },
            },
        },
    }
