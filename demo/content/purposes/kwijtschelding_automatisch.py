"""Remission of local tax without a form each year: consent, given for three years."""

from typing import Any


def yearly_remission(name: str, phone: str) -> dict[str, Any]:
    """`kwijtschelding-automatisch`: a convenience, and nothing that a right hangs on."""
    return {
        "ground": "consent",
        "consumer": "demo-balie",
        "valid_months": 36,
        "wallet": True,
        "personal": True,
        "max_age_days": 365,
        "attributes": [
            {
                "name": "name",
                "claim": "gemeente.personalData.fullname",
                "required": True,
                "register": "brp.name",
            }
        ],
        "texts": {
            "nl": {
                "title": "Elk jaar vanzelf kwijtschelding",
                "law": "Uw toestemming (AVG, artikel 6 lid 1 onder a). Of u kwijtschelding krijgt, staat in "
                "de Gemeentewet (artikel 255) en de Invorderingswet 1990 (artikel 26).",
                "who": f"Gemeente {name}, team Belastingen",
                "asked": "Dat wij elk jaar mogen nakijken of uw inkomen en vermogen laag genoeg zijn. "
                "En uw naam, zodat wij weten over wie het gaat.",
                "not_seen": "Wij kijken niet naar wat u uitgeeft.",
                "what_for": "Dan hoeft u niet elk jaar een formulier in te vullen.",
                "how_long": "Drie jaar. Daarna vragen wij het opnieuw.",
                "on_no": "Vraag elk jaar zelf kwijtschelding aan. U maakt evenveel kans.",
                "stopping": "U kunt altijd stoppen, in Mijn of met een telefoontje. "
                "U hoeft niet te zeggen waarom.",
                "stays": "Besluiten die al genomen zijn, blijven gelden.",
                "kept": "De uitkomst bewaren wij 7 jaar. Het bewijs van uw keuze bewaren wij 5 jaar.",
                "receivers": [f"Team Belastingen van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {"name": "Uw naam"},
            },
            "en": {
                "title": "Tax remission every year by itself",
                "law": "Your consent (GDPR, article 6(1)(a)). Whether you get remission is in the "
                "Municipalities Act (article 255) and the Tax Collection Act 1990 (article 26).",
                "who": f"Municipality of {name}, Tax team",
                "asked": "That we may check each year if your income and savings are low enough. "
                "And your name, so that we know who it is about.",
                "not_seen": "We do not look at what you spend.",
                "what_for": "Then you need not fill in a form every year.",
                "how_long": "Three years. After that we ask again.",
                "on_no": "Ask for remission yourself each year. Your chances are the same.",
                "stopping": "You can always stop, in Mijn or with a phone call. You need not say why.",
                "stays": "Decisions that were taken already stay as they are.",
                "kept": "We keep the outcome for 7 years. We keep the proof of your choice for 5 years.",
                "receivers": [f"Tax team of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {"name": "Your name"},
            },
        },
    }
