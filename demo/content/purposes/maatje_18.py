"""Become a buddy: consent, and nothing but a proof of age."""

from typing import Any


def buddy(name: str, phone: str) -> dict[str, Any]:
    """`maatje-18`: consent; proof of 18 years or older, and nothing else."""
    return {
        "ground": "consent",
        "consumer": "demo-balie",
        "valid_months": 12,
        "wallet": True,
        "personal": True,
        "max_age_days": 365,
        "attributes": [
            {
                "name": "over18",
                "claim": "gemeente.personalData.over18",
                "required": True,
                "must_equal": "yes",
                "register": "brp.over18",
            }
        ],
        "texts": {
            "nl": {
                "title": "Maatje worden",
                "law": "Uw toestemming (AVG, artikel 6 lid 1 onder a)",
                "who": f"Gemeente {name}, team Vrijwilligers",
                "asked": "Een bewijs dat u 18 jaar of ouder bent. Meer niet.",
                "not_seen": "Wij zien uw geboortedatum niet.",
                "what_for": f"U wilt maatje worden van iemand die nieuw is in {name}. Dat kan vanaf 18 jaar.",
                "how_long": "Een jaar. Daarna vragen wij het opnieuw.",
                "on_no": "Kom langs met uw paspoort. Wij kijken alleen en maken geen kopie.",
                "stopping": "U kunt altijd stoppen, in Mijn of met een telefoontje. "
                "U hoeft niet te zeggen waarom.",
                "stays": "Alleen het bewijs van uw keuze.",
                "kept": "Tot u stopt als maatje, daarna 1 maand.",
                "receivers": [f"Team Vrijwilligers van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {"over18": "18 jaar of ouder"},
                "shown_as": {"over18": "Ja, u bent 18 jaar of ouder"},
            },
            "en": {
                "title": "Become a buddy",
                "law": "Your consent (GDPR, article 6(1)(a))",
                "who": f"Municipality of {name}, Volunteers team",
                "asked": "Proof that you are 18 or older. Nothing more.",
                "not_seen": "We do not see your date of birth.",
                "what_for": f"You want to be a buddy for someone who is new in {name}. "
                "You can from the age of 18.",
                "how_long": "One year. After that we ask again.",
                "on_no": "Come by with your passport. We only look and make no copy.",
                "stopping": "You can always stop, in Mijn or with a phone call. You need not say why.",
                "stays": "Only the proof of your choice.",
                "kept": "Until you stop as a buddy, and 1 month after that.",
                "receivers": [f"Volunteers team of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {"over18": "18 or older"},
                "shown_as": {"over18": "Yes, you are 18 or older"},
            },
        },
    }
