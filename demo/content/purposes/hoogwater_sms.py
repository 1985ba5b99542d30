"""A text message when the water rises: consent, until one stops."""

from typing import Any


def flood_warning(name: str, phone: str) -> dict[str, Any]:
    """`hoogwater-sms`: a mobile number and nothing else; NL-Alert warns everybody anyway."""
    return {
        "ground": "consent",
        "consumer": "demo-balie",
        "wallet": True,
        "personal": False,
        "max_age_days": 3650,
        "attributes": [
            {
                "name": "mobile",
                "claim": "sidn-pbdf.mobilenumber.mobilenumber",
                "required": True,
                "typed": "mobile",
            }
        ],
        "texts": {
            "nl": {
                "title": "Waarschuwing bij hoogwater",
                "law": "Uw toestemming (AVG, artikel 6 lid 1 onder a)",
                "who": f"Gemeente {name}, crisisteam",
                "asked": "Uw mobiele nummer. Meer niet.",
                "what_for": "U krijgt een sms als het water hoog komt.",
                "how_long": "Tot u stopt.",
                "on_no": "Bij gevaar krijgt u ook NL-Alert. Dat staat hier los van.",
                "stopping": "U kunt altijd stoppen, in Mijn of met een telefoontje. "
                "U hoeft niet te zeggen waarom.",
                "stays": "Alleen het bewijs van uw keuze.",
                "kept": "Uw nummer: tot u stopt. Het bewijs van uw keuze: 5 jaar.",
                "receivers": [f"Crisisteam van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {"mobile": "Mobiel nummer"},
            },
            "en": {
                "title": "Warning when the water is high",
                "law": "Your consent (GDPR, article 6(1)(a))",
                "who": f"Municipality of {name}, crisis team",
                "asked": "Your mobile number. Nothing more.",
                "what_for": "You get a text when the water rises.",
                "how_long": "Until you stop.",
                "on_no": "In danger you get NL-Alert too. That has nothing to do with this.",
                "stopping": "You can always stop, in Mijn or with a phone call. You need not say why.",
                "stays": "Only the proof of your choice.",
                "kept": "Your number: until you stop. The proof of your choice: 5 years.",
                "receivers": [f"Crisis team of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {"mobile": "Mobile number"},
            },
        },
    }
