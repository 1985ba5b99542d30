"""Call without spelling everything: consent, for one conversation of ten minutes, shown by a code."""

from typing import Any


def one_call(name: str, phone: str) -> dict[str, Any]:
    """`bellen-eenmalig`: consent; what the resident chooses, live on both screens."""
    return {
        "ground": "consent",
        "consumer": "klantcontact",
        "valid_minutes": 10,
        "wallet": False,
        "personal": False,
        "proof_years": 1,
        "attributes": [
            {"name": "name", "required": False, "register": "brp.name"},
            {"name": "address", "required": False, "register": "brp.address"},
            {"name": "zaak", "required": False},
            {"name": "onderwerp", "required": False},
        ],
        "texts": {
            "nl": {
                "title": "Bellen zonder alles te spellen",
                "law": "Uw toestemming (AVG, artikel 6 lid 1 onder a)",
                "who": f"Gemeente {name}, Klantcontact",
                "asked": "Wat u zelf kiest: uw naam, uw adres, en over welke zaak het gaat. "
                "U ziet op uw scherm wat de medewerker ziet.",
                "what_for": "De medewerker hoeft niet te vragen wie u bent.",
                "how_long": "10 minuten, of tot u ophangt of stopt.",
                "on_no": "Bel gewoon. Wij stellen dan een paar vragen.",
                "stopping": "U kunt altijd stoppen. De medewerker ziet dan meteen niets meer.",
                "stays": "De notitie van het gesprek. Die ziet u zelf ook.",
                "kept": "Dát er gebeld is, bewaren wij 1 jaar.",
                "receivers": [f"Klantcontact van gemeente {name}"],
                "contact": f"Bel {phone}",
                "labels": {
                    "name": "Naam",
                    "address": "Adres",
                    "zaak": "Zaaknummer",
                    "onderwerp": "Waar het over gaat",
                },
            },
            "en": {
                "title": "Call without spelling everything",
                "law": "Your consent (GDPR, article 6(1)(a))",
                "who": f"Municipality of {name}, Customer contact",
                "asked": "What you choose: your name, your address, and which case it is about. "
                "You see on your screen what the employee sees.",
                "what_for": "The employee does not need to ask who you are.",
                "how_long": "10 minutes, or until you hang up or stop.",
                "on_no": "Just call. We ask you a few questions then.",
                "stopping": "You can always stop. The employee then sees nothing more, at once.",
                "stays": "The note of the conversation. You can see it too.",
                "kept": "That you called is kept for 1 year.",
                "receivers": [f"Customer contact of the municipality of {name}"],
                "contact": f"Call {phone}",
                "labels": {
                    "name": "Name",
                    "address": "Address",
                    "zaak": "Case number",
                    "onderwerp": "What it is about",
                },
            },
        },
    }
