"""Show who you are, by a code: consent, for one conversation of ten minutes, at the counter or by phone."""

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
                "title": "Laat zien wie u bent, met een code",
                "law": "Uw toestemming (AVG, artikel 6 lid 1 onder a)",
                "who": f"Gemeente {name}, Klantcontact",
                "asked": "Wat u zelf kiest: uw naam, uw adres, en over welke zaak het gaat. "
                "U ziet op uw scherm wat de medewerker ziet.",
                "what_for": "Aan de balie of de telefoon. U krijgt een code van zes cijfers. "
                "De medewerker hoeft dan niet te vragen wie u bent.",
                "how_long": "Hoogstens 10 minuten, of tot u of de medewerker stopt.",
                "on_no": "Bel gewoon, of kom langs. Wij stellen dan een paar vragen.",
                "stopping": "U kunt altijd stoppen. De medewerker ziet dan meteen niets meer.",
                "stays": "Aan welk team u iets liet zien, en wanneer. Niet wat er stond.",
                "kept": "Dát u iets liet zien, bewaren wij 1 jaar.",
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
                "title": "Show who you are, with a code",
                "law": "Your consent (GDPR, article 6(1)(a))",
                "who": f"Municipality of {name}, Customer contact",
                "asked": "What you choose: your name, your address, and which case it is about. "
                "You see on your screen what the employee sees.",
                "what_for": "At the counter or on the phone. You get a code of six digits. "
                "Then the employee does not need to ask who you are.",
                "how_long": "10 minutes at most, or until you or the employee stops.",
                "on_no": "Just call, or come by. We ask you a few questions then.",
                "stopping": "You can always stop. The employee then sees nothing more, at once.",
                "stays": "To which team you showed something, and when. Not what it said.",
                "kept": "That you showed something is kept for 1 year.",
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
